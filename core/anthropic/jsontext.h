// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace sallyport {

/// Appends `text` as a JSON string (RFC 8259 7) in UTF-8, quotes included; lone surrogates become
/// U+FFFD, so that the result is JSON whatever the text is.
void appendJsonString(QByteArray& out, const QString& text);

} // namespace sallyport
