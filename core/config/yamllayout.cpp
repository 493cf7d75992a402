// SPDX-License-Identifier: MIT
#include "core/config/yamllayout.h"

#include "core/config/yamlscan.h"

namespace sallyport::yaml {

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

qsizetype flowValueEnd(const QByteArray& yaml, const Value& value) {
    const Kind kind = value.node->kind;
    const bool isInBrackets = !value.isAlias && (kind == Kind::List || kind == Kind::Map);
    const qsizetype at = scalarStart(yaml, value.place.offset);
    return isInBrackets ? flowEnd(yaml, at) : scalarEnd(yaml, at, true);
}

QByteArray lineEndOf(const QByteArray& yaml, qsizetype newline) {
    const qsizetype at = newline >= 0 ? newline : yaml.indexOf('\n');
    return at > 0 && yaml[at - 1] == '\r' ? "\r\n" : "\n";
}

qsizetype lineStartOf(const QByteArray& yaml, qsizetype at) {
    return at == 0 ? 0 : yaml.lastIndexOf('\n', at - 1) + 1;
}

qsizetype nextLineOf(const QByteArray& yaml, qsizetype at) {
    const qsizetype newline = yaml.indexOf('\n', at);
    return newline < 0 ? yaml.size() : newline + 1;
}

qsizetype columnOf(const QByteArray& yaml, qsizetype at) {
    qsizetype start = lineStartOf(yaml, at);
    if (start == 0 && yaml.startsWith(kByteOrderMark)) start = kByteOrderMark.size();
    return at - start;
}

QByteArray indentationTo(const QByteArray& yaml, qsizetype at) {
    return QByteArray(columnOf(yaml, at), ' ');
}

qsizetype afterColon(const QByteArray& yaml, qsizetype key) {
    const bool isQuoted = yaml[key] == '"' || yaml[key] == '\'';
    const qsizetype from = isQuoted ? quotedEnd(yaml, key) : key;
    const qsizetype colon = from < 0 ? -1 : yaml.indexOf(':', from);
    return colon < 0 || colon >= nextLineOf(yaml, key) ? -1 : colon + 1;
}

qsizetype blockEnd(const QByteArray& yaml, qsizetype at, Dashes dashes) {
    const qsizetype column = columnOf(yaml, at);
    qsizetype end = nextLineOf(yaml, at);
    bool isAdjacent = true;
    for (qsizetype line = end; line < yaml.size(); line = nextLineOf(yaml, line)) {
        const qsizetype next = nextLineOf(yaml, line);
        const QByteArrayView all = QByteArrayView(yaml).sliced(line, next - line);
        const QByteArrayView text = all.trimmed();
        const qsizetype depth = text.isEmpty() ? 0 : text.data() - all.data();
        const bool isComment = text.startsWith('#');
        const bool isDash = depth == column && (text == "-" || text.startsWith("- "));
        const bool isInside = depth > column || (isDash && dashes == Dashes::Inside);
        if (!text.isEmpty() && !isComment && !isInside) break;
        const bool belongs = !text.isEmpty() && isInside && (!isComment || isAdjacent);
        isAdjacent = belongs;
        if (belongs) end = next;
    }
    return end;
}

qsizetype blockEnd(const QByteArray& yaml, const Pair& pair) {
    const bool isList = pair.value.node->kind == Kind::List;
    return blockEnd(yaml, pair.keyPlace.offset, isList ? Dashes::Inside : Dashes::Outside);
}

} // namespace sallyport::yaml
