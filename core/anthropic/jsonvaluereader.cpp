// SPDX-License-Identifier: MIT
#include "core/anthropic/jsonvaluereader.h"

#include "core/support/jsonlimits.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace sallyport {

namespace {

bool isBlank(QChar c) { return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r'; }
bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }

/// What an escape of one letter stands for; a null character when there is none of that letter.
QChar escaped(QChar letter) {
    switch (letter.unicode()) {
    case u'"':
    case u'\\':
    case u'/': return letter;
    case u'b': return u'\b';
    case u'f': return u'\f';
    case u'n': return u'\n';
    case u'r': return u'\r';
    case u't': return u'\t';
    default: return {};
    }
}

/// Length of a number by the grammar of RFC 8259 6; 0: there is none.
qsizetype numberLength(QStringView text) {
    qsizetype at = text.startsWith(u'-') ? 1 : 0;
    const auto digits = [&] {
        const qsizetype from = at;
        while (at < text.size() && isDigit(text[at]))
            ++at;
        return at > from;
    };
    const qsizetype first = at;
    if (!digits() || (text[first] == u'0' && at - first > 1)) return 0;
    if (at < text.size() && text[at] == u'.') {
        ++at;
        if (!digits()) return 0;
    }
    if (at < text.size() && (text[at] == u'e' || text[at] == u'E')) {
        ++at;
        if (at < text.size() && (text[at] == u'+' || text[at] == u'-')) ++at;
        if (!digits()) return 0;
    }
    return at;
}

/// The object of members in order of the text; sorted first, so that each is appended.
QJsonObject objectOf(std::vector<std::pair<QString, QJsonValue>> members) {
    std::stable_sort(members.begin(), members.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    QJsonObject object;
    for (const auto& [name, value] : members)
        object.insert(name, value);
    return object;
}

class Reader {
public:
    Reader(QStringView text, JsonEnd end)
        : m_text(text)
        , m_mayBeCut(end == JsonEnd::Cut) {}

    Result<QJsonValue, JsonFault> read() {
        auto found = value(0);
        if (found) skipBlanks();
        if (m_fault) return Failure{*m_fault};
        if (!found || m_at < m_text.size()) return Failure{JsonFault::Malformed};
        return *std::move(found);
    }

private:
    [[nodiscard]] bool isAtEnd() const { return m_at >= m_text.size(); }
    void skipBlanks() {
        while (!isAtEnd() && isBlank(m_text[m_at]))
            ++m_at;
    }
    /// None: the text is cut here (m_isCut), or at fault.
    std::nullopt_t stop(JsonFault fault = JsonFault::Malformed) {
        if (!m_isCut && !m_fault) m_fault = fault;
        return std::nullopt;
    }
    std::nullopt_t stopAtEnd() {
        m_isCut = m_mayBeCut && !m_fault;
        return stop();
    }
    bool take(QChar c) {
        skipBlanks();
        if (isAtEnd() || m_text[m_at] != c) return false;
        ++m_at;
        return true;
    }

    std::optional<QJsonValue> value(int depth) {
        skipBlanks();
        if (isAtEnd()) return stopAtEnd();
        const QChar c = m_text[m_at];
        if ((c == u'{' || c == u'[') && depth >= kMaxJsonDepth) return stop(JsonFault::TooDeep);
        if (c == u'{') return object(depth);
        if (c == u'[') return array(depth);
        if (c == u'"') {
            auto text = string();
            if (!text) return std::nullopt;
            return QJsonValue(*text);
        }
        if (c == u'-' || isDigit(c)) return number();
        return literal();
    }

    std::optional<QJsonValue> array(int depth) {
        ++m_at;
        QJsonArray items;
        if (take(u']')) return items;
        while (true) {
            if (auto item = value(depth + 1))
                items.append(*item);
            else if (!m_isCut)
                return std::nullopt;
            if (m_isCut || take(u']')) return items;
            if (take(u',')) continue;
            if (!isAtEnd()) return stop();
            stopAtEnd();
            return m_isCut ? std::optional<QJsonValue>(items) : std::nullopt;
        }
    }

    std::optional<QJsonValue> object(int depth) {
        ++m_at;
        std::vector<std::pair<QString, QJsonValue>> members;
        if (take(u'}')) return QJsonObject();
        while (!m_isCut && !m_fault) {
            member(depth, members);
            if (m_isCut || m_fault || take(u'}')) break;
            if (take(u',')) continue;
            if (isAtEnd())
                stopAtEnd();
            else
                stop();
        }
        if (m_fault) return std::nullopt;
        return objectOf(std::move(members));
    }

    void member(int depth, std::vector<std::pair<QString, QJsonValue>>& members) {
        skipBlanks();
        if (isAtEnd()) {
            stopAtEnd();
            return;
        }
        auto name = m_text[m_at] == u'"' ? string() : std::optional<QString>(stop());
        if (!name) return;
        if (!take(u':')) {
            if (isAtEnd())
                stopAtEnd();
            else
                stop();
            return;
        }
        if (auto found = value(depth + 1))
            members.emplace_back(*std::move(name), *std::move(found));
    }

    std::optional<QString> string() {
        QString out;
        for (++m_at; !isAtEnd(); ++m_at) {
            const qsizetype from = m_at;
            while (!isAtEnd() && m_text[m_at] != u'"' && m_text[m_at] != u'\\' &&
                   m_text[m_at] >= u' ')
                ++m_at;
            out += m_text.sliced(from, m_at - from);
            if (isAtEnd()) break;
            if (m_text[m_at] == u'"') {
                ++m_at;
                return out;
            }
            if (m_text[m_at] != u'\\') return stopString();
            if (++m_at >= m_text.size()) break;
            if (m_text[m_at] == u'u') {
                if (!unit(out)) return stopString();
            } else if (const QChar c = escaped(m_text[m_at]); !c.isNull()) {
                out += c;
            } else {
                return stopString();
            }
        }
        return stopAtEnd();
    }
    /// At fault inside a string: where its end is not there either, it is one that was cut.
    std::nullopt_t stopString() {
        for (; m_mayBeCut && !isAtEnd() && m_text[m_at] != u'"'; ++m_at)
            if (m_text[m_at] == u'\\') ++m_at;
        return isAtEnd() ? stopAtEnd() : stop();
    }
    /// The four digits after `\u`; m_at ends on the last of them.
    bool unit(QString& out) {
        if (m_text.size() - m_at < 5) return false;
        char16_t code = 0;
        for (int i = 1; i <= 4; ++i) {
            const char16_t c = m_text[m_at + i].unicode();
            const bool isLetter = (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
            if (!isDigit(QChar(c)) && !isLetter) return false;
            const int digit = isLetter ? (c | 0x20) - u'a' + 10 : c - u'0';
            code = static_cast<char16_t>(code * 16 + digit);
        }
        out += QChar(code);
        m_at += 4;
        return true;
    }

    std::optional<QJsonValue> number() {
        const qsizetype from = m_at;
        const auto belongs = [](QChar c) {
            return isDigit(c) || c == u'.' || c == u'e' || c == u'E' || c == u'+' || c == u'-';
        };
        while (!isAtEnd() && belongs(m_text[m_at]))
            ++m_at;
        // More digits may have followed.
        if (isAtEnd() && m_mayBeCut) return stopAtEnd();
        const QStringView text = m_text.sliced(from, m_at - from);
        if (numberLength(text) != text.size()) return stop();
        return QJsonValue(text.toDouble());
    }

    std::optional<QJsonValue> literal() {
        static const std::pair<QStringView, QJsonValue> kLiterals[] = {
            {u"true", QJsonValue(true)}, {u"false", QJsonValue(false)}, {u"null", QJsonValue()}};
        const QStringView rest = m_text.sliced(m_at);
        for (const auto& [word, meaning] : kLiterals) {
            if (rest.startsWith(word)) {
                m_at += word.size();
                return meaning;
            }
            if (m_mayBeCut && word.startsWith(rest.trimmed())) {
                m_at = m_text.size();
                return stopAtEnd();
            }
        }
        return stop();
    }

    QStringView m_text;
    qsizetype m_at = 0;
    bool m_mayBeCut;
    bool m_isCut = false;
    std::optional<JsonFault> m_fault;
};

} // namespace

Result<QJsonValue, JsonFault> parseJsonValue(QStringView text, JsonEnd end) {
    return Reader(text, end).read();
}

} // namespace sallyport
