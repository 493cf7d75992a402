// SPDX-License-Identifier: MIT
#include "ui/connect/diffview.h"

#include "ui/tones.h"

namespace sallyport {

DiffHighlighter::DiffHighlighter(QTextDocument* document, const QWidget& look)
    : QSyntaxHighlighter(document)
    , m_look(look) {}

void DiffHighlighter::highlightBlock(const QString& text) {
    const bool isHeader = text.startsWith(QLatin1String("---")) ||
                          text.startsWith(QLatin1String("+++")) ||
                          text.startsWith(QLatin1String("@@"));
    const Tone tone = isHeader                ? Tone::Quiet
                      : text.startsWith(u'+') ? Tone::Good
                      : text.startsWith(u'-') ? Tone::Bad
                                              : Tone::Plain;
    setFormat(0, static_cast<int>(text.size()), toneColor(tone, m_look.palette()));
}

DiffView::DiffView(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_highlighter(document(), *this) {
    setObjectName(QStringLiteral("diffView"));
    setReadOnly(true);
    setLineWrapMode(NoWrap);
    setFont(codeFont(font()));
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

} // namespace sallyport
