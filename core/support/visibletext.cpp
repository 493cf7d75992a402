// SPDX-License-Identifier: MIT
#include "core/support/visibletext.h"

#include <QChar>
#include <QList>

#include <algorithm>
#include <array>
#include <utility>

namespace sallyport {

namespace {

QString escapeOf(char32_t c) {
    if (c == U'\n') return QStringLiteral("\\n");
    if (c == U'\r') return QStringLiteral("\\r");
    if (c == U'\t') return QStringLiteral("\\t");
    const auto [letter, digits] = c <= 0xFF     ? std::pair{u'x', 2}
                                  : c <= 0xFFFF ? std::pair{u'u', 4}
                                                : std::pair{u'U', 8};
    return QStringLiteral("\\%1%2").arg(QChar(letter)).arg(c, digits, 16, QLatin1Char('0'));
}

} // namespace

bool needsEscape(char32_t c) {
    static constexpr std::array kEscaped{QChar::Other_Control,    QChar::Other_Format,
                                         QChar::Other_PrivateUse, QChar::Other_NotAssigned,
                                         QChar::Separator_Line,   QChar::Separator_Paragraph};
    return std::find(kEscaped.begin(), kEscaped.end(), QChar::category(c)) != kEscaped.end();
}

QString visibleText(const QString& text) {
    QString out;
    out.reserve(text.size());
    for (const char32_t c : text.toUcs4()) {
        if (needsEscape(c))
            out += escapeOf(c);
        else
            out += QChar::fromUcs4(c);
    }
    return out;
}

} // namespace sallyport
