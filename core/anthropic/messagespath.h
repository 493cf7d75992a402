// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

namespace sallyport {

/// What a path asks of the Messages API, below whatever prefix.
enum class MessagesCall {
    None,
    CreateMessage, ///< `/v1/messages`: answered by a message
    CountTokens,   ///< `/v1/messages/count_tokens`: answered by a count
};

/// `pathAndQuery`: of a request target; the query does not matter.
[[nodiscard]] inline MessagesCall messagesCall(QByteArrayView pathAndQuery) {
    const qsizetype query = pathAndQuery.indexOf('?');
    const QByteArrayView path = query < 0 ? pathAndQuery : pathAndQuery.first(query);
    if (path.endsWith("/v1/messages")) return MessagesCall::CreateMessage;
    return path.endsWith("/v1/messages/count_tokens") ? MessagesCall::CountTokens
                                                      : MessagesCall::None;
}

/// Whether a message is asked for.
[[nodiscard]] inline bool createsMessage(QByteArrayView pathAndQuery) {
    return messagesCall(pathAndQuery) == MessagesCall::CreateMessage;
}

/// Whether a message is asked for, or the count of its tokens.
[[nodiscard]] inline bool isMessagesPath(QByteArrayView pathAndQuery) {
    return messagesCall(pathAndQuery) != MessagesCall::None;
}

} // namespace sallyport
