// SPDX-License-Identifier: MIT
#include "ui/setup/setupdialog.h"

#include "ui/tones.h"

#include <QApplication>
#include <QButtonGroup>
#include <QDateTime>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QUrl>
#include <QVBoxLayout>

namespace sallyport {

SetupDialog::SetupDialog(EngineInterface& engine, QString configDir, QWidget* parent)
    : QDialog(parent)
    , m_engine(engine)
    , m_configDir(std::move(configDir)) {
    setObjectName(QStringLiteral("setupDialog"));
    setWindowTitle(tr("Set up Sallyport"));
    m_ownGateway.setObjectName(QStringLiteral("useGateway"));
    m_ownGateway.setText(tr("Through a gateway of my company"));
    m_sandbox.setObjectName(QStringLiteral("useSandbox"));
    m_sandbox.setText(tr("Use the sandbox: answers on this machine, costs nothing, sends nothing"));
    setupForm();
    setupUi();
    m_ownGateway.setChecked(true);
    connect(&m_ownGateway, &QRadioButton::toggled, this, &SetupDialog::updateState);
    for (QLineEdit* line : {&m_url, &m_key, &m_caFile})
        connect(line, &QLineEdit::textChanged, this, &SetupDialog::updateState);
    connect(&m_test, &QPushButton::clicked, this, &SetupDialog::startTest);
    connect(&m_save, &QPushButton::clicked, this, &SetupDialog::save);
    connect(&m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(&m_engine, &EngineInterface::upstreamTestFinished, this, &SetupDialog::showTestResult);
    updateState();
    resize(600, sizeHint().height());
    m_url.setFocus();
}

SetupDialog::~SetupDialog() { m_engine.cancelUpstreamTest(); }

void SetupDialog::setupForm() {
    m_url.setObjectName(QStringLiteral("gatewayUrl"));
    m_url.setPlaceholderText(QStringLiteral("https://gateway.corp.example/llm"));
    m_key.setObjectName(QStringLiteral("gatewayKey"));
    m_key.setEchoMode(QLineEdit::Password);
    m_key.setPlaceholderText(tr("empty: Claude Code's own credential is passed on"));
    m_bearer.setObjectName(QStringLiteral("asBearer"));
    m_bearer.setText(QStringLiteral("Authorization: Bearer"));
    m_bearer.setChecked(true);
    m_apiKey.setObjectName(QStringLiteral("asApiKey"));
    m_apiKey.setText(QStringLiteral("x-api-key"));
    auto* forms = new QButtonGroup(this);
    forms->addButton(&m_bearer);
    forms->addButton(&m_apiKey);
    m_caFile.setObjectName(QStringLiteral("caFile"));
    m_caFile.setPlaceholderText(tr("only for a certificate that the system does not trust"));
    m_browse.setObjectName(QStringLiteral("browseCa"));
    m_browse.setText(tr("Choose…"));
    connect(&m_browse, &QPushButton::clicked, this, &SetupDialog::chooseCaFile);
    auto* sentAs = new QHBoxLayout;
    sentAs->addWidget(&m_bearer);
    sentAs->addWidget(&m_apiKey);
    sentAs->addStretch(1);
    auto* ca = new QHBoxLayout;
    ca->addWidget(&m_caFile, 1);
    ca->addWidget(&m_browse);
    auto* form = new QFormLayout(&m_form);
    form->setContentsMargins(24, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Address"), &m_url);
    form->addRow(tr("&Key"), &m_key);
    form->addRow(tr("Sent as"), sentAs);
    auto* caLabel = new QLabel(tr("&CA file"), &m_form);
    caLabel->setBuddy(&m_caFile);
    form->addRow(caLabel, ca);
}

void SetupDialog::chooseCaFile() {
    auto* dialog = new QFileDialog(this, tr("CA file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilters({tr("Certificates (*.pem *.crt *.cer)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, &m_caFile, &QLineEdit::setText);
    dialog->open();
}

void SetupDialog::setupUi() {
    auto* title = new QLabel(tr("Where should requests go?"), this);
    QFont large(font());
    large.setPointSizeF(large.pointSizeF() * 1.25);
    title->setFont(large);
    auto* purpose =
        new QLabel(tr("Sallyport runs on this machine, between Claude Code and a gateway, "
                      "and shows every request. The next step is Claude Code ▸ "
                      "Connect… in the menu of the tray."),
                   this);
    purpose->setWordWrap(true);
    auto* note = new QLabel(tr("The key is kept in a file that only you can read. All of this can "
                               "be changed later in %1.")
                                .arg(m_configDir + QLatin1String("/routes.yaml")),
                            this);
    note->setWordWrap(true);
    m_result.setObjectName(QStringLiteral("testResult"));
    m_result.setWordWrap(true);
    m_result.setTextFormat(Qt::PlainText);
    m_result.setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_test.setObjectName(QStringLiteral("testGateway"));
    m_test.setText(tr("Test"));
    m_cancel.setObjectName(QStringLiteral("cancelSetup"));
    m_cancel.setText(tr("Cancel"));
    m_save.setObjectName(QStringLiteral("saveSetup"));
    m_save.setText(tr("Save"));
    m_save.setDefault(true);
    setupReplaceNote();
    auto* row = new QHBoxLayout;
    row->addWidget(&m_test);
    row->addStretch(1);
    row->addWidget(&m_cancel);
    row->addWidget(&m_save);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 16, 18, 14);
    column->setSpacing(10);
    column->addWidget(title);
    column->addWidget(purpose);
    column->addWidget(&m_ownGateway);
    column->addWidget(&m_form);
    column->addWidget(&m_sandbox);
    column->addWidget(note);
    column->addWidget(&m_replaceNote);
    column->addWidget(&m_result);
    column->addStretch(1);
    column->addLayout(row);
}

void SetupDialog::setupReplaceNote() {
    m_replaceNote.setObjectName(QStringLiteral("setupReplaceNote"));
    m_replaceNote.setWordWrap(true);
    m_replaceNote.setTextFormat(Qt::PlainText);
    const QString backup = routesBackupPath(m_configDir, QDateTime::currentDateTime());
    m_replaceNote.setVisible(!backup.isEmpty());
    if (backup.isEmpty()) return;
    m_save.setText(tr("Replace"));
    m_replaceNote.setText(QStringLiteral("! ") +
                          tr("There is a routes.yaml with routes of its own. Replace writes a new "
                             "one and keeps the present one beside it as %1.")
                              .arg(QFileInfo(backup).fileName()));
    QPalette tone;
    tone.setColor(QPalette::WindowText, toneColor(Tone::Warn, QApplication::palette()));
    m_replaceNote.setPalette(tone);
}

SetupChoice SetupDialog::choice() const {
    return {m_sandbox.isChecked(), m_url.text(), m_key.text(), m_apiKey.isChecked(),
            m_caFile.text()};
}

void SetupDialog::updateState() {
    const bool isOwn = m_ownGateway.isChecked();
    m_form.setEnabled(isOwn);
    m_test.setVisible(isOwn);
    const QString problem = setupProblem(choice());
    m_save.setEnabled(problem.isEmpty());
    m_test.setEnabled(problem.isEmpty());
    m_engine.cancelUpstreamTest();
    // An empty form is not yet a mistake.
    if (m_url.text().isEmpty() || problem.isEmpty())
        m_result.clear();
    else
        showResult(problem, false);
}

void SetupDialog::showResult(const QString& text, bool isGood) {
    QPalette tone;
    tone.setColor(QPalette::WindowText,
                  toneColor(isGood ? Tone::Good : Tone::Bad, QApplication::palette()));
    m_result.setPalette(tone);
    m_result.setText((isGood ? QStringLiteral("✓ ") : QStringLiteral("! ")) + text);
}

void SetupDialog::startTest() {
    const SetupChoice wanted = choice();
    // A disabled button hands the focus on to the next one, which is Cancel: Return would discard
    // everything.
    if (m_test.hasFocus()) m_save.setFocus();
    m_test.setEnabled(false);
    m_result.setPalette(QPalette());
    m_result.setText(tr("Asking %1…").arg(wanted.url.trimmed()));
    m_engine.testUpstream({QUrl(wanted.url.trimmed()), wanted.key.trimmed(),
                           wanted.isApiKey ? CredentialForm::XApiKey : CredentialForm::Bearer,
                           wanted.caFile.trimmed()});
}

void SetupDialog::showTestResult(const UpstreamTestResult& result) {
    m_test.setEnabled(true);
    QString text = result.detail;
    if (!result.models.isEmpty()) {
        const QString names = result.models.mid(0, 6).join(QLatin1String(", "));
        text += u'\n' + tr("Models: %1").arg(names);
        if (result.models.size() > 6) text += QStringLiteral(" …");
    }
    const bool works = result.verdict == UpstreamTestVerdict::Works;
    showResult(text, works);
    if (!works) m_test.setFocus();
}

void SetupDialog::save() {
    const auto written = writeSetup(m_configDir, choice(), QDateTime::currentDateTime());
    if (!written) {
        showResult(written.error(), false);
        return;
    }
    m_engine.reload();
    accept();
}

} // namespace sallyport
