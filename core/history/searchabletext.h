// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <QString>

namespace sallyport {

/// What the full-text index of an exchange takes: of the request its last kMaxIndexed bytes, which
/// is what was new in that turn, and of the response its first: of a Messages exchange the
/// assembled message, else the text. Contents that are no text are left out.
[[nodiscard]] QString searchableText(const ExchangeDetail& detail);
constexpr qsizetype kMaxIndexed = 64 * 1024;

/// The text as the index takes it: a blank around each ideograph, which has none in writing, so
/// that a word can be found in a sentence.
[[nodiscard]] QString indexedForm(const QString& text);

/// The expression of FTS5 that finds these words in that order, the last one also as a beginning.
[[nodiscard]] QString matchExpression(const QString& words);

} // namespace sallyport
