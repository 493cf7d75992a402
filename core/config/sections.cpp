// SPDX-License-Identifier: MIT
#include "core/config/sections.h"

#include "core/config/quoting.h"
#include "core/route/rulegrammar.h"
#include "core/support/ascii.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport {

namespace {

constexpr qsizetype kMaxName = 64;

QString refusedFieldName(const QByteArray& name) {
    if (!isRuleToken(name))
        return QCoreApplication::translate(
                   "Config", "\"%1\" is not the name of a field; write one like X-Team")
            .arg(shownName(name));
    if (isFramingField(name))
        return QCoreApplication::translate(
                   "Config", "\"%1\" belongs to the connection, and Sallyport writes it itself; "
                             "take it out")
            .arg(shownName(name));
    return {};
}

} // namespace

yaml::Value nothingAt(const yaml::Place& place) {
    return {std::make_shared<yaml::Node>(), place, false};
}

MapReader sectionOf(const MapReader& map, const char* key, const std::vector<const char*>& known) {
    const yaml::Pair* pair = map.find(key);
    return {pair ? pair->value : nothingAt(map.place()),
            QLatin1Char('"') + QLatin1String(key) + QLatin1Char('"'), known, map.findings()};
}

scalars::Parsed<QString> entryName(const QByteArray& text) {
    const QString name = QString::fromUtf8(text);
    const bool isPrintable = std::all_of(name.begin(), name.end(),
                                         [](QChar c) { return c.isPrint() || c.isSurrogate(); });
    if (!name.isEmpty() && name.size() <= kMaxName && isPrintable && name == name.trimmed())
        return name;
    return Failure{QCoreApplication::translate(
        "Config", "a name has 1 to 64 printable characters and no blank at its ends")};
}

std::vector<std::pair<QByteArray, QByteArray>> readFields(const MapReader& map, const char* key) {
    std::vector<std::pair<QByteArray, QByteArray>> fields;
    const yaml::Pair* section = map.find(key);
    if (!section) return fields;
    if (section->value.node->kind != yaml::Kind::Map) {
        map.refuse(key, QCoreApplication::translate("Config", "fields are written {Name: value}"));
        return fields;
    }
    for (const yaml::Pair& pair : section->value.node->pairs) {
        const QByteArray& value = pair.value.node->text;
        const bool isTwice = std::any_of(fields.begin(), fields.end(), [&](const auto& field) {
            return ascii::equalsIgnoreCase(field.first, pair.key);
        });
        if (const QString fault = refusedFieldName(pair.key); !fault.isEmpty())
            map.findings().add(pair.keyPlace, fault);
        else if (isTwice)
            map.findings().add(
                pair.keyPlace,
                QCoreApplication::translate("Config", "\"%1\" is here twice; keep one of the two")
                    .arg(shownName(pair.key)));
        else if (pair.value.node->kind != yaml::Kind::Scalar || !isRuleValue(value))
            map.findings().add(
                pair.keyPlace,
                QCoreApplication::translate(
                    "Config", "the value of \"%1\" must be one line of text, without control "
                              "characters and without blanks at its ends (\"\" for an empty one)")
                    .arg(shownName(pair.key)));
        else
            fields.emplace_back(pair.key, value);
    }
    return fields;
}

scalars::Parsed<QByteArray> fieldName(const QByteArray& text) {
    if (const QString fault = refusedFieldName(text); !fault.isEmpty()) return Failure{fault};
    return text;
}

} // namespace sallyport
