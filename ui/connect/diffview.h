// SPDX-License-Identifier: MIT
#pragma once

#include <QPlainTextEdit>
#include <QSyntaxHighlighter>

namespace sallyport {

/// Paints a unified diff: what comes, what goes, where.
class DiffHighlighter : public QSyntaxHighlighter {
    Q_OBJECT
public:
    DiffHighlighter(QTextDocument* document, const QWidget& look);

protected:
    void highlightBlock(const QString& text) override;

private:
    const QWidget& m_look;
};

/// A read-only text in which a diff can be read and selected.
class DiffView : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit DiffView(QWidget* parent = nullptr);

private:
    DiffHighlighter m_highlighter;
};

} // namespace sallyport
