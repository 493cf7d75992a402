// SPDX-License-Identifier: MIT
#pragma once

#include "core/history/filterlexer.h"

#include <QStringList>

namespace sallyport::filter {

/// The test that a word of a line asks for; the error is a sentence about that word.
[[nodiscard]] Result<Test, QString> testOf(const Token& word);

/// The keys that a line can use, with their colon, for completion and the sheet of keys.
[[nodiscard]] QStringList knownKeys();

/// What can follow `is:`.
[[nodiscard]] QStringList knownTraits();

} // namespace sallyport::filter
