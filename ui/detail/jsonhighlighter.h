// SPDX-License-Identifier: MIT
#pragma once

#include <QPalette>
#include <QSyntaxHighlighter>

namespace sallyport {

/// Colours names, strings and other values of laid-out JSON. A string that was broken over lines
/// goes on in the next one.
class JsonHighlighter : public QSyntaxHighlighter {
    Q_OBJECT
public:
    /// The most text that is coloured: 256 KiB take some 25 ms.
    static constexpr qsizetype kMaxBytes = qsizetype{256} * 1024;

    JsonHighlighter(QTextDocument* document, const QPalette& palette);

protected:
    void highlightBlock(const QString& text) override;

private:
    enum State { Outside = 0, InString = 1 };

    QTextCharFormat m_name, m_string, m_other;
};

} // namespace sallyport
