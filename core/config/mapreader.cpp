// SPDX-License-Identifier: MIT
#include "core/config/mapreader.h"

#include "core/config/nearestname.h"
#include "core/config/quoting.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport {

namespace {

/// Where a value is to be mended: an alias where it is written, for its anchor may fit elsewhere.
const yaml::Place& placeOf(const yaml::Pair& pair) {
    return pair.value.node->kind == yaml::Kind::Null ? pair.keyPlace : pair.value.place;
}

} // namespace

void Findings::add(const yaml::Place& place, const QString& message) {
    if (!m_first || place.offset < m_first->place.offset) m_first = yaml::Problem{place, message};
}

MapReader::MapReader(const yaml::Value& value, const QString& what,
                     const std::vector<const char*>& known, Findings& findings)
    : m_value(value)
    , m_place(value.place)
    , m_findings(findings) {
    if (!isMap()) {
        findings.add(value.place, QCoreApplication::translate(
                                      "Config", "%1 is written as \"key: value\" lines, or as "
                                                "{key: value}")
                                      .arg(what));
        return;
    }
    QStringList names;
    for (const char* name : known)
        names.append(QString::fromLatin1(name));
    for (const yaml::Pair& pair : value.node->pairs) {
        constexpr qsizetype kLongerThanAny = 100;
        const QString key = QString::fromUtf8(pair.key.left(kLongerThanAny));
        if (names.contains(key)) continue;
        m_hasUnknownKey = true;
        findings.add(pair.keyPlace,
                     QCoreApplication::translate("Config", "\"%1\" is not a key of %2;%3")
                         .arg(shownName(pair.key), what, suggestionFor(key, names)));
    }
}

bool MapReader::isMap() const {
    return m_value.node->kind == yaml::Kind::Map || m_value.node->kind == yaml::Kind::Null;
}

const yaml::Pair* MapReader::pairOf(const char* key) const {
    const auto& pairs = m_value.node->pairs;
    const auto at = std::find_if(pairs.begin(), pairs.end(),
                                 [key](const yaml::Pair& pair) { return pair.key == key; });
    return at == pairs.end() ? nullptr : &*at;
}

const yaml::Pair* MapReader::find(const char* key) const {
    const yaml::Pair* pair = pairOf(key);
    return pair && pair->value.node->kind != yaml::Kind::Null ? pair : nullptr;
}

std::optional<QByteArray> MapReader::text(const char* key) const {
    const yaml::Pair* at = pairOf(key);
    if (!at) return std::nullopt;
    if (at->value.node->kind == yaml::Kind::Scalar) return at->value.node->text;
    m_findings.add(placeOf(*at),
                   at->value.node->kind == yaml::Kind::Null
                       ? QCoreApplication::translate(
                             "Config", "\"%1\" has no value; give it one, or take the line out")
                             .arg(QString::fromLatin1(key))
                       : QCoreApplication::translate(
                             "Config", "\"%1\" takes a single value, not a list or a map")
                             .arg(QString::fromLatin1(key)));
    return std::nullopt;
}

void MapReader::readBool(const char* key, bool& out) const {
    const auto bytes = text(key);
    if (!bytes) return;
    const auto parsed = scalars::boolean(*bytes);
    if (!parsed)
        refuse(key, parsed.error());
    else if (find(key)->value.node->isQuoted)
        refuse(key, QCoreApplication::translate(
                        "Config", "true and false are written without quotes or a tag"));
    else
        out = *parsed;
}

void MapReader::eachItem(const char* key,
                         const std::function<void(const yaml::Value&)>& take) const {
    const yaml::Pair* pair = find(key);
    if (!pair) return;
    if (pair->value.node->kind != yaml::Kind::List) {
        refuse(key, QCoreApplication::translate("Config", "a list is needed here: [one, two], or a "
                                                          "line \"- one\" for each"));
        return;
    }
    for (const yaml::Value& item : pair->value.node->items)
        take(item);
}

std::vector<MapReader::ListItem> MapReader::listOf(const char* key) const {
    std::vector<ListItem> items;
    eachItem(key, [&](const yaml::Value& item) {
        if (item.node->kind == yaml::Kind::Scalar)
            items.push_back({item.node->text, item.place});
        else
            m_findings.add(item.place, quoted(key, QCoreApplication::translate(
                                                       "Config", "each item is a single value")));
    });
    return items;
}

QString MapReader::quoted(const char* key, const QString& reason) {
    return QString::fromLatin1(key) + QLatin1String(": ") + reason;
}

void MapReader::lacks(const QString& message) const {
    if (!m_hasUnknownKey) m_findings.add(m_place, message);
}

void MapReader::refuse(const char* key, const QString& reason) const {
    const yaml::Pair* pair = pairOf(key);
    if (pair)
        m_findings.add(placeOf(*pair), quoted(key, reason));
    else
        lacks(quoted(key, reason));
}

} // namespace sallyport
