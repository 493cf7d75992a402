// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QStringView>

#include <variant>
#include <vector>

namespace sallyport::filter {

/// What a number has to be: `404`, `>=400`, `4xx`, `400-499`. Both bounds count.
struct Range {
    double from = 0;
    double to = 0;
    friend bool operator==(const Range&, const Range&) = default;
};

/// The fields whose text a word can be looked for in.
enum class TextField { Method, Model, Route, Path, Host, Error, Upstream };
/// The fields that a number can be asked of; durations in seconds.
enum class NumberField { Status, Duration, FirstByte, TokensIn, TokensOut, Size };
/// What an exchange can be.
enum class Trait { Error, Stream, Live, Tunnel, WebSocket };

/// A word that stands alone: looked for in method, host, path, model, route, error and status.
struct AnyText {
    QString text;
    QByteArray folded; ///< UTF-8, ASCII in lower case
};
struct TextTerm {
    TextField field = TextField::Path;
    QString text;
    QByteArray folded;
};
struct NumberTerm {
    NumberField field = NumberField::Status;
    Range range;
};
struct TraitTerm {
    Trait trait = Trait::Error;
};

/// One word of a filter line; all of them must hold.
struct Term {
    bool isNegated = false;
    std::variant<AnyText, TextTerm, NumberTerm, TraitTerm> test;
};

/// A filter line that was understood. A value; an empty one lets everything through.
struct Query {
    std::vector<Term> terms;
    [[nodiscard]] bool isEmpty() const { return terms.empty(); }
};

/// Reads a filter line: free words, quotes, `key:value`, a minus in front. The error is a sentence
/// to be shown beside the line.
[[nodiscard]] Result<Query, QString> parse(QStringView line);

/// The keys that a line can use, with their colon, for completion and the sheet of keys.
[[nodiscard]] QStringList knownKeys();

} // namespace sallyport::filter
