// SPDX-License-Identifier: MIT
#include "ui/detail/livehead.h"

#include "ui/log/rowtext.h"

#include <QCoreApplication>
#include <QVBoxLayout>

namespace sallyport {

namespace {

constexpr qint64 kOldByte = 1'000'000; ///< µs; from here on its age is told

QString partActivity(ConversationPart::Kind kind) {
    switch (kind) {
    case ConversationPart::Kind::Thinking: return QCoreApplication::translate("Live", "thinking");
    case ConversationPart::Kind::ToolCall:
        return QCoreApplication::translate("Live", "writing a tool call");
    case ConversationPart::Kind::Error:
        return QCoreApplication::translate("Live", "error in the stream");
    case ConversationPart::Kind::ToolResult:
        return QCoreApplication::translate("Live", "running a tool");
    case ConversationPart::Kind::Text: return QCoreApplication::translate("Live", "writing");
    case ConversationPart::Kind::System:
    case ConversationPart::Kind::Tools:
    case ConversationPart::Kind::Picture:
    case ConversationPart::Kind::Document:
    case ConversationPart::Kind::Other: break;
    }
    return QCoreApplication::translate("Live", "streaming");
}

} // namespace

QString activityText(const ExchangeRecord& record, const Conversation& conversation) {
    if (record.phase < ExchangePhase::UpstreamChosen)
        return QCoreApplication::translate("Live", "being accepted");
    if (record.phase < ExchangePhase::RequestSent)
        return record.times.connected ? QCoreApplication::translate("Live", "sending the request")
                                      : QCoreApplication::translate("Live", "connecting");
    if (!record.times.firstByte)
        return QCoreApplication::translate("Live", "waiting for the first byte");
    const bool hasResponse =
        conversation.id == record.id && conversation.parts.size() > conversation.requestParts;
    if (!hasResponse) return QCoreApplication::translate("Live", "streaming");
    return partActivity(conversation.parts.last().kind);
}

LiveHead::LiveHead(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("liveHead"));
    m_text = new QLabel(this);
    m_text->setObjectName(QStringLiteral("liveText"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_chart = new SilenceChart(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 4, 10, 4);
    column->setSpacing(4);
    column->addWidget(m_text);
    column->addWidget(m_chart);
    hide();
}

void LiveHead::clear() {
    m_detail = {};
    m_conversation = {};
    m_rate = {};
    hide();
}

void LiveHead::setDetail(const ExchangeDetail& detail) {
    if (detail.record.id != m_detail.record.id) clear();
    m_detail = detail;
    setVisible(detail.record.end == ExchangeEnd::Running && !detail.record.isUpgraded);
}

void LiveHead::setConversation(const Conversation& conversation) {
    if (conversation.id != m_detail.record.id) return;
    m_conversation = conversation;
    m_rate.add(lastByteMicros(m_detail), conversation.responseTokens);
}

void LiveHead::tick(qint64 elapsed) {
    if (isHidden()) return;
    const ExchangeRecord& record = m_detail.record;
    QStringList texts{QStringLiteral("● ") + activityText(record, m_conversation)};
    const double rate = m_rate.perSecond(elapsed);
    if (rate >= 0.5) texts += tr("≈ %1 tokens/s").arg(qRound64(rate));
    if (m_conversation.responseTokens > 0)
        texts += tr("≈ %1 tokens out").arg(countText(m_conversation.responseTokens));
    const qint64 age = elapsed - lastByteMicros(m_detail);
    if (age >= kOldByte) texts += tr("last byte %1 ago").arg(durationText(age));
    m_text->setText(texts.join(QStringLiteral(" · ")));
    m_chart->setDetail(m_detail, elapsed);
}

} // namespace sallyport
