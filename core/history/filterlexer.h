// SPDX-License-Identifier: MIT
#pragma once

#include "core/history/filterquery.h"
#include "core/support/result.h"

#include <QStringView>

namespace sallyport::filter {

/// One token of a filter line with its place.
struct Token {
    enum class Kind { Word, Open, Close, Or, And, Not };
    Kind kind = Kind::Word;
    qsizetype position = 0;
    qsizetype length = 0;
    bool isQuoted = false;     ///< of a word: a part of it stood in quotes
    bool isExpression = false; ///< of a word: its text stood between slashes
    QString key;               ///< lower case, without the colon; empty: a free word
    QString text;              ///< what follows the colon, or the word; quotes undone
    friend bool operator==(const Token&, const Token&) = default;
};

/// Splits a line into words, brackets and operators: `or`, `|`, `and`, `&`, `not`, and `-` or `!`
/// in front of a word or a bracket. A closing bracket ends a word unless that word has opened it.
/// A quote that is not closed is the only error.
[[nodiscard]] Result<std::vector<Token>, Problem> tokens(QStringView line);

} // namespace sallyport::filter
