// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <QByteArray>

#include <optional>

namespace sallyport {

/// What exchanges can be written as, redacted as they are kept.
enum class ExportFormat {
    Har,       ///< HTTP Archive 1.2, one document
    JsonLines, ///< an object on a line for each, with the assembled message
    Csv,       ///< a table without contents (RFC 4180)
};

/// The bytes of an export, piece by piece: begin, each exchange, end.
class ExchangeWriter {
public:
    explicit ExchangeWriter(ExportFormat format)
        : m_format(format) {}

    [[nodiscard]] QByteArray begin() const;
    /// `detail`: fields and contents, where they are kept.
    [[nodiscard]] QByteArray add(const ExchangeRecord& record,
                                 const std::optional<ExchangeDetail>& detail);
    [[nodiscard]] QByteArray end() const;

private:
    ExportFormat m_format;
    bool m_hasEntries = false;
};

} // namespace sallyport
