// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QRegularExpression>
#include <QString>

#include <optional>
#include <variant>
#include <vector>

namespace sallyport::filter {

/// What a number has to be: `404`, `>=400`, `4xx`, `400-499`. Both bounds count.
struct Range {
    double from = 0;
    double to = 0;
    friend bool operator==(const Range&, const Range&) = default;
};

/// What a text has to contain, whatever the case: a text, or what a regular expression matches.
struct Pattern {
    QString text;
    QByteArray folded; ///< UTF-8, ASCII in lower case
    std::optional<QRegularExpression> expression;
    friend bool operator==(const Pattern&, const Pattern&) = default;
};

/// The fields whose text a word can be looked for in.
enum class TextField { Method, Model, Route, Path, Host, Error, Upstream };
/// The fields that a number can be asked of; durations in seconds. TokensIn are all that went in:
/// input, cache read and cache written.
enum class NumberField { Status, Duration, FirstByte, TokensIn, TokensOut, Size };
/// What an exchange can be.
enum class Trait { Error, Stream, Live, Tunnel, WebSocket };

/// A word that stands alone: looked for in method, host, path, model, route, error and status.
struct AnyText {
    Pattern pattern;
    friend bool operator==(const AnyText&, const AnyText&) = default;
};
struct TextTerm {
    TextField field = TextField::Path;
    Pattern pattern;
    friend bool operator==(const TextTerm&, const TextTerm&) = default;
};
struct NumberTerm {
    NumberField field = NumberField::Status;
    Range range;
    friend bool operator==(const NumberTerm&, const NumberTerm&) = default;
};
struct TraitTerm {
    Trait trait = Trait::Error;
    friend bool operator==(const TraitTerm&, const TraitTerm&) = default;
};
/// Words that have to stand in the contents of request or response, in that order. The history
/// answers it; a record has no contents.
struct BodyTerm {
    QString text;
    friend bool operator==(const BodyTerm&, const BodyTerm&) = default;
};

using Test = std::variant<AnyText, TextTerm, NumberTerm, TraitTerm, BodyTerm>;

/// A filter line, or a part of it that stands for itself.
struct Expression {
    enum class Kind {
        Term,
        All, ///< every part holds; with no part, everything passes
        Any, ///< at least one does
        Not, ///< its only part does not
    };
    Kind kind = Kind::All;
    Test test; ///< of a Term
    std::vector<Expression> parts;
    friend bool operator==(const Expression&, const Expression&) = default;
};

/// A filter line that was understood. A value; an empty one lets everything through.
struct Query {
    Expression root;
    [[nodiscard]] bool isEmpty() const {
        return root.kind == Expression::Kind::All && root.parts.empty();
    }
    friend bool operator==(const Query&, const Query&) = default;
};

/// Why a line is not understood, and where: UTF-16 units of the line.
struct Problem {
    qsizetype position = 0;
    qsizetype length = 0;
    QString reason; ///< a sentence
    friend bool operator==(const Problem&, const Problem&) = default;
};

} // namespace sallyport::filter
