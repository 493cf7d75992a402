// SPDX-License-Identifier: MIT
#include "ui/detail/conversationtext.h"

#include "ui/log/rowtext.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport {

namespace {

using Kind = ConversationPart::Kind;

constexpr qsizetype kMaxShown = qsizetype{64} * 1024; ///< code units of an open part
constexpr qsizetype kFirstWords = 100;

/// What is shown of a part that is open at its start.
struct Extent {
    qsizetype lines = 0;
    qsizetype characters = 0;
};

Extent startOf(const ConversationPart& part) {
    return part.kind == Kind::Text ? Extent{24, 4000} : Extent{10, 1500};
}

/// Where the start of a text ends, so that no line and no surrogate pair is parted needlessly.
qsizetype startLength(QStringView text, const Extent& extent) {
    qsizetype at = 0;
    for (qsizetype line = 0; line < extent.lines; ++line) {
        const qsizetype end = text.indexOf(u'\n', at);
        if (end < 0 || end > extent.characters) {
            at = end < 0 ? text.size() : extent.characters;
            break;
        }
        at = end + 1;
    }
    at = std::min({at, text.size(), extent.characters});
    if (at > 0 && at < text.size() && text[at - 1].isHighSurrogate()) --at;
    return at;
}

bool isLong(const ConversationPart& part) {
    return startLength(part.text, startOf(part)) < part.text.size();
}

QString withTitle(const QString& name, const QString& title) {
    return title.isEmpty() ? name : QString(name + u' ' + title);
}

} // namespace

Fold usualFold(const ConversationPart& part, bool isOfResponse, bool isOld) {
    if (isOld) return Fold::Closed;
    switch (part.kind) {
    case Kind::System:
    case Kind::Tools: return Fold::Closed;
    case Kind::Text: return isOfResponse || !isLong(part) ? Fold::Open : Fold::Start;
    case Kind::Thinking: return isOfResponse ? Fold::Open : Fold::Closed;
    case Kind::ToolCall: return isOfResponse || !isLong(part) ? Fold::Open : Fold::Start;
    case Kind::ToolResult: return isLong(part) ? Fold::Start : Fold::Open;
    case Kind::Picture:
    case Kind::Error: return Fold::Open;
    case Kind::Document:
    case Kind::Other: return Fold::Closed;
    }
    return Fold::Open;
}

Fold toggled(Fold fold, const ConversationPart& part) {
    if (fold != Fold::Open) return Fold::Open;
    return headText(part).isEmpty() && isLong(part) ? Fold::Start : Fold::Closed;
}

FoldedText foldedText(const ConversationPart& part, Fold fold) {
    if (fold == Fold::Closed) return {};
    const QStringView text(part.text);
    const qsizetype length =
        fold == Fold::Open ? std::min(kMaxShown, text.size()) : startLength(text, startOf(part));
    const QStringView rest = text.sliced(length);
    FoldedText out;
    out.text = text.first(length).toString();
    while (out.text.endsWith(u'\n'))
        out.text.chop(1);
    out.isCut = fold == Fold::Open && !rest.isEmpty();
    if (fold == Fold::Start && !rest.isEmpty()) out.hiddenLines = 1 + rest.count(u'\n');
    return out;
}

QString headText(const ConversationPart& part) {
    switch (part.kind) {
    case Kind::System: return QCoreApplication::translate("Conversation", "System prompt");
    case Kind::Tools:
        return QCoreApplication::translate("Conversation", "%n tool(s)", nullptr,
                                           part.title.toInt());
    case Kind::Text: return {};
    case Kind::Thinking: return QCoreApplication::translate("Conversation", "Thinking");
    case Kind::ToolCall:
        return withTitle(QCoreApplication::translate("Conversation", "Tool call"), part.title);
    case Kind::ToolResult:
        return part.isError ? QCoreApplication::translate("Conversation", "✕ Result: error")
                            : QCoreApplication::translate("Conversation", "Result");
    case Kind::Picture:
        return withTitle(QCoreApplication::translate("Conversation", "Picture"), part.title);
    case Kind::Document:
        return withTitle(QCoreApplication::translate("Conversation", "Document"), part.title);
    case Kind::Error:
        return withTitle(QCoreApplication::translate("Conversation", "✕ Error"), part.title);
    case Kind::Other:
        return withTitle(QCoreApplication::translate("Conversation", "Block"), part.title);
    }
    return {};
}

QString firstWords(const ConversationPart& part) {
    if (part.text.isEmpty()) return part.hiddenBytes > 0 ? sizeText(part.hiddenBytes) : QString();
    const QString words = part.text.first(std::min(part.text.size(), 2 * kFirstWords)).simplified();
    const bool isWhole = words.size() <= kFirstWords && part.text.size() <= 2 * kFirstWords;
    return isWhole ? words : QString(words.first(std::min(words.size(), kFirstWords)) + u'…');
}

QString roleText(ConversationPart::Role role) {
    switch (role) {
    case ConversationPart::Role::System:
        return QCoreApplication::translate("Conversation", "System");
    case ConversationPart::Role::User: return QCoreApplication::translate("Conversation", "User");
    case ConversationPart::Role::Assistant:
        return QCoreApplication::translate("Conversation", "Assistant");
    }
    return {};
}

} // namespace sallyport
