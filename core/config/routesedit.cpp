// SPDX-License-Identifier: MIT
#include "core/config/routesedit.h"

#include "core/config/nearest.h"
#include "core/config/quoting.h"
#include "core/config/routesfile.h"
#include "core/config/yamlscan.h"
#include "core/config/yamltree.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace sallyport {

namespace {

/// Bytes to be put in the place of others.
struct Splice {
    qsizetype at = 0;
    qsizetype length = 0;
    QByteArray text;

    [[nodiscard]] QByteArray appliedTo(const QByteArray& yaml) const {
        return yaml.left(at) + text + yaml.mid(at + length);
    }
};

const yaml::Pair* pairOf(const yaml::Node& map, QByteArrayView key) {
    const auto at = std::find_if(map.pairs.begin(), map.pairs.end(),
                                 [key](const yaml::Pair& pair) { return pair.key == key; });
    return at == map.pairs.end() ? nullptr : &*at;
}

/// The entry of that name under `routes:`; the file has been parsed, so it is there and well
/// formed.
const yaml::Value* routeEntry(const yaml::Value& root, const QString& route) {
    const yaml::Pair* routes = pairOf(*root.node, "routes");
    if (!routes) return nullptr;
    const auto& items = routes->value.node->items;
    const auto at = std::find_if(items.begin(), items.end(), [&](const yaml::Value& item) {
        const yaml::Pair* name = pairOf(*item.node, "name");
        return name && name->value.node->text == route.toUtf8();
    });
    return at == items.end() ? nullptr : &*at;
}

/// Where a scalar of one line ends; for one of several lines, somewhere that the check will refuse.
qsizetype scalarEnd(const QByteArray& yaml, qsizetype at, bool isFlow) {
    at = yaml::scalarStart(yaml, at);
    if (at < yaml.size() && (yaml[at] == '"' || yaml[at] == '\'')) return yaml::quotedEnd(yaml, at);
    qsizetype end = at;
    for (; end < yaml.size() && yaml[end] != '\n'; ++end) {
        if (isFlow && QByteArrayView(",]}").contains(yaml[end])) break;
        if (yaml[end] == '#' && end > at && yaml::isWhitespace(yaml[end - 1])) break;
    }
    while (end > at && yaml::isWhitespace(yaml[end - 1]))
        --end;
    return end;
}

QByteArray lineEndOf(const QByteArray& yaml, qsizetype newline) {
    const qsizetype at = newline >= 0 ? newline : yaml.indexOf('\n');
    return at > 0 && yaml[at - 1] == '\r' ? "\r\n" : "\n";
}

/// As many blanks as stand before `at` in its line, a list's dash counting as one.
QByteArray indentationTo(const QByteArray& yaml, qsizetype at) {
    const qsizetype lineStart = at == 0 ? 0 : yaml.lastIndexOf('\n', at - 1) + 1;
    return QByteArray(at - lineStart, ' ');
}

Splice valueSplice(const QByteArray& yaml, const yaml::Pair& pair, const QByteArray& word) {
    if (pair.value.isAlias) {
        const qsizetype at = pair.value.place.offset;
        return {at, scalarEnd(yaml, at, true) - at, word};
    }
    return {yaml::scalarStart(yaml, pair.value.place.offset), pair.value.node->text.size(), word};
}

/// A line of its own after the one that the name ends in.
Splice lineAfter(const QByteArray& yaml, const yaml::Pair& name, const QByteArray& text) {
    const qsizetype newline = yaml.indexOf('\n', scalarEnd(yaml, name.value.place.offset, false));
    const QByteArray lineEnd = lineEndOf(yaml, newline);
    const QByteArray line = indentationTo(yaml, name.keyPlace.offset) + text;
    if (newline < 0) return {yaml.size(), 0, lineEnd + line};
    return {newline + 1, 0, line + lineEnd};
}

/// What could set the value, the most natural first.
std::vector<Splice> splicesFor(const QByteArray& yaml, const yaml::Node& entry, bool isEnabled) {
    const QByteArray word = isEnabled ? "true" : "false";
    if (const yaml::Pair* pair = pairOf(entry, "enabled")) return {valueSplice(yaml, *pair, word)};
    const yaml::Pair* name = pairOf(entry, "name");
    if (!name) return {};
    const QByteArray text = "enabled: " + word;
    const qsizetype key = name->keyPlace.offset;
    if (entry.isFlow)
        return {{scalarEnd(yaml, name->value.place.offset, true), 0, ", " + text},
                {key, 0, text + ", "}};
    return {lineAfter(yaml, *name, text),
            {key, 0, text + lineEndOf(yaml, yaml.indexOf('\n', key)) + indentationTo(yaml, key)}};
}

} // namespace

Result<QByteArray, ConfigError> withRouteEnabled(const QByteArray& yaml, const QString& fileName,
                                                 const QString& route, bool enabled) {
    auto wanted = parseRoutes(yaml, fileName);
    if (!wanted) return Failure{wanted.error()};
    const auto at = std::find_if(wanted->routes.begin(), wanted->routes.end(),
                                 [&](const Route& known) { return known.name == route; });
    if (at == wanted->routes.end()) {
        QStringList names;
        for (const Route& known : wanted->routes)
            names.append(known.name);
        const auto message =
            QCoreApplication::translate("Config", "there is no route \"%1\" in this file;%2")
                .arg(shownValue(route.toUtf8()), suggestionFor(route, names));
        return Failure{configErrorAt(fileName, yaml, {{}, message})};
    }
    if (at->isEnabled == enabled) return yaml;
    at->isEnabled = enabled;

    const auto root = yaml::parse(yaml);
    const yaml::Value* entry = routeEntry(*root, route);
    const auto splices = entry ? splicesFor(yaml, *entry->node, enabled) : std::vector<Splice>();
    for (const Splice& splice : splices) {
        QByteArray edited = splice.appliedTo(yaml);
        const auto result = parseRoutes(edited, fileName);
        if (result && *result == *wanted) return edited;
    }
    const auto message = QCoreApplication::translate(
        "Config", "the switch of route \"%1\" cannot be changed here without changing something "
                  "else; edit the file by hand");
    return Failure{configErrorAt(
        fileName, yaml,
        {entry ? entry->place : yaml::Place{}, message.arg(shownValue(route.toUtf8()))})};
}

} // namespace sallyport
