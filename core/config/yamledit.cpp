// SPDX-License-Identifier: MIT
#include "core/config/yamledit.h"

#include "core/config/yamlscan.h"

#include <QList>
#include <QStringBuilder>

#include <algorithm>

namespace sallyport::yaml {

namespace {

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
    qsizetype start = lineStartOf(yaml, at);
    if (start == 0 && yaml.startsWith(kByteOrderMark)) start = kByteOrderMark.size();
    return QByteArray(at - start, ' ');
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

/// After the line end of the line that holds `at`; the end of the file where it has none.
qsizetype nextLine(const QByteArray& yaml, qsizetype at) {
    const qsizetype newline = yaml.indexOf('\n', at);
    return newline < 0 ? yaml.size() : newline + 1;
}

/// The ways to append to one top-level list.
class Append {
public:
    Append(const QByteArray& yaml, const Value& root, const ListEntry& entry)
        : m_yaml(yaml)
        , m_root(root)
        , m_entry(entry)
        , m_lineEnd(lineEndOf(yaml, -1))
        , m_flow(withLineEnds(entry.flow)) {}

    [[nodiscard]] std::vector<Splice> ways() const {
        const Pair* pair = pairOf(*m_root.node, m_entry.list);
        if (!pair) return newList();
        const Node& list = *pair->value.node;
        if (list.kind == Kind::Null) return nullReplaced(*pair);
        if (list.kind != Kind::List || pair->value.isAlias) return {};
        return list.isFlow ? inBrackets(pair->value) : inBlock(*pair);
    }

private:
    [[nodiscard]] QByteArray withLineEnds(QByteArray text) const {
        return text.replace('\n', m_lineEnd);
    }
    [[nodiscard]] QByteArray blockAt(const QByteArray& indentation) const {
        return indented(m_entry.block, indentation, m_lineEnd);
    }
    /// Whole lines; the line before may be one without an end.
    [[nodiscard]] Splice linesAt(qsizetype at, const QByteArray& lines) const {
        const bool isOpenLine = at > 0 && m_yaml[at - 1] != '\n';
        if (!isOpenLine) return {at, 0, lines};
        return {at, 0, m_lineEnd + lines.chopped(m_lineEnd.size())};
    }
    [[nodiscard]] std::vector<Splice> newList() const {
        const auto& pairs = m_root.node->pairs;
        if (m_root.node->isFlow) {
            const qsizetype end = flowEnd(m_yaml, m_root.place.offset);
            if (end < 0) return {};
            const QByteArray list = m_entry.list + ": [" + m_flow + ']';
            return {{end - 1, 0, (pairs.empty() ? QByteArray() : QByteArray(", ")) + list}};
        }
        const QByteArray indentation =
            pairs.empty() ? QByteArray() : indentationTo(m_yaml, pairs.front().keyPlace.offset);
        const QByteArray lines =
            indentation + m_entry.list + ':' + m_lineEnd + blockAt(indentation + "  ");
        const QByteArray gap = m_yaml.trimmed().isEmpty() ? QByteArray() : m_lineEnd;
        return {linesAt(m_yaml.size(), gap + lines)};
    }
    [[nodiscard]] std::vector<Splice> nullReplaced(const Pair& pair) const {
        std::vector<Splice> out;
        const qsizetype at = pair.value.place.offset;
        for (const QByteArrayView word : {QByteArrayView("~"), QByteArrayView("null")})
            if (at >= 0 && QByteArrayView(m_yaml).sliced(at).startsWith(word))
                out.push_back({at, word.size(), '[' + m_flow + ']'});
        const QByteArray indentation = indentationTo(m_yaml, pair.keyPlace.offset) + "  ";
        out.push_back(linesAt(nextLine(m_yaml, pair.keyPlace.offset), blockAt(indentation)));
        return out;
    }
    [[nodiscard]] std::vector<Splice> inBrackets(const Value& value) const {
        const auto& present = value.node->items;
        if (present.empty()) return {{scalarStart(m_yaml, value.place.offset) + 1, 0, m_flow}};
        const Value& last = present.back();
        const qsizetype at = scalarStart(m_yaml, last.place.offset);
        const bool isScalar = last.isAlias || last.node->kind == Kind::Scalar;
        const qsizetype end = isScalar ? scalarEnd(m_yaml, at, true) : flowEnd(m_yaml, at);
        if (end < 0) return {};
        const QByteArray gap = m_flow.contains('\n') ? m_lineEnd + "  " : QByteArray(" ");
        return {{end, 0, ',' + gap + m_flow}};
    }
    [[nodiscard]] std::vector<Splice> inBlock(const Pair& pair) const {
        const qsizetype dash = scalarStart(m_yaml, pair.value.place.offset);
        const QByteArray indentation = indentationTo(m_yaml, dash);
        const QByteArray lines = blockAt(indentation);
        const qsizetype limit = endOfValue(pair);
        return {linesAt(afterContent(dash, limit, indentation.size()), lines),
                linesAt(limit, lines)};
    }
    /// Where the line of the next key begins; the end of the file after the last one.
    [[nodiscard]] qsizetype endOfValue(const Pair& pair) const {
        qsizetype end = m_yaml.size();
        for (const Pair& other : m_root.node->pairs)
            if (other.keyPlace.offset > pair.keyPlace.offset)
                end = std::min(end, lineStartOf(m_yaml, other.keyPlace.offset));
        return end;
    }
    /// After the last line with content before `limit`, and after the comments that follow it
    /// directly and stand deeper than the dashes: those belong to the last entry.
    [[nodiscard]] qsizetype afterContent(qsizetype from, qsizetype limit,
                                         qsizetype indentation) const {
        qsizetype end = from;
        bool isAdjacent = false;
        for (qsizetype at = from; at < limit; at = nextLine(m_yaml, at)) {
            const qsizetype next = nextLine(m_yaml, at);
            const QByteArrayView line = QByteArrayView(m_yaml).sliced(at, next - at);
            const QByteArrayView text = line.trimmed();
            const bool isComment = text.startsWith('#');
            const bool isContent = !text.isEmpty() && !isComment;
            const bool isOfEntry = isComment && isAdjacent && line.indexOf('#') > indentation;
            isAdjacent = isContent || isOfEntry;
            if (isAdjacent) end = std::min(next, limit);
        }
        return end;
    }

    const QByteArray& m_yaml;
    const Value& m_root;
    const ListEntry& m_entry;
    QByteArray m_lineEnd;
    QByteArray m_flow;
};

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
    return Append(yaml, root, entry).ways();
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
