// SPDX-License-Identifier: MIT
#include "core/support/visibletext.h"

#include <QChar>
#include <QList>

#include <algorithm>
#include <array>
#include <utility>

namespace sallyport {

namespace {

bool isObeyed(char32_t c) {
    static constexpr std::array<QChar::Category, 4> kObeyed{
        QChar::Other_Control, QChar::Other_Format, QChar::Separator_Line,
        QChar::Separator_Paragraph};
    const QChar::Category category = QChar::category(c);
    return std::find(kObeyed.begin(), kObeyed.end(), category) != kObeyed.end();
}

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

QString visibleText(const QString& text) {
    QString out;
    out.reserve(text.size());
    for (const char32_t c : text.toUcs4()) {
        if (isObeyed(c))
            out += escapeOf(c);
        else
            out += QChar::fromUcs4(c);
    }
    return out;
}

} // namespace sallyport
