// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

namespace sallyport {

/// The value of a settings key as it may be shown, as JSON: string values whose name
/// isSecretSetting() knows are replaced by maskOf(), others are as redactedText() has them.
/// `literal` is the string with its quotes.
[[nodiscard]] QByteArray maskedSetting(const QByteArray& name, QByteArrayView literal);

/// A settings text as it may be shown: its strings as maskedSetting() has them, its comments as
/// redactedContent(), without words that looksRandom(). Lines stay lines. Empty for a text that is
/// no JSON.
[[nodiscard]] QByteArray maskedSettings(const QByteArray& text);

} // namespace sallyport
