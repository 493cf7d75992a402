// SPDX-License-Identifier: MIT
#include "core/config/yamledit.h"

#include "core/config/yamllayout.h"
#include "core/config/yamlscan.h"

#include <QList>
#include <QStringBuilder>

#include <algorithm>

namespace sallyport::yaml {

namespace {

/// The ways to replace the value of a key.
class Replacement {
public:
    Replacement(const QByteArray& yaml, const Pair& pair, const QByteArray& text)
        : m_yaml(yaml)
        , m_pair(pair)
        , m_text(text)
        , m_after(afterColon(yaml, pair.keyPlace.offset)) {}

    [[nodiscard]] std::vector<Splice> inFlow() const {
        std::vector<Splice> ways;
        if (hasText()) ways.push_back(upTo(flowValueEnd(m_yaml, m_pair.value)));
        if (m_after >= 0) ways.push_back({m_after, 0, ' ' + m_text});
        return ways;
    }
    [[nodiscard]] std::vector<Splice> inBlock() const {
        const Kind kind = m_pair.value.node->kind;
        std::vector<Splice> ways;
        const bool isScalar = m_pair.value.isAlias || kind == Kind::Scalar || kind == Kind::Null;
        if (hasText() && isScalar) ways.push_back(upTo(scalarEnd(m_yaml, start(), isAlias())));
        if (hasText() && !isScalar && m_pair.value.node->isFlow)
            ways.push_back(upTo(flowValueEnd(m_yaml, m_pair.value)));
        if (m_after < 0) return ways;
        ways.push_back({m_after, 0, ' ' + m_text});
        addLines(ways);
        return ways;
    }

private:
    [[nodiscard]] bool isAlias() const { return m_pair.value.isAlias; }
    [[nodiscard]] bool hasText() const {
        return m_pair.value.place.offset > m_pair.keyPlace.offset && start() < m_yaml.size();
    }
    [[nodiscard]] qsizetype start() const {
        const qsizetype at = m_pair.value.place.offset;
        return isAlias() ? at : scalarStart(m_yaml, at);
    }
    [[nodiscard]] Splice upTo(qsizetype end) const { return {start(), end - start(), m_text}; }
    /// Of a value on lines of its own, and of one that begins in the line of the key and goes on:
    /// what stands behind the colon stays where it is a comment.
    void addLines(std::vector<Splice>& ways) const {
        const qsizetype end = blockEnd(m_yaml, m_pair);
        const qsizetype next = nextLineOf(m_yaml, m_after);
        const QByteArray rest = m_yaml.mid(m_after, next - m_after);
        ways.push_back({m_after, end - m_after, ' ' + m_text + rest});
        const qsizetype lastLine = m_yaml.endsWith('\n') || end < m_yaml.size() ? 1 : 0;
        ways.push_back({m_after, end - m_after,
                        ' ' + m_text + (lastLine > 0 ? lineEndOf(m_yaml, end - 1) : QByteArray())});
    }

    const QByteArray& m_yaml;
    const Pair& m_pair;
    const QByteArray& m_text;
    qsizetype m_after;
};

/// A line of its own after those of `pair`.
Splice lineAfter(const QByteArray& yaml, const Pair& pair, const QByteArray& text) {
    const qsizetype at = blockEnd(yaml, pair);
    const bool isOpenLine = at > 0 && yaml[at - 1] != '\n';
    const QByteArray lineEnd = lineEndOf(yaml, isOpenLine ? -1 : at - 1);
    const QByteArray line = indentationTo(yaml, pair.keyPlace.offset) + text;
    if (isOpenLine) return {at, 0, lineEnd + line};
    return {at, 0, line + lineEnd};
}

/// The last key of `after` that the map has, else its name; null when it has neither.
const Pair* predecessor(const Node& map, const QByteArrayList& after) {
    for (auto key = after.rbegin(); key != after.rend(); ++key)
        if (const Pair* pair = pairOf(map, *key)) return pair;
    return pairOf(map, "name");
}

QByteArray indented(const QByteArray& lines, const QByteArray& indentation,
                    const QByteArray& lineEnd) {
    QByteArray out;
    for (const QByteArray& line : lines.split('\n'))
        if (!line.isEmpty()) out += indentation + line + lineEnd;
    return out;
}

/// The ways to append to one top-level list.
class Append {
public:
    Append(const QByteArray& yaml, const Value& root, const ListEntry& entry)
        : m_yaml(yaml)
        , m_root(root)
        , m_entry(entry)
        , m_lineEnd(lineEndOf(yaml))
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
        out.push_back(linesAt(nextLineOf(m_yaml, pair.keyPlace.offset), blockAt(indentation)));
        return out;
    }
    [[nodiscard]] std::vector<Splice> inBrackets(const Value& value) const {
        const auto& present = value.node->items;
        if (present.empty()) return {{scalarStart(m_yaml, value.place.offset) + 1, 0, m_flow}};
        const Value& last = present.back();
        const qsizetype end = flowValueEnd(m_yaml, last);
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
        for (qsizetype at = from; at < limit; at = nextLineOf(m_yaml, at)) {
            const qsizetype next = nextLineOf(m_yaml, at);
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

std::vector<Splice> waysToSet(const QByteArray& yaml, const Value& map, const KeyEdit& edit) {
    const Node& node = *map.node;
    if (const Pair* pair = pairOf(node, edit.key)) {
        const Replacement replacement(yaml, *pair, edit.value);
        return node.isFlow ? replacement.inFlow() : replacement.inBlock();
    }
    const QByteArray text = edit.key + ": " + edit.value;
    if (node.pairs.empty()) {
        if (!node.isFlow || map.isAlias) return {};
        return {{scalarStart(yaml, map.place.offset) + 1, 0, text}};
    }
    const Pair* before = predecessor(node, edit.after);
    const qsizetype first = (before ? *before : node.pairs.front()).keyPlace.offset;
    std::vector<Splice> ways;
    if (before && node.isFlow)
        ways.push_back({flowValueEnd(yaml, before->value), 0, ", " + text});
    else if (before)
        ways.push_back(lineAfter(yaml, *before, text));
    const QByteArray between =
        node.isFlow ? QByteArray(", ")
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
