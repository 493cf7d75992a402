// SPDX-License-Identifier: MIT
#include "core/history/filterparser.h"

#include "core/history/filterterms.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport::filter {

namespace {

using Kind = Token::Kind;

constexpr int kMaxNesting = 32; ///< brackets and negations inside each other

/// One part stands for itself.
Expression joined(Expression::Kind kind, std::vector<Expression> parts) {
    if (parts.size() == 1) return std::move(parts.front());
    return {kind, {}, std::move(parts)};
}

class Parser {
public:
    Parser(QStringView line, std::vector<Token> tokens)
        : m_line(line)
        , m_tokens(std::move(tokens)) {}

    Result<Query, Problem> read() {
        if (m_tokens.empty()) return Query();
        Expression root = anyOf(0);
        if (!m_problem && m_at < m_tokens.size())
            refuse(m_tokens[m_at],
                   QCoreApplication::translate(
                       "Filter", "“)” closes no bracket. Put quotes around it to look for "
                                 "the text."));
        if (m_problem) return Failure{*m_problem};
        return Query{std::move(root)};
    }

private:
    [[nodiscard]] bool hasNext() const { return !m_problem && m_at < m_tokens.size(); }
    [[nodiscard]] bool isNext(Kind kind) const { return hasNext() && m_tokens[m_at].kind == kind; }

    void refuse(const Token& token, const QString& reason) {
        if (!m_problem) m_problem = Problem{token.position, token.length, reason};
    }

    Expression anyOf(int depth) {
        std::vector<Expression> parts{allOf(depth)};
        while (isNext(Kind::Or)) {
            ++m_at;
            parts.push_back(allOf(depth));
        }
        return joined(Expression::Kind::Any, std::move(parts));
    }

    Expression allOf(int depth) {
        std::vector<Expression> parts{negated(depth)};
        while (hasNext() && !isNext(Kind::Or) && !isNext(Kind::Close)) {
            if (isNext(Kind::And)) ++m_at;
            parts.push_back(negated(depth));
        }
        return joined(Expression::Kind::All, std::move(parts));
    }

    Expression negated(int depth) {
        if (!isNext(Kind::Not)) return primary(depth);
        if (depth >= kMaxNesting) {
            refuse(m_tokens[m_at], tooDeep());
            return {};
        }
        ++m_at;
        return {Expression::Kind::Not, {}, {negated(depth + 1)}};
    }

    Expression primary(int depth) {
        if (!hasNext()) {
            lacksOperand();
            return {};
        }
        const Token& token = m_tokens[m_at];
        switch (token.kind) {
        case Kind::Word: return term(token);
        case Kind::Open: return bracket(depth, token);
        case Kind::Close:
        case Kind::Or:
        case Kind::And:
        case Kind::Not: break;
        }
        refuse(token, QCoreApplication::translate(
                          "Filter",
                          "Something to look for is missing before “%1”. Put quotes around it to "
                          "look for the text.")
                          .arg(shown(token)));
        return {};
    }

    Expression bracket(int depth, const Token& open) {
        if (depth >= kMaxNesting) {
            refuse(open, tooDeep());
            return {};
        }
        ++m_at;
        Expression inside = anyOf(depth + 1);
        if (isNext(Kind::Close))
            ++m_at;
        else if (!hasNext())
            refuse(open,
                   QCoreApplication::translate(
                       "Filter", "The bracket is not closed. Put quotes around it to look for the "
                                 "text."));
        return inside;
    }

    Expression term(const Token& word) {
        ++m_at;
        auto test = testOf(word);
        if (test) return {Expression::Kind::Term, *std::move(test), {}};
        refuse(word, test.error());
        return {};
    }

    /// The line ends where something should stand.
    void lacksOperand() {
        if (m_problem) return;
        const Token& last = m_tokens.back();
        refuse(last,
               QCoreApplication::translate(
                   "Filter", "Something to look for is missing after “%1”. Put quotes around it to "
                             "look for the text.")
                   .arg(shown(last)));
    }

    [[nodiscard]] QString shown(const Token& token) const {
        return m_line.sliced(token.position, token.length).toString();
    }
    [[nodiscard]] static QString tooDeep() {
        return QCoreApplication::translate("Filter",
                                           "No more than %1 brackets can stand inside each other.")
            .arg(kMaxNesting);
    }

    QStringView m_line;
    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    std::optional<Problem> m_problem;
};

} // namespace

Result<Query, Problem> parse(QStringView line) {
    auto split = tokens(line);
    if (!split) return Failure{split.error()};
    return Parser(line, *std::move(split)).read();
}

QString quotedWord(const QString& text) {
    const auto one = tokens(text);
    const bool isPlain = one && one->size() == 1 && one->front().kind == Kind::Word &&
                         one->front().key.isEmpty() && !one->front().isQuoted &&
                         !one->front().isExpression && !text.contains(u'*');
    if (isPlain) return text;
    QString inside = text;
    inside.replace(u'\\', QLatin1String("\\\\")).replace(u'"', QLatin1String("\\\""));
    return QString(u'"' + inside + u'"');
}

} // namespace sallyport::filter
