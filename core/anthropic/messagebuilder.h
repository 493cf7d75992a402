// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/contentblock.h"
#include "core/http/sse.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QJsonObject>

#include <optional>
#include <vector>

namespace sallyport {

/// Builds the final message of a Messages exchange, in the API's own form, from the plain bytes of
/// its response: from the events of a stream, or from a JSON response. What stands so far can be
/// asked for at any time. Equal to what `finalMessage()` of the vendor's SDK makes of the same
/// bytes; of a stream that was cut, to its snapshot. Events without an `event` line, which that SDK
/// passes over, are taken by their `type`. Value in, value out; never fails.
class MessageBuilder {
public:
    /// Bytes that are read in all, as many as a display decoder gives.
    static constexpr qint64 kMaxBytes = 32 * 1024 * 1024;

    explicit MessageBuilder(bool isEventStream);
    void feed(QByteArrayView plain);

    /// The message as far as it came; empty when nothing of one did. Building it costs as much as
    /// the message is long.
    [[nodiscard]] QJsonObject message() const;
    /// The message has come to its end: message_stop, or the end of the JSON.
    [[nodiscard]] bool isWhole() const;
    /// What an `error` event or an error response says: the JSON's `error` member, or the text as
    /// `message` when there is none. Empty: there was no error.
    [[nodiscard]] QJsonObject error() const;

private:
    void take(const SseEvent& event);
    void takeError(const SseEvent& event);
    void takeMessageDelta(const QJsonObject& event);
    void takeBlock(const QJsonObject& block);
    void takeBlockDelta(const QJsonObject& event);
    [[nodiscard]] QJsonObject bodyValue() const;

    std::optional<SseParser> m_events; ///< none: a JSON response
    QByteArray m_body;                 ///< of a JSON response
    qint64 m_bytes = 0;
    std::optional<QJsonObject> m_message; ///< without its content, which is m_blocks
    std::vector<ContentBlock> m_blocks;
    QJsonObject m_error;
    bool m_isWhole = false;
    bool m_hasStopped = false; ///< what comes now is no part of the message
};

} // namespace sallyport
