// SPDX-License-Identifier: MIT
#include "ui/detail/conversationpane.h"

#include "core/anthropic/messagespath.h"
#include "ui/detail/usagetext.h"
#include "ui/log/rowtext.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace sallyport {

ConversationPane::ConversationPane(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("conversationPane"));
    m_summary = new QLabel(this);
    m_summary->setObjectName(QStringLiteral("conversationSummary"));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_note = new QLabel(this);
    m_note->setObjectName(QStringLiteral("conversationNote"));
    m_note->setWordWrap(true);
    m_note->setContentsMargins(10, 4, 10, 4);
    m_note->hide();
    const auto button = [this](const QString& text, const char* name) {
        auto* made = new QToolButton(this);
        made->setObjectName(QString::fromLatin1(name));
        made->setText(text);
        made->setAutoRaise(true);
        made->setFocusPolicy(Qt::StrongFocus);
        return made;
    };
    m_unfold = button(tr("Unfold all"), "unfoldAll");
    m_fold = button(tr("Fold all"), "foldAll");
    m_browser = new ConversationBrowser(this);
    connect(m_unfold, &QToolButton::clicked, m_browser,
            [this] { m_browser->setAllFolds(Fold::Open); });
    connect(m_fold, &QToolButton::clicked, m_browser,
            [this] { m_browser->setAllFolds(Fold::Closed); });
    setupUi();
}

void ConversationPane::setupUi() {
    auto* head = new QHBoxLayout;
    head->setContentsMargins(10, 4, 6, 2);
    head->addWidget(m_summary, 1);
    head->addWidget(m_unfold);
    head->addWidget(m_fold);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_note);
    column->addWidget(m_browser, 1);
}

void ConversationPane::clear() {
    m_record = {};
    m_model.clear();
    m_stopReason.clear();
    m_browser->clearParts();
    m_summary->clear();
    m_note->hide();
}

void ConversationPane::setGone() {
    m_browser->clearParts();
    m_note->setText(tr("The contents of this request are no longer kept."));
    m_note->show();
}

void ConversationPane::setRecord(const ExchangeRecord& record) {
    if (record.id != m_record.id) clear();
    m_record = record;
    updateSummary();
}

void ConversationPane::setConversation(const Conversation& conversation) {
    if (conversation.id != m_record.id) return;
    m_model = conversation.model;
    m_stopReason = conversation.stopReason;
    updateSummary();
    QStringList notes;
    if (!conversation.isRequestReadable) notes += tr("The body of the request is not JSON.");
    if (conversation.isRequestCut) notes += tr("Only the beginning of the request was kept.");
    m_note->setText(notes.join(u' '));
    m_note->setVisible(!notes.isEmpty());
    m_browser->setConversation(conversation);
}

void ConversationPane::updateSummary() {
    if (!isMessagesPath(m_record.path)) {
        m_summary->setText(tr("This is no request to the Messages API."));
        return;
    }
    QStringList parts{m_model.isEmpty() ? modelText(m_record) : m_model, usageText(m_record.usage),
                      m_stopReason};
    // How it ended, where that is not well.
    const bool isBroken =
        m_record.end != ExchangeEnd::Running && m_record.end != ExchangeEnd::Complete;
    if (isBroken) parts += rowState(m_record).text(m_record.status);
    parts.removeAll(QString());
    m_summary->setText(parts.join(QStringLiteral(" · ")));
}

} // namespace sallyport
