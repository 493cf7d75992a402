// SPDX-License-Identifier: MIT
#include "core/config/routefields.h"

#include "core/config/routesection.h"
#include "core/config/yamlpath.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport {

namespace {

const yaml::Path kMatch{QByteArray("match")};
const yaml::Path kRewrite{QByteArray("rewrite")};

/// Keys that have a field of their own in the form.
bool hasField(const QString& key) {
    static const QStringList own{QStringLiteral("name"), QStringLiteral("enabled"),
                                 QStringLiteral("match"), QStringLiteral("rewrite"),
                                 QStringLiteral("access")};
    return own.contains(key) || routeActions().contains(key);
}

QString textAt(const yaml::Value& entry, const yaml::Path& path) {
    const yaml::Value* value = yaml::valueAt(entry, path);
    return value ? QString::fromUtf8(value->node->text) : QString();
}

QString methodsOf(const yaml::Value& entry) {
    const yaml::Value* list = yaml::valueAt(entry, {QByteArray("match"), QByteArray("methods")});
    QStringList names;
    for (std::size_t i = 0; list && i < list->node->items.size(); ++i)
        names.append(QString::fromUtf8(list->node->items[i].node->text));
    return names.join(QLatin1String(", "));
}

void readAction(const yaml::Value& entry, RouteFields& fields) {
    for (const QString& action : routeActions()) {
        const yaml::Value* value = yaml::valueAt(entry, {action.toLatin1()});
        const bool isOff = value && value->node->text == "false";
        if (!value || isOff) continue;
        fields.action = action;
        const bool isYaml =
            action == QLatin1String("respond") || action == QLatin1String("redirect");
        if (action == QLatin1String("upstream"))
            fields.actionValue = QString::fromUtf8(value->node->text);
        else if (isYaml)
            fields.actionValue = QString::fromUtf8(yaml::flowText(*value->node));
    }
}

QString rulesOf(const yaml::Value& entry) {
    QString rules;
    for (const yaml::Pair& pair : entry.node->pairs)
        if (!hasField(QString::fromUtf8(pair.key)))
            rules += QString::fromUtf8(pair.key + ": " + yaml::flowText(*pair.value.node)) + u'\n';
    return rules;
}

QByteArray actionYaml(const RouteFields& fields) {
    const bool isSwitch =
        fields.action == QLatin1String("block") || fields.action == QLatin1String("direct");
    if (isSwitch) return "true";
    if (fields.action == QLatin1String("upstream")) return yaml::scalarText(fields.actionValue);
    const QByteArray value = fields.actionValue.trimmed().toUtf8();
    return value.isEmpty() ? "{}" : value;
}

QByteArray methodsYaml(const QString& methods) {
    QByteArrayList names;
    for (const QString& name : methods.split(u',', Qt::SkipEmptyParts))
        names.append(yaml::scalarText(name.trimmed()));
    return '[' + names.join(", ") + ']';
}

struct Rules {
    EntryKeys keys;
    QString problem;
};

Rules parsedRules(const QString& text) {
    Rules rules;
    const auto tree = yaml::parse(text.toUtf8());
    if (!tree) {
        rules.problem = tree.error().message;
        return rules;
    }
    if (tree->node->kind == yaml::Kind::Null) return rules;
    if (tree->node->kind != yaml::Kind::Map)
        rules.problem = QCoreApplication::translate(
            "Config", "other rules are written as \"key: value\", one on a line");
    for (const yaml::Pair& pair : tree->node->pairs) {
        if (hasField(QString::fromUtf8(pair.key)))
            rules.problem =
                QCoreApplication::translate("Config", "\"%1\" has a field of its own in this form")
                    .arg(QString::fromUtf8(pair.key));
        rules.keys.emplace_back(pair.key, yaml::flowText(*pair.value.node));
    }
    return rules;
}

/// Makes one route as the form has it.
class RouteWriter {
public:
    RouteWriter(RoutesEdit& edit, const RouteFields& before, const RouteFields& after)
        : m_edit(edit)
        , m_entry{RoutesList::Routes, before.name}
        , m_before(before)
        , m_after(after) {}

