// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <vector>

/// JSON as text: where things stand in it, so that an edit can leave every other byte alone.
/// RFC 8259 and nothing else, but for what people put into settings files all the same: `//` and
/// `/* */` comments, a comma behind the last member, a byte order mark. All of these are kept.
namespace sallyport::jsontext {

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
    Span braces;                 ///< from `{` to behind `}`
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
    TrailingContent, ///< something behind the document
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

/// Nesting that is still followed.
inline constexpr int kMaxDepth = 200;

/// Checks the whole text. Nothing for a text without a value (empty, blanks, only comments).
[[nodiscard]] Result<std::optional<Root>, Fault> scan(QByteArrayView text);

/// The members of the object whose `{` stands at `begin` of a text that scan() accepted.
[[nodiscard]] Object objectAt(QByteArrayView text, qsizetype begin);

/// The first member of that name; null when there is none. Borrowed from `object`.
[[nodiscard]] const Member* find(const Object& object, QByteArrayView name);
[[nodiscard]] int count(const Object& object, QByteArrayView name);

/// Behind blanks and comments from `from` on; the size of the text when only those are left.
[[nodiscard]] qsizetype skipBlank(QByteArrayView text, qsizetype from);

/// Where the line of `from` ends: at a CR, an LF, or the end of the text.
[[nodiscard]] qsizetype lineEndAfter(QByteArrayView text, qsizetype from);

/// The bytes of a span.
[[nodiscard]] QByteArrayView slice(QByteArrayView text, Span span);

/// What a string literal (with its quotes) stands for, as UTF-8; half a surrogate pair is U+FFFD.
[[nodiscard]] QByteArray decoded(QByteArrayView literal);
/// A string literal for UTF-8 text, with its quotes; only what must be escaped is.
[[nodiscard]] QByteArray encoded(QByteArrayView utf8);

/// Line of an offset, from 1.
[[nodiscard]] int lineOf(QByteArrayView text, qsizetype offset);

} // namespace sallyport::jsontext
