// SPDX-License-Identifier: MIT
#include "core/config/yamledit.h"

#include "core/config/yamlscan.h"

#include <QList>

#include <algorithm>

namespace sallyport::yaml {

namespace {

/// Line ends after the last scalar of a list that are tried as the end of its last entry: a flow
/// map or a block scalar ends some lines after it begins.
constexpr int kMaxEntryEnds = 24;

/// Where a scalar of one line ends; for one of several lines, somewhere that the check will refuse.
qsizetype scalarEnd(const QByteArray& yaml, qsizetype at, bool isFlow) {
    at = scalarStart(yaml, at);
    if (at < yaml.size() && (yaml[at] == '"' || yaml[at] == '\'')) return quotedEnd(yaml, at);
    qsizetype end = at;
    for (; end < yaml.size() && yaml[end] != '\n'; ++end) {
        if (isFlow && QByteArrayView(",]}").contains(yaml[end])) break;
        if (yaml[end] == '#' && end > at && isWhitespace(yaml[end - 1])) break;
    }
    while (end > at && isWhitespace(yaml[end - 1]))
        --end;
    return end;
}

QByteArray lineEndOf(const QByteArray& yaml, qsizetype newline) {
    const qsizetype at = newline >= 0 ? newline : yaml.indexOf('\n');
    return at > 0 && yaml[at - 1] == '\r' ? "\r\n" : "\n";
}

qsizetype lineStartOf(const QByteArray& yaml, qsizetype at) {
    return at == 0 ? 0 : yaml.lastIndexOf('\n', at - 1) + 1;
}

/// As many blanks as stand before `at` in its line, a list's dash counting as one.
QByteArray indentationTo(const QByteArray& yaml, qsizetype at) {
    return QByteArray(at - lineStartOf(yaml, at), ' ');
}

Splice valueSplice(const QByteArray& yaml, const Pair& pair, const KeyEdit& edit, bool isFlow) {
    const qsizetype at = pair.value.place.offset;
    if (pair.value.isAlias) return {at, scalarEnd(yaml, at, true) - at, edit.scalar};
    const qsizetype start = scalarStart(yaml, at);
    return {start, scalarEnd(yaml, start, isFlow) - start, edit.scalar};
}

/// A line of its own after the one that the value of `pair` ends in.
Splice lineAfter(const QByteArray& yaml, const Pair& pair, const QByteArray& text) {
    const qsizetype newline = yaml.indexOf('\n', scalarEnd(yaml, pair.value.place.offset, false));
    const QByteArray lineEnd = lineEndOf(yaml, newline);
    const QByteArray line = indentationTo(yaml, pair.keyPlace.offset) + text;
    if (newline < 0) return {yaml.size(), 0, lineEnd + line};
    return {newline + 1, 0, line + lineEnd};
}

QByteArray indented(const QByteArray& lines, const QByteArray& indentation,
                    const QByteArray& lineEnd) {
    QByteArray out;
    for (const QByteArray& line : lines.split('\n'))
        if (!line.isEmpty()) out += indentation + line + lineEnd;
    return out;
}

/// The last place inside a value that the parser tells.
qsizetype lastOffset(const Value& value) {
    qsizetype last = value.place.offset;
    if (value.isAlias) return last;
    for (const Value& item : value.node->items)
        last = std::max(last, lastOffset(item));
    for (const Pair& pair : value.node->pairs)
        last = std::max({last, pair.keyPlace.offset, lastOffset(pair.value)});
    return last;
}

/// After the line ends that follow `from`; at the end of the file also without one.
std::vector<Splice> linesAfter(const QByteArray& yaml, qsizetype from, const QByteArray& text) {
    std::vector<Splice> ways;
    for (int i = 0; i < kMaxEntryEnds; ++i) {
        const qsizetype newline = yaml.indexOf('\n', from);
        if (newline < 0) {
            ways.push_back(
                {yaml.size(), 0, yaml.endsWith('\n') ? text : lineEndOf(yaml, -1) + text});
            break;
        }
        ways.push_back({newline + 1, 0, text});
        from = newline + 1;
    }
    return ways;
}

/// Before the closing brackets that follow `from`: one of them ends the list.
std::vector<Splice> beforeBrackets(const QByteArray& yaml, qsizetype from, const QByteArray& text) {
    std::vector<Splice> ways;
    for (int i = 0; i < kMaxEntryEnds; ++i) {
        from = yaml.indexOf(']', from);
        if (from < 0) break;
        ways.push_back({from++, 0, ", " + text});
    }
    return ways;
}

std::vector<Splice> waysToAddList(const QByteArray& yaml, const ListEntry& entry) {
    const QByteArray lineEnd = lineEndOf(yaml, -1);
    QByteArray text = yaml.isEmpty() || yaml.endsWith('\n') ? QByteArray() : lineEnd;
    if (!yaml.trimmed().isEmpty()) text += lineEnd;
    text += entry.list + ':' + lineEnd + indented(entry.block, "  ", lineEnd);
    return {{yaml.size(), 0, text}};
}

} // namespace

const Pair* pairOf(const Node& map, QByteArrayView key) {
    const auto at = std::find_if(map.pairs.begin(), map.pairs.end(),
                                 [key](const Pair& pair) { return pair.key == key; });
    return at == map.pairs.end() ? nullptr : &*at;
}

const Value* entryNamed(const Value& root, QByteArrayView list, const QString& name) {
    const Pair* entries = pairOf(*root.node, list);
    if (!entries) return nullptr;
    const auto& items = entries->value.node->items;
    const auto at = std::find_if(items.begin(), items.end(), [&](const Value& item) {
        const Pair* named = pairOf(*item.node, "name");
        return named && named->value.node->text == name.toUtf8();
    });
    return at == items.end() ? nullptr : &*at;
}

std::vector<Splice> waysToSet(const QByteArray& yaml, const Node& map, const KeyEdit& edit) {
    if (const Pair* pair = pairOf(map, edit.key))
        return {valueSplice(yaml, *pair, edit, map.isFlow)};
    const Pair* name = pairOf(map, "name");
    if (map.pairs.empty()) return {};
    const QByteArray text = edit.key + ": " + edit.scalar;
    const qsizetype first = (name ? *name : map.pairs.front()).keyPlace.offset;
    std::vector<Splice> ways;
    if (name && map.isFlow)
        ways.push_back({scalarEnd(yaml, name->value.place.offset, true), 0, ", " + text});
    else if (name)
        ways.push_back(lineAfter(yaml, *name, text));
    const QByteArray between =
        map.isFlow ? QByteArray(", ")
                   : lineEndOf(yaml, yaml.indexOf('\n', first)) + indentationTo(yaml, first);
    ways.push_back({first, 0, text + between});
    return ways;
}

std::vector<Splice> waysToAppend(const QByteArray& yaml, const Value& root,
                                 const ListEntry& entry) {
    const Pair* list = pairOf(*root.node, entry.list);
    if (!list) return waysToAddList(yaml, entry);
    const Node& node = *list->value.node;
    const qsizetype at = list->value.place.offset;
    if (node.kind == Kind::List && node.isFlow)
        return node.items.empty() ? std::vector<Splice>{{at + 1, 0, entry.flow}}
                                  : beforeBrackets(yaml, lastOffset(list->value), entry.flow);
    const QByteArray lineEnd = lineEndOf(yaml, -1);
    if (node.items.empty())
        return linesAfter(yaml, list->keyPlace.offset, indented(entry.block, "  ", lineEnd));
    const qsizetype item = node.items.front().place.offset;
    const qsizetype dash = yaml.lastIndexOf('-', item);
    if (dash < lineStartOf(yaml, item)) return {};
    const QByteArray indentation = indentationTo(yaml, dash);
    return linesAfter(yaml, lastOffset(list->value), indented(entry.block, indentation, lineEnd));
}

QByteArray quotedScalar(const QString& text) {
    QByteArray out = "\"";
    for (const char c : text.toUtf8()) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out.append('\\').append(c);
        else if (byte < 0x20 || byte == 0x7F)
            out.append("\\x").append(QByteArray(1, c).toHex());
        else
            out.append(c);
    }
    return out.append('"');
}

} // namespace sallyport::yaml
