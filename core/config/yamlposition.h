// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/yamltree.h"

#include <QByteArrayView>

#include <optional>

namespace sallyport::yaml {

/// What people and editors count in; both from 1, the column in characters.
struct LineColumn {
    int line = 0;
    int column = 0;
};
/// Where a place is in the bytes of its file; zeros for the file as a whole.
[[nodiscard]] LineColumn lineColumnOf(const QByteArray& bytes, const Place& place);

/// The bytes of a file as the YAML parser is given them. Refers to those that it was made from.
class FileText {
public:
    explicit FileText(const QByteArray& bytes);

    /// What keeps the bytes from being read as YAML at all: size, UTF-8, control characters.
    [[nodiscard]] std::optional<Problem> problem() const;
    /// Without the byte order mark that some editors write.
    [[nodiscard]] QByteArrayView withoutMark() const { return m_bytes.sliced(m_markBytes); }
    /// The place of a byte, counted as the parser does: without the byte order mark.
    [[nodiscard]] Place placeOf(qsizetype parserOffset) const;
    /// What a complaint of the parser means for a person; where it stands as the parser has it.
    [[nodiscard]] Problem problemOf(qsizetype parserOffset, qsizetype column,
                                    const QString& complaint) const;

private:
    [[nodiscard]] std::optional<qsizetype> firstBadUtf8() const;

    QByteArrayView m_bytes;
    qsizetype m_markBytes = 0;
};

} // namespace sallyport::yaml
