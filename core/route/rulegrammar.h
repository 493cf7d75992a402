// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/requesttarget.h"

#include <QByteArrayView>

namespace sallyport {

/// A field name or method that may stand in a rule: a token (RFC 9110 5.6.2).
[[nodiscard]] bool isRuleToken(QByteArrayView text);
/// A field value that may stand in a rule: no CR, LF, NUL or other control byte, no blank at
/// either end (RFC 9110 5.5).
[[nodiscard]] bool isRuleValue(QByteArrayView text);
/// True for fields that belong to a connection or to framing, and for Via, by which a loop is seen:
/// no rule may set or remove them, in any spelling that is the same to a CGI program.
[[nodiscard]] bool isFramingField(QByteArrayView name);
/// A path that a rule may match or write: starts with '/', bytes of RFC 3986 only, whole
/// percent-encodings, no query, no dot-segments, no empty segments, no parameters (';'), and the
/// same in every reading (normalisedPaths()).
[[nodiscard]] bool isRulePath(QByteArrayView path);

} // namespace sallyport
