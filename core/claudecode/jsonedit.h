// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/jsonspans.h"

#include <QStringBuilder>

/// Single edits of JSON text in the style that it has: indentation, line ends and the whitespace
/// after the colon are taken from the neighbours; comments and all other bytes stay.
namespace sallyport::jsonspans {

/// One run of bytes to put in: `lead` + `value` + `tail` at `at`.
struct Insertion {
    qsizetype at = 0;
    QByteArray lead; ///< comma, line end, indentation, name and colon, as the place needs
    QByteArray value;
    QByteArray tail;

    [[nodiscard]] QByteArray bytes() const { return lead + value + tail; }
};

/// How to add a member to the object whose `{` stands at `objectBegin`; after the last member, or
/// before it where a comment follows it on its line. `value` is JSON text. The text must be valid.
[[nodiscard]] Insertion memberInsertion(QByteArrayView text, qsizetype objectBegin,
                                        QByteArrayView name, const QByteArray& value);

/// How to add a root object `{}` to a text without any value.
[[nodiscard]] Insertion rootInsertion(QByteArrayView text);

[[nodiscard]] QByteArray withInsertion(QByteArrayView text, const Insertion& insertion);
[[nodiscard]] QByteArray withReplaced(QByteArrayView text, Span span, QByteArrayView by);

/// Without the member of that name (there is one), its line and one comma; comments stay.
[[nodiscard]] QByteArray withoutMember(QByteArrayView text, qsizetype objectBegin,
                                       QByteArrayView name);

} // namespace sallyport::jsonspans
