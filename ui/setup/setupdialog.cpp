// SPDX-License-Identifier: MIT
#include "ui/setup/setupdialog.h"

#include "core/claudecode/unifieddiff.h"
#include "core/config/routesbackup.h"
#include "core/transfer/importsources.h"
#include "ui/shortpath.h"
#include "ui/tones.h"

#include <QButtonGroup>
#include <QDateTime>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QScreen>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace sallyport {

namespace {
/// Room for the frame that the window manager puts around the dialog, in pixels.
constexpr int kTitleBar = 48;
} // namespace

SetupDialog::SetupDialog(EngineInterface& engine, QString configDir, QWidget* parent)
    : QDialog(parent)
    , m_engine(engine)
    , m_configDir(std::move(configDir))
    , m_sources(findImports(ImportPlaces::ofProcess(m_configDir))) {
    setObjectName(QStringLiteral("setupDialog"));
    setWindowTitle(tr("Set up Sallyport"));
    m_ownGateway.setObjectName(QStringLiteral("useGateway"));
    m_ownGateway.setText(tr("Through a &gateway of my company"));
    m_sandbox.setObjectName(QStringLiteral("useSandbox"));
    m_sandbox.setText(
        tr("&Use the sandbox: answers on this machine, costs nothing, sends nothing"));
    m_intranet.setObjectName(QStringLiteral("useIntranet"));
    m_intranet.setText(
        tr("This &network is closed: answer here what else Claude Code asks of Anthropic"));
    m_intranet.setToolTip(tr("Adds the routes of the preset \"Claude Code in an intranet\" to "
                             "routes.yaml. Each can be switched off and edited later."));
    setupForm();
    setupUi();
    m_ownGateway.setChecked(true);
    fillFromPresent();
    connect(&m_ownGateway, &QRadioButton::toggled, this, &SetupDialog::updateState);
    connect(&m_apiKey, &QRadioButton::toggled, this, &SetupDialog::updateState);
    connect(&m_intranet, &QCheckBox::toggled, this, &SetupDialog::updateState);
    connect(&m_engine, &EngineInterface::configRejected, this, &SetupDialog::handleRejected);
    for (QLineEdit* line : {&m_url, &m_key, &m_caFile})
        connect(line, &QLineEdit::textChanged, this, &SetupDialog::updateState);
    connect(&m_test, &QPushButton::clicked, this, &SetupDialog::startTest);
    connect(&m_save, &QPushButton::clicked, this, &SetupDialog::save);
    connect(&m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(&m_engine, &EngineInterface::upstreamTestFinished, this, &SetupDialog::showTestResult);
    updateState();
    m_save.setDefault(true);
    resize(600, 0);
    growToFit();
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
    m_browse.setText(tr("C&hoose…"));
    connect(&m_browse, &QPushButton::clicked, this, &SetupDialog::chooseCaFile);
    auto* sentAs = new QHBoxLayout;
    sentAs->addWidget(&m_bearer);
    sentAs->addWidget(&m_apiKey);
    sentAs->addStretch(1);
    auto* ca = new QHBoxLayout;
    ca->addWidget(&m_caFile, 1);
    ca->addWidget(&m_browse);
    m_form.setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
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
    setupFormPage();
    m_pages.addWidget(&m_page);
    m_pages.addWidget(&m_done);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(&m_pages);
    connect(&m_done, &SetupDonePage::closeRequested, this, &QDialog::accept);
    connect(&m_done, &SetupDonePage::connectRequested, this, [this] {
        accept();
        emit connectRequested();
    });
}

void SetupDialog::setupFormPage() {
    QWidget* page = &m_page;
    auto* title = new QLabel(tr("Where should requests go?"), page);
    QFont large(font());
    large.setPointSizeF(large.pointSizeF() * 1.25);
    title->setFont(large);
    auto* purpose =
        new QLabel(tr("Sallyport is a gate on this machine: Claude Code's requests pass "
                      "through it to your company's gateway, and you see each of them "
                      "live. First the gateway, then Claude Code is connected with one "
                      "click."),
                   page);
    auto* note = new QLabel(tr("The key is kept in a file that only you can read. All of this can "
                               "be changed later in %1.")
                                .arg(shortPath(m_configDir + QLatin1String("/routes.yaml"))),
                            page);
    m_changeNote.setObjectName(QStringLiteral("setupChangeNote"));
    m_result.setObjectName(QStringLiteral("testResult"));
    m_result.setTextInteractionFlags(Qt::TextSelectableByMouse);
    for (QLabel* label : {purpose, note, &m_changeNote, &m_result}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }
    m_diff.setAccessibleName(tr("Changes to routes.yaml"));
    m_diff.setMinimumHeight(fontMetrics().height() * 6);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(18, 16, 18, 14);
    column->setSpacing(8);
    column->addWidget(title);
    column->addWidget(purpose);
    column->addLayout(newImportRow());
    for (QWidget* part : {static_cast<QWidget*>(&m_ownGateway), &m_form,
                          static_cast<QWidget*>(&m_sandbox), static_cast<QWidget*>(&m_intranet),
                          static_cast<QWidget*>(note), static_cast<QWidget*>(&m_changeNote)})
        column->addWidget(part);
    column->addWidget(&m_diff, 1);
    column->addWidget(&m_result);
    column->addStretch(0);
    column->addLayout(newButtonRow());
}

/// What is on this machine already, with a button; nothing where there is none.
QLayout* SetupDialog::newImportRow() {
    QStringList found;
    for (const ImportSource& source : m_sources) {
        const auto usable = std::count_if(
            source.providers.begin(), source.providers.end(),
            [](const FoundProvider& provider) { return provider.obstacle.isEmpty(); });
        if (usable == 0) continue;
        const bool isRunning = source.origin == ImportOrigin::ClaudeCode;
        found << (isRunning
                      ? source.providers.front().name
                      : QStringLiteral("%1 (%2)").arg(importOriginName(source.origin)).arg(usable));
    }
    m_found.setObjectName(QStringLiteral("foundSetups"));
    m_found.setWordWrap(true);
    m_found.setTextFormat(Qt::PlainText);
    m_found.setText(tr("Found on this machine: %1").arg(found.join(QStringLiteral(", "))));
    m_import.setObjectName(QStringLiteral("importSetup"));
    m_import.setText(tr("Take over…"));
    m_import.setAutoDefault(false);
    m_found.setVisible(!found.isEmpty());
    m_import.setVisible(!found.isEmpty());
    connect(&m_import, &QPushButton::clicked, this, &SetupDialog::openImport);
    auto* row = new QHBoxLayout;
    row->addWidget(&m_found, 1);
    row->addWidget(&m_import);
    return row;
}

void SetupDialog::openImport() {
    auto* dialog = new ImportDialog(m_engine, m_configDir, m_sources, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ImportDialog::imported, this, &SetupDialog::showImported);
    dialog->open();
}

void SetupDialog::showImported(const QString& destination) {
    fillFromPresent();
    updateState();
    if (destination.isEmpty()) return;
    showDone(destination + QLatin1String(" (") + QUrl(m_url.text()).host() + u')');
}

QLayout* SetupDialog::newButtonRow() {
    m_test.setObjectName(QStringLiteral("testGateway"));
    m_test.setText(tr("&Test"));
    m_cancel.setObjectName(QStringLiteral("cancelSetup"));
    m_cancel.setText(tr("Cancel"));
    m_save.setObjectName(QStringLiteral("saveSetup"));
    m_save.setText(tr("&Save"));
    // Return in a line saves; it does not choose a file.
    m_browse.setAutoDefault(false);
    m_cancel.setAutoDefault(false);
    auto* row = new QHBoxLayout;
    row->addWidget(&m_test);
    row->addStretch(1);
    row->addWidget(&m_cancel);
    row->addWidget(&m_save);
    return row;
}

void SetupDialog::fillFromPresent() {
    const auto present = presentSetup(m_configDir);
    m_isBroken = !present.isOk();
    if (m_isBroken) {
        showResult(tr("%1 Mend this first: nothing is written into a file that cannot be read.")
                       .arg(present.error()),
                   false);
        return;
    }
    m_url.setText(present->choice.url);
    m_apiKey.setChecked(present->choice.isApiKey);
    m_caFile.setText(present->choice.caFile);
    m_certFile = present->certFile;
    m_via = present->via;
    m_certKeyFile = present->keyFile;
    // What is in the file is taken out by hand.
    m_intranet.setChecked(present->choice.isIntranet);
    m_intranet.setEnabled(!present->choice.isIntranet);
    if (!present->credential.isEmpty())
        m_key.setPlaceholderText(tr("empty: %1 stays").arg(present->credential));
    (present->choice.isSandbox && present->hasFile ? m_sandbox : m_ownGateway).setChecked(true);
}

void SetupDialog::updatePlan(bool isFine) {
    const auto plan = isFine ? planSetup(m_configDir, choice()) : Failure{QString()};
    const bool isChange = plan && plan->hasFormer && plan->former != plan->routes;
    m_changeNote.setVisible(isChange);
    m_diff.setVisible(isChange);
    if (isFine && !plan) {
        showResult(plan.error(), false);
        m_save.setEnabled(false);
    }
    if (!isChange) return;
    const QString backup =
        routesBackupPath(m_configDir, RoutesChange::Setup, QDateTime::currentDateTime());
    m_changeNote.setText(tr("These lines of routes.yaml change, all others stay; it is kept as %1 "
                            "before.")
                             .arg(QFileInfo(backup).fileName()));
    const QString name = QStringLiteral("routes.yaml");
    m_diff.setPlainText(unifiedDiff({name, plan->former, name, plan->routes}));
    growToFit();
}

/// What is shown newly gets room of its own instead of that of the form.
void SetupDialog::growToFit() {
    m_page.layout()->activate();
    const int wanted = m_page.layout()->totalHeightForWidth(width());
    const int room = screen()->availableGeometry().height() - kTitleBar;
    resize(width(), std::min(room, std::max({height(), sizeHint().height(), wanted})));
}

SetupChoice SetupDialog::choice() const {
    return {m_sandbox.isChecked(), m_url.text(),    m_key.text(),
            m_apiKey.isChecked(),  m_caFile.text(), m_intranet.isChecked()};
}

void SetupDialog::updateState() {
    const bool isOwn = m_ownGateway.isChecked();
    m_form.setEnabled(isOwn);
    m_test.setVisible(isOwn);
    const QString problem = setupProblem(choice());
    m_save.setEnabled(problem.isEmpty());
    m_test.setEnabled(problem.isEmpty());
    m_engine.cancelUpstreamTest();
    if (m_isBroken) {
        m_save.setEnabled(false);
        return;
    }
    // An empty form is not yet a mistake.
    if (m_url.text().isEmpty() || problem.isEmpty())
        m_result.clear();
    else
        showResult(problem, false);
    updatePlan(problem.isEmpty());
}

void SetupDialog::showResult(const QString& text, bool isGood) {
    setTone(m_result, isGood ? Tone::Good : Tone::Bad);
    m_result.setText((isGood ? QStringLiteral("✓ ") : QStringLiteral("! ")) + text);
    growToFit();
}

void SetupDialog::startTest() {
    const SetupChoice wanted = choice();
    // A disabled button hands the focus on to the next one, which is Cancel: Return would discard
    // everything.
    if (m_test.hasFocus()) m_save.setFocus();
    m_test.setEnabled(false);
    m_result.setPalette(QPalette());
    m_result.setText(tr("Asking %1…").arg(wanted.url.trimmed()));
    m_engine.testUpstream({QUrl(wanted.url.trimmed()),
                           wanted.key.trimmed(),
                           wanted.isApiKey ? CredentialForm::XApiKey : CredentialForm::Bearer,
                           wanted.caFile.trimmed(),
                           true,
                           m_certFile,
                           m_certKeyFile,
                           {},
                           m_via});
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
    showDone(written->destination);
    m_engine.reload();
}

void SetupDialog::showDone(const QString& destination) {
    m_done.setDestination(destination);
    m_pages.setCurrentWidget(&m_done);
    shrinkToDone();
    m_done.focusNext();
}

/// The last page is a third as high as the form, which would keep its room in the stack.
void SetupDialog::shrinkToDone() {
    m_pages.removeWidget(&m_page);
    m_page.hide();
    m_pages.layout()->activate();
    layout()->activate();
    resize(width(), m_done.layout()->totalHeightForWidth(width()));
}

void SetupDialog::handleRejected(const QString& message) {
    if (m_pages.currentWidget() != &m_done) return;
    m_done.setProblem(message);
    shrinkToDone();
}

} // namespace sallyport
