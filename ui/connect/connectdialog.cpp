// SPDX-License-Identifier: MIT
#include "ui/connect/connectdialog.h"

#include "ui/shortpath.h"
#include "ui/tones.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QMenu>
#include <QVBoxLayout>

namespace sallyport {

namespace {

void setTone(QLabel& label, Tone tone) {
    QPalette palette;
    palette.setColor(QPalette::WindowText, toneColor(tone, QApplication::palette()));
    label.setPalette(palette);
}

} // namespace

ConnectDialog::ConnectDialog(SettingsConnector connector, ClientEnvironment environment,
                             QWidget* parent)
    : QDialog(parent)
    , m_connector(std::move(connector))
    , m_environment(std::move(environment)) {
    setObjectName(QStringLiteral("connectDialog"));
    setWindowTitle(tr("Connect Claude Code"));
    setupUi();
    setupButtons();
    showPlan();
    resize(660, 520);
}

void ConnectDialog::setupUi() {
    QFont large(font());
    large.setPointSizeF(large.pointSizeF() * 1.25);
    m_title.setFont(large);
    m_title.setText(tr("Connect Claude Code"));
    m_text.setObjectName(QStringLiteral("connectText"));
    m_result.setObjectName(QStringLiteral("connectResult"));
    for (QLabel* label : {&m_text, &m_result}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_diff.setAccessibleName(tr("Changes to the settings file"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 16, 18, 14);
    column->setSpacing(10);
    column->addWidget(&m_title);
    column->addWidget(&m_text);
    column->addWidget(&m_diff, 1);
    column->addWidget(&m_result);
}

void ConnectDialog::setupButtons() {
    m_copy.setObjectName(QStringLiteral("copyInstead"));
    m_copy.setText(tr("Copy instead"));
    m_copy.setToolTip(tr("Copies lines for one terminal and writes nothing"));
    auto* shells = new QMenu(this);
    const std::pair<Shell, const char*> all[]{
        {Shell::Bash, "bash"}, {Shell::Zsh, "zsh"},
        {Shell::Fish, "fish"}, {Shell::PowerShell, "PowerShell"},
        {Shell::Cmd, "cmd"},   {Shell::Nu, "nushell"}};
    for (const auto& [shell, name] : all)
        connect(shells->addAction(QString::fromLatin1(name)), &QAction::triggered, this,
                [this, wanted = shell] { copyVariables(wanted); });
    m_copy.setMenu(shells);
    m_cancel.setObjectName(QStringLiteral("cancelConnect"));
    m_cancel.setText(tr("Cancel"));
    m_connect.setObjectName(QStringLiteral("connectNow"));
    m_connect.setText(tr("Connect"));
    m_connect.setDefault(true);
    connect(&m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(&m_connect, &QPushButton::clicked, this, &ConnectDialog::connectNow);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(&m_copy);
    row->addWidget(&m_cancel);
    row->addWidget(&m_connect);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
}

void ConnectDialog::showPlan() {
    const auto plan = m_connector.plan();
    if (!plan) {
        showError(plan.error());
        return;
    }
    m_text.setText(tr("These values go into %1. Everything else in the file stays as it is, and "
                      "Disconnect takes them back.")
                       .arg(shortPath(plan->file)));
    m_diff.setPlainText(plan->unifiedDiff);
    m_connect.setEnabled(!plan->unifiedDiff.isEmpty());
    if (!plan->unifiedDiff.isEmpty()) return;
    m_diff.hide();
    m_text.setText(tr("%1 leads through Sallyport already. There is nothing to write.")
                       .arg(shortPath(plan->file)));
    m_cancel.setText(tr("Close"));
}

void ConnectDialog::showError(const ConnectError& error) {
    m_text.setText(tr("The settings file was not touched."));
    m_result.setText(QStringLiteral("! ") + error.message);
    setTone(m_result, Tone::Bad);
    m_diff.setVisible(!error.snippet.isEmpty());
    m_diff.setPlainText(error.snippet);
    if (!error.snippet.isEmpty())
        m_text.setText(tr("The settings file was not touched. To connect by hand, put this into "
                          "it:"));
    m_connect.setEnabled(false);
}

void ConnectDialog::connectNow() {
    const auto done = m_connector.apply();
    if (!done) {
        showError(done.error());
        return;
    }
    m_isConnected = true;
    m_result.setText(tr("✓ Connected. Sessions of Claude Code that are running take the new values "
                        "within 4 seconds. Waiting for its first request…"));
    setTone(m_result, Tone::Good);
    m_connect.hide();
    m_copy.hide();
    m_cancel.setText(tr("Done"));
    m_cancel.setDefault(true);
    emit connected();
}

void ConnectDialog::setLastSeen(const LastSeen& lastSeen) {
    if (!m_isConnected) return;
    m_result.setText(tr("✓ Connected. Claude Code %1 has just called.").arg(lastSeen.version));
}

void ConnectDialog::copyVariables(Shell shell) {
    QApplication::clipboard()->setText(variableLines(shell, m_environment));
    m_result.setText(tr("Copied. Paste the lines into a terminal and start claude there."));
    setTone(m_result, Tone::Plain);
}

QString ownNoProxy() {
    const QString noProxy = qEnvironmentVariable("NO_PROXY");
    return noProxy.isEmpty() ? qEnvironmentVariable("no_proxy") : noProxy;
}

QString variableLines(Shell shell, const ClientEnvironment& environment) {
    return shellLines(shell, variablesFor(environment, ownNoProxy()));
}

QString undoText(const UndoReport& report) {
    if (report.hadNothingToUndo)
        return ConnectDialog::tr("There was nothing to take back: Sallyport has written nothing "
                                 "into %1.")
            .arg(shortPath(report.file));
    QStringList lines;
    if (report.isFileRemoved)
        lines += ConnectDialog::tr("%1 was removed: Sallyport had made it and nothing else was in "
                                   "it.")
                     .arg(shortPath(report.file));
    const auto list = [](const std::vector<QString>& keys) {
        return QStringList(keys.begin(), keys.end()).join(QLatin1String("\n  "));
    };
    if (!report.restored.empty())
        lines += ConnectDialog::tr("Put back as it was in %1:\n  %2")
                     .arg(shortPath(report.file), list(report.restored));
    if (!report.leftAlone.empty())
        lines += ConnectDialog::tr("Left alone, because somebody else has changed it since:\n  %1")
                     .arg(list(report.leftAlone));
    lines += ConnectDialog::tr("Sessions of Claude Code that are running keep the old values until "
                               "they are started anew.");
    return lines.join(QLatin1String("\n\n"));
}

} // namespace sallyport
