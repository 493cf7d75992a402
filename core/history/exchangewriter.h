// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace sallyport {

/// What exchanges can be written as, redacted as they are kept.
enum class ExportFormat {
    Har,       ///< HTTP Archive 1.2, one document
    JsonLines, ///< an object on a line for each, with the assembled message
    Contents,  ///< the same with headers and contents, as `replay:` reads them
    Csv,       ///< a table without contents (RFC 4180)
};

/// The bytes of an export, piece by piece: begin, each exchange, end.
class ExchangeWriter {
public:
    /// `about`: of a HAR, see har::begin(); one that has it is for others, and contents go
    /// through shareableContent().
    explicit ExchangeWriter(ExportFormat format, QJsonObject about = {})
        : m_format(format)
        , m_about(std::move(about)) {}

    /// Whether add() makes anything of fields and contents.
    [[nodiscard]] bool takesDetails() const { return m_format != ExportFormat::Csv; }
    [[nodiscard]] QByteArray begin() const;
    /// `detail`: fields and contents, where they are kept.
    [[nodiscard]] QByteArray add(const ExchangeRecord& record,
                                 const std::optional<ExchangeDetail>& detail);
    [[nodiscard]] QByteArray end() const;

private:
    ExportFormat m_format;
    QJsonObject m_about;
    bool m_hasEntries = false;
};

} // namespace sallyport
