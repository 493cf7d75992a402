// SPDX-License-Identifier: MIT
#pragma once

#include "ui/detail/conversationreader.h"
#include "ui/detail/conversationtext.h"
#include "ui/detail/displaytext.h"

#include <QHash>
#include <QTextBrowser>
#include <QTextCursor>

#include <vector>

namespace sallyport {

/// Shows the parts of a conversation one below the other, each folded by a link at its head or end:
/// by mouse, or by Tab and Enter. Grows with the conversation; follows its end while it is there.
class ConversationBrowser : public QTextBrowser {
    Q_OBJECT
public:
    explicit ConversationBrowser(QWidget* parent = nullptr);
    /// Parts that stand as they were are left alone.
    void setConversation(const Conversation& conversation);
    void clearParts();
    void setAllFolds(Fold fold);
    /// Unfolds the first parts whose hidden text has these words.
    void unfoldWith(const QString& words);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Shown {
        ConversationPart part;
        Fold fold = Fold::Open;
        int begin = 0;       ///< place in the document, of the line end before it
        LineBreaker breaker; ///< of its text so far
    };
    void follow(const QUrl& link);
    void toggle(std::size_t index);
    void writeAgain(std::size_t index);
    void scrollToLastTurn();
    void showFrom(std::size_t from);
    void remove(std::size_t from);
    void append(const ConversationPart& part, Fold fold);
    [[nodiscard]] bool grow(const ConversationPart& part);
    void insert(QTextCursor& cursor, std::size_t index);
    void insertEarlier(QTextCursor& cursor);
    void insertRole(QTextCursor& cursor, std::size_t index);
    void insertHead(QTextCursor& cursor, std::size_t index);
    void insertText(QTextCursor& cursor, std::size_t index);
    void insertPicture(QTextCursor& cursor, std::size_t index);
    void startLine(QTextCursor& cursor, int margin, int above = 0);
    void insertLink(QTextCursor& cursor, std::size_t index, const QString& text);
    [[nodiscard]] int marginOf(const ConversationPart& part) const;
    [[nodiscard]] qsizetype partIndex(std::size_t shown) const {
        return m_skipped + static_cast<qsizetype>(shown);
    }

    std::vector<Shown> m_shown;
    Conversation m_conversation;
    qsizetype m_skipped = 0;        ///< parts before the first one that is shown
    QHash<qsizetype, Fold> m_asked; ///< parts that were folded or unfolded by hand
    bool m_isFirstLine = false;     ///< the line to come is the document's first
};

} // namespace sallyport
