// SPDX-License-Identifier: MIT
#include "ui/routes/routedialog.h"

#include "core/claudecode/unifieddiff.h"
#include "ui/tones.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace sallyport {

namespace {

constexpr int kRuleLines = 4;

QString actionTitle(const QString& action) {
    if (action == QLatin1String("upstream")) return RouteDialog::tr("send to an upstream");
    if (action == QLatin1String("respond")) return RouteDialog::tr("answer here");
    if (action == QLatin1String("redirect")) return RouteDialog::tr("redirect");
    if (action == QLatin1String("block")) return RouteDialog::tr("block");
    return RouteDialog::tr("send straight to the host");
}

int heightOfLines(const QPlainTextEdit& edit, int lines) {
    const int frame =
        2 * edit.frameWidth() + static_cast<int>(2 * edit.document()->documentMargin());
    return edit.fontMetrics().lineSpacing() * lines + frame;
}

} // namespace

RouteDialog::RouteDialog(const RoutesDocument& document, QString former, const RouteFields& fields,
                         QWidget* parent)
    : QDialog(parent)
    , m_document(document)
    , m_former(std::move(former))
    , m_form(new QFormLayout) {
    setObjectName(QStringLiteral("routeDialog"));
    setWindowTitle(m_former.isEmpty() ? tr("New route – Sallyport")
                                      : tr("Route %1 – Sallyport").arg(m_former));
    setupFields(fields);
    setupForm();
    setupUi();
    for (QLineEdit* line : {&m_name, &m_host, &m_path, &m_methods, &m_value, &m_rewrite})
        connect(line, &QLineEdit::textChanged, this, &RouteDialog::updateState);
    for (QComboBox* box : {&m_action, &m_upstream, &m_access})
        connect(box, &QComboBox::currentTextChanged, this, &RouteDialog::updateState);
    connect(&m_action, &QComboBox::currentIndexChanged, this, &RouteDialog::updateAction);
    connect(&m_enabled, &QCheckBox::toggled, this, &RouteDialog::updateState);
    connect(&m_rules, &QPlainTextEdit::textChanged, this, &RouteDialog::updateState);
    connect(&m_save, &QPushButton::clicked, this, &RouteDialog::saveRequested);
    connect(&m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    updateAction();
    updateState();
    resize(620, sizeHint().height());
    m_name.setFocus();
}

void RouteDialog::setupFields(const RouteFields& fields) {
    m_name.setText(fields.name);
    m_enabled.setText(tr("Switched &on"));
    m_enabled.setObjectName(QStringLiteral("routeEnabled"));
    m_enabled.setChecked(fields.isEnabled);
    m_host.setText(fields.host);
    m_host.setPlaceholderText(tr("empty: requests for Sallyport itself"));
    m_path.setText(fields.path);
    m_path.setPlaceholderText(QStringLiteral("/"));
    m_methods.setText(fields.methods);
    m_methods.setPlaceholderText(tr("empty: all, else like GET, POST"));
    for (const QString& action : routeActions())
        m_action.addItem(actionTitle(action), action);
    m_action.setCurrentIndex(m_action.findData(fields.action));
    const bool leadsToUpstream = fields.action == QLatin1String("upstream");
    setUpstreams(leadsToUpstream ? fields.actionValue : QString());
    if (!leadsToUpstream) m_value.setText(fields.actionValue);
    m_rewrite.setText(fields.rewrite);
    m_rewrite.setPlaceholderText(tr("empty: the path stays as it is"));
    m_access.addItems({tr("only with the local token"), tr("open to every program here")});
    m_access.setCurrentIndex(fields.isOpen ? 1 : 0);
    m_rules.setPlainText(fields.rules);
    m_rules.setFont(codeFont(font()));
    m_rules.setTabChangesFocus(true);
    m_rules.setFixedHeight(heightOfLines(m_rules, kRuleLines));
    m_rules.setPlaceholderText(QStringLiteral("request_headers: {set: {X-Team: tools}}"));
    m_rules.setToolTip(tr("As in routes.yaml, a key on a line: %1")
                           .arg(routeRuleKeys().join(QLatin1String(", "))));
}

void RouteDialog::setUpstreams(const QString& chosen) {
    for (const UpstreamConfig& upstream : m_document.routes().upstreams)
        m_upstream.addItem(upstream.name);
    if (m_upstream.findText(QStringLiteral("sandbox")) < 0)
        m_upstream.addItem(QStringLiteral("sandbox"));
    m_upstream.setCurrentIndex(std::max(0, m_upstream.findText(chosen)));
}

void RouteDialog::addField(const QString& label, QWidget& field, const char* name) {
    field.setObjectName(QLatin1String(name));
    QString plain = label;
    field.setAccessibleName(plain.remove(u'&').remove(u':').remove(QStringLiteral("：")));
    auto* own = new QLabel(label, this);
    own->setBuddy(&field);
    m_form->addRow(own, &field);
}

void RouteDialog::setupForm() {
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    addField(tr("&Name:"), m_name, "routeName");
    m_form->addRow(QString(), &m_enabled);
    addField(tr("&Host:"), m_host, "routeHost");
    addField(tr("&Path begins with:"), m_path, "routePath");
    addField(tr("&Methods:"), m_methods, "routeMethods");
    addField(tr("&Action:"), m_action, "routeAction");
    m_upstreamLabel.setText(tr("&Upstream:"));
    m_upstreamLabel.setBuddy(&m_upstream);
    m_upstream.setObjectName(QStringLiteral("routeUpstream"));
    m_upstream.setAccessibleName(tr("Upstream"));
    m_form->addRow(&m_upstreamLabel, &m_upstream);
    m_valueLabel.setText(tr("&With:"));
    m_valueLabel.setBuddy(&m_value);
    m_value.setObjectName(QStringLiteral("routeValue"));
    m_value.setAccessibleName(tr("What is answered"));
    m_form->addRow(&m_valueLabel, &m_value);
    addField(tr("Path &becomes:"), m_rewrite, "routeRewrite");
    addField(tr("A&ccess:"), m_access, "routeAccess");
    addField(tr("Other &rules:"), m_rules, "routeRules");
}

void RouteDialog::setupUi() {
    m_problem.setObjectName(QStringLiteral("routeProblem"));
    m_problem.setWordWrap(true);
    m_problem.setTextFormat(Qt::PlainText);
    m_diff.setObjectName(QStringLiteral("routeDiff"));
    m_diff.setAccessibleName(tr("Lines of routes.yaml that change"));
    m_diff.setMinimumHeight(heightOfLines(m_diff, 6));
    m_cancel.setText(tr("Cancel"));
    m_cancel.setAutoDefault(false);
    m_save.setText(tr("Save"));
    m_save.setObjectName(QStringLiteral("saveRoute"));
    m_save.setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(&m_cancel);
    buttons->addWidget(&m_save);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 16, 18, 14);
    column->setSpacing(10);
    column->addLayout(m_form);
    column->addWidget(&m_problem);
    column->addWidget(&m_diff, 1);
    column->addLayout(buttons);
}

