// SPDX-License-Identifier: MIT
#include "ui/settings/upstreamspage.h"

#include "core/claudecode/unifieddiff.h"
#include "core/config/routesedit.h"
#include "core/config/scalars.h"
#include "ui/settings/teststeps.h"
#include "ui/tones.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QUrl>
#include <QVBoxLayout>

namespace sallyport {

namespace {

constexpr int kUrlLines = 3;
constexpr int kDiffLines = 6;
constexpr int kListWidth = 170;

int heightOfLines(const QPlainTextEdit& edit, int lines) {
    return edit.fontMetrics().lineSpacing() * lines + 2 * edit.frameWidth() + 10;
}

const char* const kPrefixes[] = {"", "keychain:", "env:", "file:"};

} // namespace

UpstreamsPage::UpstreamsPage(EngineInterface& engine, QString configDir, QWidget* parent)
    : QWidget(parent)
    , m_engine(engine)
    , m_document(configDir)
    , m_watcher(configDir)
    , m_form(new QFormLayout(&m_fields)) {
    setObjectName(QStringLiteral("upstreamsPage"));
    setupForm();
    setupUi();
    connectSignals();
    fillList({});
}

UpstreamsPage::~UpstreamsPage() { m_engine.cancelUpstreamTest(); }

void UpstreamsPage::addField(const QString& label, QWidget& field, const char* name) {
    field.setObjectName(QLatin1String(name));
    QString plain = label;
    field.setAccessibleName(plain.remove(u'&').remove(u':').remove(QStringLiteral("：")));
    auto* own = new QLabel(label, &m_fields);
    own->setBuddy(&field);
    m_form->addRow(own, &field);
}

void UpstreamsPage::setupForm() {
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    addField(tr("&Name:"), m_name, "upstreamName");
    m_urls.setPlaceholderText(QStringLiteral("https://gateway.corp.example/llm"));
    m_urls.setToolTip(tr("One address on a line; the first that can take a request gets it"));
    m_urls.setTabChangesFocus(true);
    m_urls.setFixedHeight(heightOfLines(m_urls, kUrlLines));
    addField(tr("A&ddresses:"), m_urls, "upstreamUrls");
    m_source.addItems({tr("Claude Code's own is passed on"), tr("from the keychain"),
                       tr("from an environment variable"), tr("from a file")});
    addField(tr("&Credential:"), m_source, "credentialSource");
    m_place.setObjectName(QStringLiteral("credentialPlace"));
    m_placeLabel.setBuddy(&m_place);
    m_form->addRow(&m_placeLabel, &m_place);
    m_key.setObjectName(QStringLiteral("credentialKey"));
    m_key.setAccessibleName(tr("Key"));
    m_key.setEchoMode(QLineEdit::Password);
    m_key.setPlaceholderText(tr("empty: the one that is there stays"));
    m_keyLabel.setText(tr("&Key:"));
    m_keyLabel.setBuddy(&m_key);
    m_form->addRow(&m_keyLabel, &m_key);
    m_sentAs.addItem(QStringLiteral("Authorization: Bearer"));
    m_sentAs.addItem(QStringLiteral("x-api-key"));
    addField(tr("Sent &as:"), m_sentAs, "credentialAs");
    m_caFile.setPlaceholderText(tr("empty: what the system trusts"));
    addField(tr("CA &file:"), m_caFile, "upstreamCaFile");
}

QLayout* UpstreamsPage::newListColumn() {
    m_list.setObjectName(QStringLiteral("upstreamList"));
    m_list.setAccessibleName(tr("Upstreams"));
    m_list.setFixedWidth(kListWidth);
    m_add.setText(tr("A&dd"));
    m_add.setObjectName(QStringLiteral("addUpstream"));
    m_remove.setText(tr("&Remove"));
    m_remove.setObjectName(QStringLiteral("removeUpstream"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(&m_add);
    buttons->addWidget(&m_remove);
    auto* column = new QVBoxLayout;
    column->addWidget(&m_list, 1);
    column->addLayout(buttons);
    return column;
}

void UpstreamsPage::setupUi() {
    m_result.setObjectName(QStringLiteral("upstreamResult"));
    m_result.setWordWrap(true);
    m_result.setTextFormat(Qt::PlainText);
    m_result.setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_diff.setObjectName(QStringLiteral("upstreamDiff"));
    m_diff.setAccessibleName(tr("Lines of routes.yaml that change"));
    m_diff.setMinimumHeight(heightOfLines(m_diff, kDiffLines));
    m_test.setText(tr("&Test"));
    m_test.setObjectName(QStringLiteral("testUpstream"));
    m_save.setText(tr("&Save"));
    m_save.setObjectName(QStringLiteral("saveUpstream"));
    for (QPushButton* button : {&m_add, &m_remove, &m_test, &m_save})
        button->setAutoDefault(false);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(&m_test);
    buttons->addWidget(&m_save);
    auto* right = new QVBoxLayout;
    right->addWidget(&m_fields);
    right->addWidget(&m_result);
    right->addWidget(&m_diff, 1);
    right->addLayout(buttons);
    auto* row = new QHBoxLayout(this);
    row->addLayout(newListColumn());
    row->addLayout(right, 1);
}

void UpstreamsPage::connectSignals() {
    connect(&m_list, &QListWidget::currentTextChanged, this, &UpstreamsPage::showUpstream);
    connect(&m_add, &QPushButton::clicked, this, &UpstreamsPage::beginNew);
    connect(&m_remove, &QPushButton::clicked, this, &UpstreamsPage::removeChosen);
    connect(&m_test, &QPushButton::clicked, this, &UpstreamsPage::startTest);
    connect(&m_save, &QPushButton::clicked, this, &UpstreamsPage::save);
    connect(&m_source, &QComboBox::currentIndexChanged, this, &UpstreamsPage::updateSource);
    for (QLineEdit* line : {&m_name, &m_place, &m_key, &m_caFile})
        connect(line, &QLineEdit::textChanged, this, &UpstreamsPage::updateState);
    connect(&m_urls, &QPlainTextEdit::textChanged, this, &UpstreamsPage::updateState);
    connect(&m_sentAs, &QComboBox::currentIndexChanged, this, &UpstreamsPage::updateState);
    connect(&m_watcher, &ConfigWatcher::changed, this, &UpstreamsPage::reload);
    connect(&m_engine, &EngineInterface::upstreamTestFinished, this,
            &UpstreamsPage::showTestResult);
    connect(&m_engine, &EngineInterface::credentialStored, this, &UpstreamsPage::handleStored);
}

void UpstreamsPage::reload() {
    if (m_document.refresh()) fillList(m_former);
}

void UpstreamsPage::fillList(const QString& chosen) {
    m_isFilling = true;
    m_list.clear();
    for (const UpstreamConfig& upstream : m_document.routes().upstreams)
        m_list.addItem(upstream.name);
    m_isFilling = false;
    const auto found = m_list.findItems(chosen, Qt::MatchExactly);
    if (!found.isEmpty())
        m_list.setCurrentItem(found.front());
    else if (m_list.count() > 0)
        m_list.setCurrentRow(0);
    else
        beginNew();
    updateState();
}

void UpstreamsPage::showUpstream(const QString& name) {
    if (m_isFilling) return;
    if (name.isEmpty()) return beginNew();
    const UpstreamFields shown = upstreamFields(m_document.text(), name);
    m_isFilling = true;
    m_former = shown.name;
    m_name.setText(name);
    m_urls.setPlainText(shown.urls.join(u'\n'));
    m_caFile.setText(shown.caFile);
    m_sentAs.setCurrentIndex(shown.isApiKey ? 1 : 0);
    m_key.clear();
    while (m_source.count() > Other)
        m_source.removeItem(Other);
    int source = shown.credential.isEmpty() ? Passed : Other;
    for (const int kind : {Keychain, Variable, File})
        if (shown.credential.startsWith(QLatin1String(kPrefixes[kind]))) source = kind;
    if (shown.hasOtherCredential) {
        source = Other;
        m_source.addItem(tr("as routes.yaml says"));
    }
    m_place.setText(source == Other ? QString() : shown.credential.section(u':', 1));
    m_source.setCurrentIndex(source);
    m_isSandbox = shown.isSandbox;
    m_fields.setEnabled(!shown.isSandbox && !m_former.isEmpty());
    m_isFilling = false;
    updateSource();
}

void UpstreamsPage::beginNew() {
    m_isFilling = true;
    m_list.setCurrentRow(-1);
    m_former.clear();
    for (QLineEdit* line : {&m_name, &m_place, &m_key, &m_caFile})
        line->clear();
    m_urls.clear();
    m_source.setCurrentIndex(Passed);
    m_isSandbox = false;
    m_fields.setEnabled(true);
    m_isFilling = false;
    updateSource();
    m_name.setFocus();
}

void UpstreamsPage::updateSource() {
    const int source = m_source.currentIndex();
    const bool hasPlace = source == Keychain || source == Variable || source == File;
    m_placeLabel.setVisible(hasPlace);
    m_place.setVisible(hasPlace);
    m_keyLabel.setVisible(source == Keychain);
    m_key.setVisible(source == Keychain);
    m_placeLabel.setText(source == Variable ? tr("Variab&le:")
                         : source == File   ? tr("F&ile:")
                                            : tr("&Entry:"));
    QString plain = m_placeLabel.text();
    m_place.setAccessibleName(plain.remove(u'&').remove(u':').remove(QStringLiteral("：")));
    if (source == Keychain && m_place.text().isEmpty() && !m_isFilling)
        m_place.setText(m_name.text().trimmed());
    updateState();
}

QString UpstreamsPage::credential() const {
    const int source = m_source.currentIndex();
    if (source <= Passed || source >= Other) return {};
    return QLatin1String(kPrefixes[source]) + m_place.text().trimmed();
}

UpstreamFields UpstreamsPage::fields() const {
    UpstreamFields fields = upstreamFields(m_document.text(), m_former);
    fields.name = m_name.text().trimmed();
    fields.urls = m_urls.toPlainText().split(u'\n', Qt::SkipEmptyParts);
    for (QString& url : fields.urls)
        url = url.trimmed();
    fields.urls.removeAll(QString());
    fields.credential = credential();
    fields.isApiKey = m_sentAs.currentIndex() == 1;
    fields.caFile = m_caFile.text().trimmed();
    return fields;
}

TextEdit UpstreamsPage::change() const {
    return [former = m_former, fields = fields()](const QByteArray& yaml, const QString& path) {
        return withUpstreamFields(yaml, path, former, fields);
    };
}

void UpstreamsPage::updateState() {
    if (m_isFilling) return;
    m_engine.cancelUpstreamTest();
    const bool isBroken = m_document.problem().has_value();
    const auto edited = m_document.preview(change());
    const bool isChanged = edited && *edited != m_document.text();
    const bool canEdit = m_fields.isEnabled() && !isBroken;
    m_add.setEnabled(!isBroken);
    m_remove.setEnabled(!isBroken && !m_former.isEmpty());
    m_save.setEnabled(canEdit && edited && (isChanged || !m_key.text().isEmpty()));
    m_test.setEnabled(canEdit && !fields().urls.isEmpty());
    const QString name = QStringLiteral("routes.yaml");
    m_diff.setPlainText(isChanged ? unifiedDiff({name, m_document.text(), name, *edited})
                                  : QString());
    if (m_isSandbox) {
        setTone(m_result, Tone::Plain);
        m_result.setText(tr("The sandbox answers on this machine, in the form of the Messages API. "
                            "It has no address and takes no key: there is nothing to set."));
        return;
    }
    const bool isUntouched = m_former.isEmpty() && m_name.text().isEmpty() && !isBroken;
    if (edited || isUntouched || !m_fields.isEnabled())
        m_result.clear();
    else
        showResult(isBroken ? edited.error().toString() : edited.error().message, false);
}

void UpstreamsPage::showResult(const QString& text, bool isGood) {
    setTone(m_result, isGood ? Tone::Good : Tone::Bad);
    const bool hasSign = text.startsWith(u'✓') || text.startsWith(u'!');
    m_result.setText(hasSign ? text
                             : (isGood ? QStringLiteral("✓ ") : QStringLiteral("! ")) + text);
}

void UpstreamsPage::removeChosen() {
    const QString name = m_former;
    const auto done = m_document.apply([name](const QByteArray& yaml, const QString& path) {
        RoutesEdit edit(yaml, path);
        edit.remove({RoutesList::Upstreams, name});
        return edit.result();
    });
    m_watcher.acknowledge();
    m_engine.reload();
    if (done)
        fillList({});
    else
        showResult(done.error(), false);
}

void UpstreamsPage::save() {
    const QString key = m_key.text().trimmed();
    if (m_source.currentIndex() != Keychain || key.isEmpty()) {
        writeFile();
        return;
    }
    // First the key: a file that names an entry which is not there would refuse requests.
    m_save.setEnabled(false);
    m_engine.storeCredential(m_place.text().trimmed(), key);
}

void UpstreamsPage::handleStored(const QString& name, const QString& problem) {
    if (name != m_place.text().trimmed()) return;
    if (problem.isEmpty()) {
        m_key.clear();
        writeFile();
        return;
    }
    m_save.setEnabled(true);
    showResult(tr("The key is not kept, and nothing is written: %1").arg(problem), false);
}

void UpstreamsPage::writeFile() {
    const QString name = m_name.text().trimmed();
    const auto done = m_document.apply(change());
    m_watcher.acknowledge();
    m_engine.reload();
    if (!done) {
        m_document.refresh();
        showResult(done.error(), false);
        return;
    }
    fillList(name);
    showResult(tr("Saved, and in force at once."), true);
}

void UpstreamsPage::startTest() {
    const UpstreamFields tested = fields();
    UpstreamTestRequest request;
    request.url = QUrl(tested.urls.front());
    request.credential = m_source.currentIndex() == Keychain ? m_key.text().trimmed() : QString();
    request.credentialAs = tested.isApiKey ? CredentialForm::XApiKey : CredentialForm::Bearer;
    const QString dir = QFileInfo(m_document.path()).absolutePath();
    if (!tested.caFile.isEmpty()) request.caFile = scalars::absolutePath(tested.caFile, dir);
    const auto source = scalars::credentialSource(tested.credential.toUtf8(), dir);
    if (!tested.credential.isEmpty() && source) request.source = *source;
    for (const UpstreamConfig& upstream : m_document.routes().upstreams) {
        if (upstream.name != m_former) continue;
        request.verifyTls = upstream.verifyTls;
        request.certFile = upstream.certFile;
        request.via = upstream.via;
        request.keyFile = upstream.keyFile;
        request.usesHttp2 = upstream.usesHttp2;
    }
    m_test.setEnabled(false);
    setTone(m_result, Tone::Plain);
    m_result.setText(tr("Asking %1…").arg(tested.urls.front()));
    m_engine.testUpstream(request);
}

void UpstreamsPage::showTestResult(const UpstreamTestResult& result) {
    if (!isVisible()) return;
    m_test.setEnabled(true);
    showResult(testStepsText(result), result.verdict == UpstreamTestVerdict::Works);
}

} // namespace sallyport
