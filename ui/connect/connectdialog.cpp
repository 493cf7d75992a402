// SPDX-License-Identifier: MIT
#include "ui/connect/connectdialog.h"

#include "core/claudecode/sessionvariables.h"
#include "ui/connect/targettext.h"
#include "ui/shortpath.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QMenu>
#include <QVBoxLayout>

namespace sallyport {

namespace {

/// Every file of a list with commas as shortPath() has it.
QString shortPaths(const QString& files) {
    QStringList paths = files.split(QLatin1String(", "));
    for (QString& path : paths)
        path = shortPath(path);
    return paths.join(QLatin1String(", "));
}

/// A diff names its files; the home folder is a tilde there too.
QString shortDiff(const QString& diff) {
    QStringList lines = diff.split(u'\n');
    for (QString& line : lines)
        if (line.startsWith(QLatin1String("--- ")) || line.startsWith(QLatin1String("+++ ")))
            line = line.first(4) + shortPath(line.mid(4));
    return lines.join(u'\n');
}

} // namespace

ConnectDialog::ConnectDialog(ConnectTargets connections, QString stateDir, QWidget* parent)
    : QDialog(parent)
    , m_connections(std::move(connections))
    , m_stateDir(std::move(stateDir)) {
    setObjectName(QStringLiteral("connectDialog"));
    setWindowTitle(tr("Connect Claude Code – Sallyport"));
    setupUi();
    setupButtons();
    updateTargets();
    m_targets.setCurrentRow(1);
    updateTarget();
    connectSignals();
    resize(900, 640);
}

void ConnectDialog::setupUi() {
    QFont large(font());
    large.setPointSizeF(large.pointSizeF() * 1.25);
    m_title.setFont(large);
    m_text.setObjectName(QStringLiteral("connectText"));
    m_note.setObjectName(QStringLiteral("connectNote"));
    m_result.setObjectName(QStringLiteral("connectResult"));
    for (QLabel* label : {&m_text, &m_note, &m_result}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_diff.setAccessibleName(tr("Changes to the files"));
    m_targets.setObjectName(QStringLiteral("connectTargets"));
    m_targets.setAccessibleName(tr("What is connected"));
    m_targets.setSpacing(3);
    m_targets.setFixedWidth(m_targets.fontMetrics().averageCharWidth() * 30);
    auto* column = new QVBoxLayout;
    column->setSpacing(10);
    column->addWidget(&m_title);
    column->addWidget(&m_text);
    column->addWidget(&m_options);
    column->addWidget(&m_diff, 1);
    column->addWidget(&m_note);
    column->addWidget(&m_result);
    auto* row = new QHBoxLayout;
    row->setSpacing(14);
    row->addWidget(&m_targets);
    row->addLayout(column, 1);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(18, 16, 18, 14);
    all->setSpacing(10);
    all->addLayout(row, 1);
}

void ConnectDialog::setupButtons() {
    m_copy.setObjectName(QStringLiteral("copyInstead"));
    m_copy.setText(tr("Copy variables"));
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
    m_disconnect.setObjectName(QStringLiteral("disconnectNow"));
    m_disconnect.setText(tr("Disconnect"));
    m_cancel.setObjectName(QStringLiteral("cancelConnect"));
    m_cancel.setText(tr("Close"));
    m_connect.setObjectName(QStringLiteral("connectNow"));
    m_connect.setText(tr("Connect"));
    m_connect.setDefault(true);
    auto* row = new QHBoxLayout;
    row->addWidget(&m_copy);
    row->addStretch(1);
    for (QPushButton* button : {&m_disconnect, &m_cancel, &m_connect})
        row->addWidget(button);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
}

void ConnectDialog::connectSignals() {
    connect(&m_targets, &QListWidget::currentRowChanged, this, &ConnectDialog::updateTarget);
    connect(&m_options, &ConnectOptions::changed, this, &ConnectDialog::updatePlan);
    connect(&m_options, &ConnectOptions::authorityRequested, this, &ConnectDialog::makeAuthority);
    connect(&m_disconnect, &QPushButton::clicked, this, &ConnectDialog::disconnectNow);
    connect(&m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(&m_connect, &QPushButton::clicked, this, &ConnectDialog::connectNow);
}

ClientTarget ConnectDialog::target() const {
    const auto row = static_cast<std::size_t>(std::max(0, m_targets.currentRow()));
    return kClientTargets.at(std::min(row, kClientTargets.size() - 1));
}

/// Each with its status in words.
void ConnectDialog::updateTargets() {
    int row = 0;
    for (const ClientTarget target : kClientTargets) {
        QString text = targetTitle(target);
        const bool hasStatus = target != ClientTarget::Session && target != ClientTarget::Project;
        const auto choice = ConnectTargets::appliedChoice({target}, m_stateDir);
        const ConnectRequest request{target, {}, choice.value_or(ConnectChoice())};
        const auto connection = m_connections.connector(request, false);
        if (const auto status = hasStatus && connection
                                    ? connection->status()
                                    : Result<ConnectStatus, ConnectError>(Failure{ConnectError{}}))
            text += u'\n' + targetStateText(*status);
        if (m_targets.item(row))
            m_targets.item(row)->setText(text);
        else
            m_targets.addItem(text);
        ++row;
    }
}

void ConnectDialog::updateTarget() {
    m_title.setText(targetTitle(target()).remove(u'…'));
    m_text.setText(targetText(target()));
    const auto choice = ConnectTargets::appliedChoice({target()}, m_stateDir);
    m_options.setTarget(target(), choice.value_or(ConnectChoice()), m_connections.profiles());
    m_result.clear();
    m_isWaiting = false;
    updatePlan();
}

void ConnectDialog::updatePlan() {
    m_options.setReadiness(interceptReadiness(m_connections.config(), m_stateDir));
    const ConnectRequest request = m_options.request();
    const auto environment = m_connections.environment(request.choice, false);
    if (!environment) return showError({environment.error(), {}, 0});
    if (request.target == ClientTarget::Session) return showSession(*environment);
    const auto connection = m_connections.connector(request, false);
    const auto plan = connection->plan();
    const auto status = connection->status();
    if (status) m_options.setKeys(m_connections.keyNames(request), *status);
    m_disconnect.setEnabled(status && status->hasJournal);
    if (!plan || !status) return showError(plan ? status.error() : plan.error());
    showPlan(*plan, *status);
    const bool lacksFolder = request.target == ClientTarget::Project && request.folder.isEmpty();
    if (!lacksFolder) return;
    m_diff.setPlainText(tr("Choose the folder of the project first."));
    m_connect.setEnabled(false);
    m_disconnect.setEnabled(false);
}

void ConnectDialog::showSession(const ClientEnvironment& environment) {
    m_options.setKeys(m_connections.keyNames(m_options.request()),
                      sessionStatus(environment, m_stateDir));
    QStringList lines;
    for (const Variable& variable : variablesForProcess(environment))
        lines << variable.name + u'=' + (variable.isSecret ? QStringLiteral("…") : variable.value);
    m_diff.setPlainText(lines.join(u'\n'));
    m_note.hide();
    m_connect.setEnabled(false);
    m_disconnect.setEnabled(false);
    m_copy.setFocus();
}

void ConnectDialog::showPlan(const ConnectPlan& plan, const ConnectStatus& status) {
    const bool isNothing = plan.unifiedDiff.isEmpty();
    m_diff.setPlainText(isNothing
                            ? tr("%1: there is nothing to write.").arg(shortPaths(status.file))
                            : shortDiff(plan.unifiedDiff));
    m_connect.setEnabled(!isNothing);
    m_connect.setText(status.hasJournal ? tr("Update") : tr("Connect"));
    m_note.setVisible(!plan.proxyBefore.isEmpty());
    m_note.setText(tr("The proxy %1 was set; Claude Code asks Sallyport instead of it. Where the "
                      "way out leads through that proxy, give it to the upstream in routes.yaml: "
                      "via: %1. Disconnect puts back what stood in the file.")
                       .arg(plan.proxyBefore));
}

void ConnectDialog::showError(const ConnectError& error) {
    showResult(QStringLiteral("! ") + error.message, Tone::Bad);
    m_diff.setPlainText(error.snippet.isEmpty()
                            ? tr("Nothing was changed.")
                            : tr("Nothing was changed. To connect by hand, put this in:") +
                                  QStringLiteral("\n\n") + error.snippet);
    m_note.hide();
    m_connect.setEnabled(false);
}

void ConnectDialog::showResult(const QString& text, Tone tone) {
    m_result.setText(text);
    setTone(m_result, tone);
}

void ConnectDialog::connectNow() {
    auto connection = m_connections.connector(m_options.request(), true);
    if (!connection) return showError({connection.error(), {}, 0});
    const auto done = connection->apply();
    if (!done) return showError(done.error());
    updateTargets();
    updatePlan();
    m_isWaiting = true;
    showResult(afterConnectText(target()), Tone::Good);
    m_cancel.setDefault(true);
    m_cancel.setFocus();
    emit connected();
}

void ConnectDialog::disconnectNow() {
    const auto report = ConnectTargets::undo(m_options.request(), m_stateDir);
    updateTargets();
    updatePlan();
    m_isWaiting = false;
    if (report)
        showResult(undoText(*report), Tone::Plain);
    else
        showResult(QStringLiteral("! ") + report.error().message, Tone::Bad);
    emit connected();
}

void ConnectDialog::makeAuthority() {
    const auto made = sallyport::makeAuthority(m_connections.config(), m_stateDir);
    updatePlan();
    if (!made) showResult(QStringLiteral("! ") + made.error(), Tone::Bad);
}

void ConnectDialog::setLastSeen(const LastSeen& lastSeen) {
    if (!m_isWaiting) return;
    showResult(tr("✓ Connected. Claude Code %1 has just called.").arg(lastSeen.version),
               Tone::Good);
}

void ConnectDialog::copyVariables(Shell shell) {
    const auto environment = m_connections.environment(m_options.request().choice, true);
    if (!environment) return showError({environment.error(), {}, 0});
    QApplication::clipboard()->setText(variableLines(shell, *environment));
    showResult(tr("Copied. Paste the lines into a terminal and start claude there."), Tone::Plain);
}

QString variableLines(Shell shell, const ClientEnvironment& environment) {
    return shellLines(shell, variablesForProcess(environment));
}

QString undoText(const UndoReport& report) {
    if (report.hadNothingToUndo)
        return ConnectDialog::tr("There was nothing to take back: Sallyport has written nothing "
                                 "into %1.")
            .arg(shortPaths(report.file));
    QStringList lines;
    if (report.isFileRemoved)
        lines += ConnectDialog::tr("%1 was removed: Sallyport had made it and nothing else was in "
                                   "it.")
                     .arg(shortPaths(report.file));
    const auto list = [](const std::vector<QString>& keys) {
        return QStringList(keys.begin(), keys.end()).join(QLatin1String("\n  "));
    };
    if (!report.restored.empty())
        lines += ConnectDialog::tr("Put back as it was in %1:\n  %2")
                     .arg(shortPaths(report.file), list(report.restored));
    if (!report.leftAlone.empty())
        lines += ConnectDialog::tr("Left alone, because somebody else has changed it since:\n  %1")
                     .arg(list(report.leftAlone));
    lines += ConnectDialog::tr("Sessions of Claude Code that are running keep the old values until "
                               "they are started anew.");
    return lines.join(QLatin1String("\n\n"));
}

} // namespace sallyport
