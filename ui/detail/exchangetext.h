// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace sallyport {

/// JSON with line ends and two blanks per level put in; no key moved, no number or string touched.
/// Works on bytes, so a text that was cut is laid out as far as it goes.
[[nodiscard]] QByteArray prettyJson(QByteArrayView json);
/// Whether a content looks like JSON by its media type.
[[nodiscard]] bool isJsonType(QByteArrayView contentType);
/// Whether bytes are better shown as a hex dump than as text.
[[nodiscard]] bool isBinary(QByteArrayView bytes);
/// Offset, sixteen bytes, their ASCII; at most `limit` bytes of them.
[[nodiscard]] QString hexDump(QByteArrayView bytes, qsizetype limit = 64 * 1024);
/// The whole content, coding undone.
[[nodiscard]] QByteArray wholeBody(const QVector<BodyPiece>& pieces, QByteArrayView coding);
/// One command for bash that makes the request again; secrets stay the redacted text that is kept.
[[nodiscard]] QString curlCommand(const ExchangeDetail& detail);
/// `text` in single quotes for a POSIX shell.
[[nodiscard]] QByteArray shellQuoted(QByteArrayView text);

} // namespace sallyport
