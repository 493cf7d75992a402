// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <vector>

/// Where the values and members of a JSON text stand, as spans of its bytes, so that an edit can
/// leave every other byte alone. RFC 8259, and what settings files have besides: `//` and `/* */`
/// comments, a comma after the last member, a byte order mark. All of these are kept.
namespace sallyport::jsonspans {

/// Bytes `[begin, end)` of a text.
struct Span {
    qsizetype begin = 0;
    qsizetype end = 0;
    [[nodiscard]] qsizetype size() const { return end - begin; }
    friend bool operator==(const Span&, const Span&) = default;
};

enum class Kind { Object, Array, String, Number, Literal };

/// One `"name": value` of an object.
struct Member {
    QByteArray name; ///< escapes resolved, UTF-8
    Span key;        ///< with its quotes
    Span value;
    Kind kind = Kind::Literal;
};

struct Object {
    Span braces;                 ///< from `{` to after `}`
    std::vector<Member> members; ///< in the order of the text, doubles included
    bool hasTrailingComma = false;
};

enum class FaultKind {
    Unexpected, ///< a byte that cannot stand here
    UnexpectedEnd,
    BadString, ///< a control byte or an unknown escape in a string
    BadNumber,
    OpenComment,
    TooDeep,
    TrailingContent, ///< something after the document
};

/// Why a text is not JSON.
struct Fault {
    FaultKind kind = FaultKind::Unexpected;
    qsizetype offset = 0;
    friend bool operator==(const Fault&, const Fault&) = default;
};

/// The one value that a text consists of.
struct Root {
    Span span;
    Kind kind = Kind::Literal;
};

/// Checks the whole text; one that is nested deeper than kMaxJsonDepth is a fault. Nothing for a
/// text without a value (empty, whitespace, only comments).
[[nodiscard]] Result<std::optional<Root>, Fault> scan(QByteArrayView text);

/// The members of the object whose `{` stands at `begin` of a text that scan() accepted.
[[nodiscard]] Object objectAt(QByteArrayView text, qsizetype begin);

/// The first member of that name; null when there is none. Borrowed from `object`.
[[nodiscard]] const Member* find(const Object& object, QByteArrayView name);
[[nodiscard]] int count(const Object& object, QByteArrayView name);

/// Where the first byte after whitespace and comments stands, from `from` on; the size of the text
/// when only those are left.
[[nodiscard]] qsizetype skipInsignificant(QByteArrayView text, qsizetype from);

/// Where the line of `from` ends: at a CR, an LF, or the end of the text.
[[nodiscard]] qsizetype lineEndAfter(QByteArrayView text, qsizetype from);

/// The bytes of a span.
[[nodiscard]] QByteArrayView slice(QByteArrayView text, Span span);

/// Line of an offset, from 1.
[[nodiscard]] int lineOf(QByteArrayView text, qsizetype offset);

} // namespace sallyport::jsonspans
