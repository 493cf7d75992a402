// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QString>
#include <QStringView>

#include <vector>

namespace sallyport::filter {

/// One word of a filter line, quotes undone.
struct Word {
    bool isNegated = false;
    bool isQuoted = false; ///< a part of it stood in quotes
    QString key;           ///< lower case, without the colon; empty: a free word
    QString text;          ///< what follows the colon, or the word
    friend bool operator==(const Word&, const Word&) = default;
};

/// Splits a line at blanks outside quotes. A quote that is not closed is the only error.
[[nodiscard]] Result<std::vector<Word>, QString> words(QStringView line);

} // namespace sallyport::filter
