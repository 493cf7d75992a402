// SPDX-License-Identifier: MIT
#include "core/claudecode/jsonedit.h"

#include "core/support/jsonstring.h"

#include <algorithm>

namespace sallyport::jsonspans {

namespace {

bool isSpaceOrTab(char c) { return c == ' ' || c == '\t'; }
bool isLineEnd(char c) { return c == '\n' || c == '\r'; }
bool hasLineEnd(QByteArrayView text) { return std::any_of(text.begin(), text.end(), isLineEnd); }

/// The layout of a document.
struct Style {
    QByteArray lineEnd = "\n";
    QByteArray unit = "  "; ///< one step of indentation
    QByteArray colon = ": ";
    bool isOneLine = false; ///< the whole document stands on one line
};

/// Begin of the run of blanks that ends at `at`.
qsizetype blankBegin(QByteArrayView text, qsizetype at) {
    while (at > 0 && isJsonWhitespace(text[at - 1]))
        --at;
    return at;
}

/// The blanks that the line of `at` begins with.
QByteArray indentOfLine(QByteArrayView text, qsizetype at) {
    qsizetype begin = at;
    while (begin > 0 && !isLineEnd(text[begin - 1]))
        --begin;
    qsizetype end = begin;
    while (end < text.size() && isSpaceOrTab(text[end]))
        ++end;
    return text.sliced(begin, end - begin).toByteArray();
}

/// Between a name and its value, when that is a colon and blanks on one line.
QByteArray colonOf(QByteArrayView text, const Member& member, const QByteArray& otherwise) {
    const QByteArrayView gap = slice(text, {member.key.end, member.value.begin});
    const bool isPlain =
        std::all_of(gap.begin(), gap.end(), [](char c) { return c == ':' || isSpaceOrTab(c); });
    return isPlain ? gap.toByteArray() : otherwise;
}

Style styleOf(QByteArrayView text) {
    Style style;
    const qsizetype lineEnd = text.indexOf('\n');
    if (lineEnd > 0 && text[lineEnd - 1] == '\r') style.lineEnd = "\r\n";
    const auto root = scan(text);
    if (!root || !*root || (*root)->kind != Kind::Object) return style;
    const Object object = objectAt(text, (*root)->span.begin);
    if (object.members.empty()) return style;
    const Member& first = object.members.front();
    style.isOneLine = !hasLineEnd(slice(text, object.braces));
    style.colon = colonOf(text, first, style.colon);
    const qsizetype gap = blankBegin(text, first.key.begin);
    if (!hasLineEnd(text.sliced(gap, first.key.begin - gap))) return style;
    const QByteArray outer = indentOfLine(text, object.braces.begin);
    const QByteArray inner = indentOfLine(text, first.key.begin);
    if (inner.startsWith(outer) && inner.size() > outer.size())
        style.unit = inner.sliced(outer.size());
    return style;
}

/// The comments that begin on the line of a place.
struct LineRemark {
    qsizetype end = 0;         ///< after the last one; the place itself when there is none
    bool needsLineEnd = false; ///< the last one runs to the end of its line
};

LineRemark lineRemark(QByteArrayView text, qsizetype from) {
    LineRemark remark{from, false};
    for (qsizetype at = from; at < text.size();) {
        if (isSpaceOrTab(text[at])) {
            ++at;
            continue;
        }
        const QByteArrayView rest = text.sliced(at);
        if (rest.startsWith("//")) return {lineEndAfter(text, at), true};
        if (!rest.startsWith("/*")) break;
        at = remark.end = text.indexOf("*/", at + 2) + 2;
    }
    return remark;
}

/// What stands between two members, as before the last one.
QByteArray separatorOf(QByteArrayView text, const Object& object, const Style& style) {
    const Member& last = object.members.back();
    const qsizetype gap = blankBegin(text, last.key.begin);
    const QByteArrayView blanks = slice(text, {gap, last.key.begin});
    if (hasLineEnd(blanks)) return style.lineEnd + indentOfLine(text, last.key.begin);
    if (object.members.size() > 1 || !blanks.isEmpty()) return blanks.toByteArray();
    return style.colon.endsWith(' ') ? QByteArray(" ") : QByteArray();
}

Insertion intoEmpty(QByteArrayView text, const Object& object, const Style& style) {
    Insertion insertion;
    // Comments between the braces stay in front.
    const qsizetype inner = skipInsignificant(text, object.braces.begin + 1);
    const qsizetype lastByte = blankBegin(text, inner);
    insertion.at = std::max(object.braces.begin + 1, lastByte);
    if (style.isOneLine) return insertion;
    const QByteArray outer = indentOfLine(text, object.braces.begin);
    insertion.lead = style.lineEnd + outer + style.unit;
    if (!hasLineEnd(slice(text, {insertion.at, object.braces.end})))
        insertion.tail = style.lineEnd + outer;
    return insertion;
}

/// Where the text of a member's neighbourhood begins: after the `{` or the comma before it.
qsizetype behindPredecessor(QByteArrayView text, const Object& object, std::size_t index) {
    if (index == 0) return object.braces.begin + 1;
    return skipInsignificant(text, object.members[index - 1].value.end) + 1;
}

Insertion besideLast(QByteArrayView text, const Object& object, const Style& style) {
    Insertion insertion;
    const Member& last = object.members.back();
    insertion.lead = separatorOf(text, object, style);
    const qsizetype next = skipInsignificant(text, last.value.end);
    const bool hasTrailingComma = text[next] == ',';
    if (!hasTrailingComma && lineRemark(text, last.value.end).end == last.value.end) {
        insertion.at = last.value.end;
        insertion.lead.prepend(',');
        return insertion;
    }
    const qsizetype from =
        hasTrailingComma ? next + 1 : behindPredecessor(text, object, object.members.size() - 1);
    const LineRemark remark = lineRemark(text, from);
    insertion.at = remark.end;
    insertion.tail = ",";
    if (remark.needsLineEnd && !hasLineEnd(insertion.lead))
        insertion.lead = style.lineEnd + indentOfLine(text, from);
    return insertion;
}

} // namespace

Insertion memberInsertion(QByteArrayView text, qsizetype objectBegin, QByteArrayView name,
                          const QByteArray& value) {
    const Object object = objectAt(text, objectBegin);
    const Style style = styleOf(text);
    const bool isEmpty = object.members.empty();
    Insertion insertion =
        isEmpty ? intoEmpty(text, object, style) : besideLast(text, object, style);
    const QByteArray colon =
        isEmpty ? style.colon : colonOf(text, object.members.back(), style.colon);
    insertion.lead += jsonString(name) + colon;
    insertion.value = value;
    return insertion;
}

Insertion rootInsertion(QByteArrayView text) {
    const Style style = styleOf(text);
    Insertion insertion{text.size(), {}, "{}", style.lineEnd};
    // A comment on the last line would swallow the brace.
    if (text.contains('/') && !text.endsWith('\n')) insertion.lead = style.lineEnd;
    return insertion;
}

QByteArray withInsertion(QByteArrayView text, const Insertion& insertion) {
    return withReplaced(text, {insertion.at, insertion.at}, insertion.bytes());
}

QByteArray withReplaced(QByteArrayView text, Span span, QByteArrayView by) {
    QByteArray out;
    out.reserve(text.size() - span.size() + by.size());
    out += text.first(span.begin);
    out += by;
    out += text.sliced(span.end);
    return out;
}

QByteArray withoutMember(QByteArrayView text, qsizetype objectBegin, QByteArrayView name) {
    const Object object = objectAt(text, objectBegin);
    const auto found = std::find_if(object.members.begin(), object.members.end(),
                                    [name](const Member& m) { return m.name == name; });
    Q_ASSERT(found != object.members.end());
    const auto index = std::size_t(found - object.members.begin());
    const qsizetype behind = behindPredecessor(text, object, index);
    Span span{std::max(behind, blankBegin(text, found->key.begin)), found->value.end};
    // The line end after a `//` comment belongs to the comment.
    const qsizetype lineEnd = lineEndAfter(text, span.begin);
    const bool followsComment = span.begin > behind;
    if (followsComment && lineEnd < found->key.begin)
        span.begin = lineEnd + (text.sliced(lineEnd).startsWith("\r\n") ? 2 : 1);

    const qsizetype next = skipInsignificant(text, found->value.end);
    if (text[next] == ',') return withReplaced(text, {span.begin, next + 1}, {});
    QByteArray out = withReplaced(text, span, {});
    if (index > 0) out.remove(behind - 1, 1);
    return out;
}

} // namespace sallyport::jsonspans
