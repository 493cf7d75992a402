// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace sallyport {

/// JSON with line ends and two spaces per level added; keys, numbers and strings stay as they are.
/// Works on bytes, so that a truncated text is formatted too.
[[nodiscard]] QByteArray prettyJson(QByteArrayView json);
/// Whether a media type is JSON (RFC 8259, RFC 6839 3.1).
[[nodiscard]] bool isJsonType(QByteArrayView contentType);
/// Whether bytes are better shown as a hex dump than as text.
[[nodiscard]] bool isBinary(QByteArrayView bytes);
/// Offset, sixteen bytes, their ASCII; at most `limit` bytes of them.
[[nodiscard]] QString hexDump(QByteArrayView bytes, qsizetype limit = 64 * 1024);
/// The whole body, decoded.
[[nodiscard]] QByteArray wholeBody(const QVector<BodyPiece>& pieces, QByteArrayView coding);
/// A line "Name: value" for each field, in their order.
[[nodiscard]] QString fieldsText(const FieldList& fields);

} // namespace sallyport