    void write(const Rules& rules) {
        if (m_before.isEnabled != m_after.isEnabled)
            m_edit.set(m_entry, {}, "enabled", m_after.isEnabled ? "true" : "false");
        setText(kMatch, "host", m_before.host, m_after.host);
        setText(kMatch, "path", m_before.path, m_after.path);
        if (m_before.methods != m_after.methods) writeMethods();
        writeAction();
        setText(kRewrite, "prefix", m_before.rewrite, m_after.rewrite);
        if (m_before.isOpen != m_after.isOpen)
            m_edit.set(m_entry, {}, "access", m_after.isOpen ? "open" : "token");
        writeRules(rules);
        m_edit.rename(m_entry, m_after.name);
    }

private:
    void setText(const yaml::Path& map, const QByteArray& key, const QString& was,
                 const QString& is) {
        if (was == is) return;
        if (is.isEmpty())
            m_edit.unset(m_entry, map, key);
        else
            m_edit.set(m_entry, map, key, yaml::scalarText(is));
    }
    void writeMethods() {
        if (m_after.methods.trimmed().isEmpty())
            m_edit.unset(m_entry, kMatch, "methods");
        else
            m_edit.set(m_entry, kMatch, "methods", methodsYaml(m_after.methods));
    }
    void writeAction() {
        const bool isOther = m_before.action != m_after.action;
        if (!isOther && m_before.actionValue == m_after.actionValue) return;
        m_edit.set(m_entry, {}, m_after.action.toLatin1(), actionYaml(m_after));
        if (isOther) m_edit.unset(m_entry, {}, m_before.action.toLatin1());
    }
    void writeRules(const Rules& rules) {
        const Rules former = parsedRules(m_before.rules);
        const auto has = [](const EntryKeys& keys, const QByteArray& key) {
            return std::any_of(keys.begin(), keys.end(),
                               [&](const auto& one) { return one.first == key; });
        };
        for (const auto& [key, value] : rules.keys)
            m_edit.set(m_entry, {}, key, value);
        for (const auto& [key, value] : former.keys)
            if (!has(rules.keys, key)) m_edit.unset(m_entry, {}, key);
    }

    RoutesEdit& m_edit;
    RoutesEntry m_entry;
    const RouteFields& m_before;
    const RouteFields& m_after;
};

/// In the order in which people write them.
EntryKeys newRoute(const RouteFields& fields, const Rules& rules) {
    QByteArrayList match;
    if (!fields.host.isEmpty()) match.append("host: " + yaml::scalarText(fields.host));
    match.append("path: " +
                 yaml::scalarText(fields.path.isEmpty() ? QStringLiteral("/") : fields.path));
    if (!fields.methods.trimmed().isEmpty())
        match.append("methods: " + methodsYaml(fields.methods));
    EntryKeys keys{{"name", yaml::scalarText(fields.name)}};
    if (!fields.isEnabled) keys.emplace_back("enabled", "false");
    keys.emplace_back("match", '{' + match.join(", ") + '}');
    if (!fields.rewrite.isEmpty())
        keys.emplace_back("rewrite", "{prefix: " + yaml::scalarText(fields.rewrite) + '}');
    keys.emplace_back(fields.action.toLatin1(), actionYaml(fields));
    if (fields.isOpen) keys.emplace_back("access", "open");
    keys.insert(keys.end(), rules.keys.begin(), rules.keys.end());
    return keys;
}

} // namespace

const QStringList& routeActions() {
    static const QStringList actions{QStringLiteral("upstream"), QStringLiteral("respond"),
                                     QStringLiteral("redirect"), QStringLiteral("block"),
                                     QStringLiteral("direct")};
    return actions;
}

QStringList routeRuleKeys() {
    QStringList keys;
    for (const char* key : routeKeys())
        if (!hasField(QLatin1String(key))) keys.append(QLatin1String(key));
    return keys;
}

RouteFields routeFields(const QByteArray& yaml, const QString& name) {
    RouteFields fields;
    const auto root = yaml::parse(yaml);
    const yaml::Value* entry = root ? yaml::entryNamed(*root, "routes", name) : nullptr;
    if (!entry) return fields;
    fields.name = name;
    fields.isEnabled = textAt(*entry, {QByteArray("enabled")}) != QLatin1String("false");
    fields.host = textAt(*entry, {QByteArray("match"), QByteArray("host")});
    fields.path = textAt(*entry, {QByteArray("match"), QByteArray("path")});
    fields.methods = methodsOf(*entry);
    fields.rewrite = textAt(*entry, {QByteArray("rewrite"), QByteArray("prefix")});
    fields.isOpen = textAt(*entry, {QByteArray("access")}) == QLatin1String("open");
    fields.rules = rulesOf(*entry);
    readAction(*entry, fields);
    return fields;
}

Result<QByteArray, ConfigError> withRouteFields(const QByteArray& yaml, const QString& fileName,
                                                const QString& former, const RouteFields& fields) {
    const Rules rules = parsedRules(fields.rules);
    if (!rules.problem.isEmpty()) return Failure{ConfigError{fileName, 0, 0, rules.problem}};
    RoutesEdit edit(yaml, fileName);
    const RouteFields before = routeFields(yaml, former);
    if (former.isEmpty())
        edit.add(RoutesList::Routes, newRoute(fields, rules));
    else
        RouteWriter(edit, before, fields).write(rules);
    return edit.result();
}

} // namespace sallyport