void RouteDialog::updateAction() {
    const QString action = m_action.currentData().toString();
    const bool hasValue = action == QLatin1String("respond") || action == QLatin1String("redirect");
    m_upstreamLabel.setVisible(action == QLatin1String("upstream"));
    m_upstream.setVisible(action == QLatin1String("upstream"));
    m_valueLabel.setVisible(hasValue);
    m_value.setVisible(hasValue);
    m_value.setPlaceholderText(action == QLatin1String("redirect")
                                   ? QStringLiteral("https://example.com/")
                                   : QStringLiteral("{status: 200, body: \"{}\"}"));
}

RouteFields RouteDialog::fields() const {
    RouteFields fields;
    fields.name = m_name.text().trimmed();
    fields.isEnabled = m_enabled.isChecked();
    fields.host = m_host.text().trimmed();
    fields.path = m_path.text().trimmed();
    fields.methods = m_methods.text().trimmed();
    fields.action = m_action.currentData().toString();
    if (fields.action == QLatin1String("upstream"))
        fields.actionValue = m_upstream.currentText();
    else if (!m_value.isHidden())
        fields.actionValue = m_value.text().trimmed();
    fields.rewrite = m_rewrite.text().trimmed();
    fields.isOpen = m_access.currentIndex() == 1;
    fields.rules = m_rules.toPlainText();
    return fields;
}

void RouteDialog::showProblem(const QString& problem) {
    m_problem.setVisible(!problem.isEmpty());
    setTone(m_problem, Tone::Bad);
    m_problem.setText(QStringLiteral("! ") + problem);
}

void RouteDialog::updateState() {
    const auto edited = m_document.preview([this](const QByteArray& yaml, const QString& path) {
        return withRouteFields(yaml, path, m_former, fields());
    });
    showProblem(edited ? QString() : edited.error().message);
    m_save.setEnabled(edited.isOk());
    const QString name = QStringLiteral("routes.yaml");
    m_diff.setPlainText(edited ? unifiedDiff({name, m_document.text(), name, *edited}) : QString());
}

} // namespace sallyport
