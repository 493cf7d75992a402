// SPDX-License-Identifier: MIT
#include "core/history/filterlexer.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace sallyport::filter {

namespace {

/// What a word without quotes and key is an operator of.
std::optional<Token::Kind> operatorOf(const Token& token) {
    if (token.isQuoted || token.isExpression || !token.key.isEmpty()) return {};
    const QString word = token.text.toLower();
    const auto isOneOf = [&word](std::initializer_list<const char*> names) {
        return std::any_of(names.begin(), names.end(),
                           [&word](const char* name) { return word == QLatin1String(name); });
    };
    if (isOneOf({"or", "|", "||"})) return Token::Kind::Or;
    if (isOneOf({"and", "&", "&&"})) return Token::Kind::And;
    if (isOneOf({"not", "!"})) return Token::Kind::Not;
    return {};
}

class Lexer {
public:
    explicit Lexer(QStringView line)
        : m_line(line) {}

    Result<std::vector<Token>, Problem> read() {
        std::vector<Token> out;
        while (m_at < m_line.size()) {
            if (m_line[m_at].isSpace()) {
                ++m_at;
                continue;
            }
            Token token;
            token.position = m_at;
            if (!readToken(token))
                return Failure{
                    Problem{m_quoteAt, m_line.size() - m_quoteAt,
                            QCoreApplication::translate("Filter", "The quote is not closed.")}};
            token.length = m_at - token.position;
            out.push_back(std::move(token));
        }
        return out;
    }

private:
    bool readToken(Token& token) {
        const QChar c = m_line[m_at];
        const bool hasMore = m_at + 1 < m_line.size() && !m_line[m_at + 1].isSpace();
        if (c == u'(' || c == u')') {
            token.kind = c == u'(' ? Token::Kind::Open : Token::Kind::Close;
            ++m_at;
            return true;
        }
        if ((c == u'-' || c == u'!') && hasMore) {
            token.kind = Token::Kind::Not;
            ++m_at;
            return true;
        }
        if (!readWord(token)) return false;
        token.kind = operatorOf(token).value_or(Token::Kind::Word);
        return true;
    }

    bool readWord(Token& token) {
        int open = 0;
        if (readExpression(token)) return true;
        while (m_at < m_line.size() && !m_line[m_at].isSpace()) {
            const QChar c = m_line[m_at];
            if (c == u'"') {
                if (!readQuoted(token.text)) return false;
                token.isQuoted = true;
                continue;
            }
            if (c == u')' && open-- == 0) return true;
            if (c == u'(') ++open;
            ++m_at;
            if (c == u':' && isKey(token)) {
                token.key = token.text.toLower();
                token.text.clear();
                if (readExpression(token)) return true;
            } else {
                token.text += c;
            }
        }
        return true;
    }

    /// Letters before the first colon are a key; `10.0.0.1:80` and "a:b" in quotes are text.
    [[nodiscard]] static bool isKey(const Token& token) {
        return token.key.isEmpty() && !token.isQuoted && !token.text.isEmpty() &&
               std::all_of(token.text.begin(), token.text.end(),
                           [](QChar c) { return c.isLetter() && c.unicode() < 128; });
    }

    /// `/…/` up to a blank, or up to the brackets that close before one. `/v1/messages` is none.
    bool readExpression(Token& token) {
        if (m_at >= m_line.size() || m_line[m_at] != u'/') return false;
        qsizetype end = m_at;
        while (end < m_line.size() && !m_line[end].isSpace())
            ++end;
        const QStringView run = m_line.sliced(m_at, end - m_at);
        const qsizetype slash = run.lastIndexOf(u'/');
        qsizetype after = slash + 1;
        if (after < run.size() && run[after] == u'i') ++after;
        const QStringView rest = run.sliced(after);
        const auto isClose = [](QChar c) { return c == u')'; };
        if (slash < 1 || !std::all_of(rest.begin(), rest.end(), isClose)) return false;
        token.isExpression = true;
        token.text = run.sliced(1, slash - 1).toString();
        m_at += after;
        return true;
    }

    bool readQuoted(QString& text) {
        m_quoteAt = m_at;
        for (++m_at; m_at < m_line.size(); ++m_at) {
            QChar c = m_line[m_at];
            if (c == u'"') {
                ++m_at;
                return true;
            }
            if (c == u'\\' && m_at + 1 < m_line.size()) c = m_line[++m_at];
            text += c;
        }
        return false;
    }

    QStringView m_line;
    qsizetype m_at = 0;
    qsizetype m_quoteAt = 0;
};

} // namespace

Result<std::vector<Token>, Problem> tokens(QStringView line) { return Lexer(line).read(); }

} // namespace sallyport::filter
