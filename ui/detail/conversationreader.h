// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/conversation.h"
#include "core/anthropic/messagebuilder.h"
#include "core/observe/exchangerecord.h"
#include "ui/detail/contentreader.h"
#include "ui/detail/picturestrip.h"

#include <QHash>
#include <QString>
#include <QVector>

#include <optional>

namespace sallyport {

/// A Messages exchange as people read it.
struct Conversation {
    quint64 id = 0; ///< of the exchange
    QVector<ConversationPart> parts;
    qsizetype requestParts = 0;              ///< so many of the parts are the request's
    QHash<qsizetype, SmallPicture> pictures; ///< by the index of their part
    QString model;                           ///< that the response names, else the request
    QString stopReason;
    qint64 responseTokens = 0;     ///< of the response so far, estimated
    bool isRequestReadable = true; ///< its body is JSON, whole or cut
    bool isRequestCut = false;     ///< only the beginning of the request was kept
};

/// Reads the conversation of one exchange after the other, as their contents grow: a request once,
/// of a stream what came since the last time. 4 MiB take some 100 ms: not for the thread of the
/// screens.
class ConversationReader {
public:
    /// Pictures that are made small views of.
    static constexpr qsizetype kMaxPictures = 24;

    [[nodiscard]] Conversation read(const ExchangeDetail& detail);

private:
    void readRequest(const ExchangeDetail& detail);

    quint64 m_id = 0;
    Conversation m_read; ///< with the parts of the request alone
    int m_turns = 0;
    qint64 m_requestBytes = -1;
    std::optional<MessageBuilder> m_builder;
    ContentReader m_response;
};

} // namespace sallyport
