// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/yamltree.h"

#include <QByteArrayView>

#include <optional>

namespace sallyport::yaml {

/// The octets of a file, and where in it things are. Refers to the octets that it was made from.
class FileText {
public:
    explicit FileText(const QByteArray& octets);

    /// What keeps the octets from being read as YAML at all: size, UTF-8, control characters.
    [[nodiscard]] std::optional<Problem> problem() const;
    /// Without the byte order mark that some editors write.
    [[nodiscard]] QByteArrayView withoutMark() const;
    /// The place of an octet, counted as the YAML parser does: without the byte order mark.
    [[nodiscard]] Place placeOf(qsizetype parserOffset) const;
    /// What a complaint of the YAML parser means for a person; the line is its own, from 0.
    [[nodiscard]] Problem problemOf(qsizetype parserOffset, int line,
                                    const QString& complaint) const;

private:
    [[nodiscard]] Place placeAt(qsizetype offset) const;
    [[nodiscard]] std::optional<qsizetype> firstBadUtf8() const;

    QByteArrayView m_octets;
    qsizetype m_markOctets = 0;
    std::vector<qsizetype> m_lineStarts;
};

} // namespace sallyport::yaml
