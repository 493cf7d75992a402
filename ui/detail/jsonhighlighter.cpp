// SPDX-License-Identifier: MIT
#include "ui/detail/jsonhighlighter.h"

#include "ui/tones.h"

#include <algorithm>

namespace sallyport {

namespace {

/// After the closing quote of the string that is open at `at`; -1: it goes on in the next line.
qsizetype stringEnd(QStringView text, qsizetype at) {
    for (; at < text.size(); ++at) {
        if (text[at] == u'\\')
            ++at;
        else if (text[at] == u'"')
            return at + 1;
    }
    return -1;
}

bool isName(QStringView text, qsizetype after) {
    const QStringView rest = text.sliced(after).trimmed();
    return rest.startsWith(u':');
}

bool isOfWord(QChar c) { return c.isLetterOrNumber() || c == u'-' || c == u'+' || c == u'.'; }

} // namespace

JsonHighlighter::JsonHighlighter(QTextDocument* document, const QPalette& palette)
    : QSyntaxHighlighter(document) {
    m_name.setForeground(toneColor(Tone::Live, palette));
    m_string.setForeground(toneColor(Tone::Good, palette));
    m_other.setForeground(toneColor(Tone::Warn, palette));
}

void JsonHighlighter::highlightBlock(const QString& text) {
    qsizetype at = 0;
    const auto paint = [this](qsizetype from, qsizetype to, const QTextCharFormat& format) {
        setFormat(static_cast<int>(from), static_cast<int>(to - from), format);
    };
    setCurrentBlockState(Outside);
    bool isOpen = previousBlockState() == InString;
    while (at < text.size()) {
        if (isOpen || text[at] == u'"') {
            const qsizetype end = stringEnd(text, isOpen ? at : at + 1);
            const qsizetype to = end < 0 ? text.size() : end;
            const bool isMember = !isOpen && end >= 0 && isName(text, end);
            paint(at, to, isMember ? m_name : m_string);
            if (end < 0) setCurrentBlockState(InString);
            isOpen = false;
            at = to;
        } else if (isOfWord(text[at])) {
            const auto end = std::find_if_not(text.begin() + at, text.end(), isOfWord);
            paint(at, end - text.begin(), m_other);
            at = end - text.begin();
        } else {
            ++at;
        }
    }
}

} // namespace sallyport
