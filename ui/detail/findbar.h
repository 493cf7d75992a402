// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QTextDocument>
#include <QTimer>
#include <QToolButton>
#include <QWidget>

#include <vector>

#include "ui/detail/jsonview.h"

class QPlainTextEdit;
class QTextCursor;
class QTextEdit;

namespace sallyport {

/// The places of a text, without regard to case; at most `limit` of them.
[[nodiscard]] std::vector<int> placesOf(QStringView wanted, QStringView text, std::size_t limit);

/// Finds in one text view or JSON tree at a time: next and previous, with their count; Enter,
/// Shift+Enter, F3, Escape.
class FindBar : public QWidget {
    Q_OBJECT
public:
    explicit FindBar(QWidget* parent = nullptr);
    void setView(QPlainTextEdit* view);
    void setView(QTextEdit* view);
    /// Matches are chosen in the tree.
    void setView(JsonView* view);
    /// Shows the bar with its text selected; finds what is selected in the view.
    void open();
    void close();

signals:
    /// Before a text is looked for, so that what is folded can be unfolded.
    void searching(const QString& wanted);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void setupUi();
    void search();
    void step(int by);
    void select(std::size_t match);
    void updateCount();
    void attach(QTextDocument* document);
    [[nodiscard]] QTextCursor cursor() const;
    void setCursor(const QTextCursor& cursor);

    QLineEdit* m_line;
    QLabel* m_count;
    QToolButton* m_previous;
    QToolButton* m_next;
    QToolButton* m_close;
    QTimer m_again; ///< the text changes while it is looked through
    QPointer<QPlainTextEdit> m_plain;
    QPointer<QTextEdit> m_rich;
    QPointer<JsonView> m_tree;
    QString m_treeText; ///< of m_tree
    QPointer<QTextDocument> m_document;
    std::vector<int> m_matches;
    std::size_t m_current = 0;
};

} // namespace sallyport
