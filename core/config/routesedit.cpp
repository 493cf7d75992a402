// SPDX-License-Identifier: MIT
#include "core/config/routesedit.h"

#include "core/config/nearestname.h"
#include "core/config/quoting.h"
#include "core/config/routesection.h"
#include "core/config/routesfile.h"
#include "core/config/upstreamsection.h"
#include "core/config/yamlchange.h"

#include <QCoreApplication>

namespace sallyport {

namespace {

QByteArray keyOf(RoutesList list) { return list == RoutesList::Routes ? "routes" : "upstreams"; }

/// The keys that stand before `key` in an entry.
QByteArrayList keysBefore(RoutesList list, const QByteArray& key) {
    QByteArrayList before;
    for (const char* known : list == RoutesList::Routes ? routeKeys() : upstreamKeys()) {
        if (key == known) return before;
        before.append(known);
    }
    return before;
}

QString unknownEntry(const RoutesEntry& entry, const QStringList& names) {
    const QString message =
        entry.list == RoutesList::Routes
            ? QCoreApplication::translate("Config", "there is no route \"%1\" in this file;%2")
            : QCoreApplication::translate("Config", "there is no upstream \"%1\" in this file;%2");
    return message.arg(shownValue(entry.name.toUtf8()), suggestionFor(entry.name, names));
}

yaml::Path pathTo(const RoutesEntry& entry, std::size_t index, const yaml::Path& map) {
    yaml::Path path{keyOf(entry.list), index};
    path.insert(path.end(), map.begin(), map.end());
    return path;
}

} // namespace

RoutesEdit::RoutesEdit(QByteArray yaml, QString fileName)
    : m_yaml(std::move(yaml))
    , m_fileName(std::move(fileName)) {
    const auto parsed = parseRoutes(m_yaml, m_fileName);
    if (!parsed) m_error = parsed.error();
}

std::optional<std::size_t> RoutesEdit::indexOf(const RoutesEntry& entry) {
    if (m_error) return std::nullopt;
    const auto root = yaml::parse(m_yaml);
    const yaml::Value* list = root ? yaml::valueAt(*root, {keyOf(entry.list)}) : nullptr;
    QStringList names;
    for (std::size_t i = 0; list && i < list->node->items.size(); ++i) {
        const yaml::Value* name = yaml::valueAt(*list, {i, QByteArray("name")});
        names.append(name ? QString::fromUtf8(name->node->text) : QString());
        if (names.back() == entry.name) return i;
    }
    m_error = configErrorAt(m_fileName, m_yaml, {{}, unknownEntry(entry, names)});
    return std::nullopt;
}

void RoutesEdit::take(Result<QByteArray, yaml::Problem> edited) {
    if (edited)
        m_yaml = std::move(edited).value();
    else
        m_error = configErrorAt(m_fileName, m_yaml, edited.error());
}

void RoutesEdit::set(const RoutesEntry& entry, const yaml::Path& map, const QByteArray& key,
                     const QByteArray& value) {
    const auto index = indexOf(entry);
    if (!index) return;
    // The key of the entry that may have to be made: this one, or that of the map.
    const auto* first = map.empty() ? &key : std::get_if<QByteArray>(&map.front());
    const QByteArrayList before = keysBefore(entry.list, first ? *first : key);
    auto edited = yaml::withValue(m_yaml, pathTo(entry, *index, map), {key, value, before});
    if (edited) {
        const auto was = parseRoutes(m_yaml, m_fileName);
        const auto is = parseRoutes(*edited, m_fileName);
        if (was && is && *was == *is) return;
    }
    take(std::move(edited));
}

void RoutesEdit::unset(const RoutesEntry& entry, const yaml::Path& map, const QByteArray& key) {
    if (const auto index = indexOf(entry))
        take(yaml::withoutKey(m_yaml, pathTo(entry, *index, map), key));
}

void RoutesEdit::rename(const RoutesEntry& entry, const QString& name) {
    const auto index = indexOf(entry);
    if (!index || name == entry.name) return;
    const QByteArray text = yaml::quotedScalar(name);
    take(yaml::withValue(m_yaml, pathTo(entry, *index, {}), {"name", text}));
    if (entry.list == RoutesList::Routes) return;
    const auto root = yaml::parse(m_yaml);
    const yaml::Value* routes = root ? yaml::valueAt(*root, {QByteArray("routes")}) : nullptr;
    for (std::size_t i = 0; !m_error && routes && i < routes->node->items.size(); ++i) {
        const yaml::Value* to = yaml::valueAt(*routes, {i, QByteArray("upstream")});
        if (to && QString::fromUtf8(to->node->text) == entry.name)
            take(yaml::withValue(m_yaml, {QByteArray("routes"), i}, {"upstream", text}));
    }
}

void RoutesEdit::add(RoutesList list, const EntryKeys& keys) {
    yaml::ListEntry entry{keyOf(list), {}, {}};
    for (const auto& [key, value] : keys) {
        entry.block += (entry.block.isEmpty() ? "- " : "  ") + key + ": " + value + '\n';
        entry.flow += (entry.flow.isEmpty() ? "{" : ", ") + key + ": " + value;
    }
    entry.flow += '}';
    add(entry);
}

void RoutesEdit::add(const yaml::ListEntry& entry) {
    if (!m_error) take(yaml::withEntry(m_yaml, entry));
}

void RoutesEdit::remove(const RoutesEntry& entry) {
    if (const auto index = indexOf(entry))
        take(yaml::withoutItem(m_yaml, {keyOf(entry.list)}, *index));
}

void RoutesEdit::move(const RoutesEntry& entry, std::size_t to) {
    if (const auto index = indexOf(entry))
        take(yaml::withItemMoved(m_yaml, {keyOf(entry.list)}, *index, to));
}

Result<QByteArray, ConfigError> RoutesEdit::result() const {
    if (m_error) return Failure{*m_error};
    const auto parsed = parseRoutes(m_yaml, m_fileName);
    if (!parsed) return Failure{parsed.error()};
    return m_yaml;
}

Result<QByteArray, ConfigError> withRouteEnabled(const QByteArray& yaml, const QString& fileName,
                                                 const QString& route, bool enabled) {
    RoutesEdit edit(yaml, fileName);
    edit.set({RoutesList::Routes, route}, {}, "enabled", enabled ? "true" : "false");
    return edit.result();
}

} // namespace sallyport
