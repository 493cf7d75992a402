// SPDX-License-Identifier: MIT
#include "ui/filter/lexer.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport::filter {

namespace {

/// Reads one word; `at` ends after it. A word is a run of plain and quoted pieces.
class WordReader {
public:
    WordReader(QStringView line, qsizetype& at)
        : m_line(line)
        , m_at(at) {}

    bool read(Word& word) {
        if (m_line[m_at] == u'-' && m_at + 1 < m_line.size() && !m_line[m_at + 1].isSpace()) {
            word.isNegated = true;
            ++m_at;
        }
        while (m_at < m_line.size() && !m_line[m_at].isSpace()) {
            const QChar c = m_line[m_at];
            if (c == u'"') {
                if (!readQuoted(word.text)) return false;
                word.isQuoted = true;
                continue;
            }
            if (c == u':' && isKey(word)) {
                word.key = word.text.toLower();
                word.text.clear();
            } else {
                word.text += c;
            }
            ++m_at;
        }
        return true;
    }

private:
    /// Letters before the first colon are a key; `10.0.0.1:80` and "a:b" in quotes are text.
    [[nodiscard]] bool isKey(const Word& word) const {
        return word.key.isEmpty() && !word.isQuoted && !word.text.isEmpty() &&
               std::all_of(word.text.begin(), word.text.end(),
                           [](QChar c) { return c.isLetter() && c.unicode() < 128; });
    }
    bool readQuoted(QString& text) {
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
    qsizetype& m_at;
};

} // namespace

Result<std::vector<Word>, QString> words(QStringView line) {
    std::vector<Word> out;
    for (qsizetype at = 0; at < line.size();) {
        if (line[at].isSpace()) {
            ++at;
            continue;
        }
        Word word;
        if (!WordReader(line, at).read(word))
            return Failure{QCoreApplication::translate("Filter", "The quote is not closed.")};
        out.push_back(std::move(word));
    }
    return out;
}

} // namespace sallyport::filter
