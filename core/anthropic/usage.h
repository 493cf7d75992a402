// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/sse.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace sallyport {

/// Token counts of one Messages exchange; absent where the answer did not say.
struct Usage {
    std::optional<qint64> input;
    std::optional<qint64> output;
    std::optional<qint64> cacheRead;
    std::optional<qint64> cacheWritten;
    friend bool operator==(const Usage&, const Usage&) = default;
};

/// What a look at a Messages request tells without parsing all of it.
struct MessagesRequestFacts {
    QByteArray model;        ///< empty when none was found
    bool wantsStream = false;
};

/// Reads `model` and `stream` of a Messages request. Reads JSON text without building a tree;
/// wrong or cut JSON gives what was found so far. Cheap enough for every turn (a prompt of 1 MiB
/// below 2 ms).
[[nodiscard]] MessagesRequestFacts readMessagesRequest(QByteArrayView json);

/// Follows the answer of a Messages exchange as it streams: usage, stop reason, the error text of
/// an `error` event or an error body. Fed plain octets (already decoded), never fails.
class MessagesAnswerReader {
public:
    explicit MessagesAnswerReader(bool isEventStream);
    void feed(QByteArrayView octets);
    /// The content is whole; for JSON answers this is when they are read.
    void finish();

    [[nodiscard]] const Usage& usage() const { return m_usage; }
    [[nodiscard]] const QByteArray& model() const { return m_model; }
    [[nodiscard]] const QByteArray& stopReason() const { return m_stopReason; }
    /// Message of an API error, for the error column; empty when there was none.
    [[nodiscard]] const QByteArray& errorMessage() const { return m_errorMessage; }
    /// Events seen so far (event streams only).
    [[nodiscard]] quint64 events() const { return m_events; }
    /// `message_stop` or `error` was seen; an event stream that ends without is cut.
    [[nodiscard]] bool sawEnd() const { return m_sawEnd; }

private:
    void take(const SseEvent& event);
    void takeJson(QByteArrayView json);
    bool m_isEventStream;
    SseParser m_sse;
    QByteArray m_json;
    Usage m_usage;
    QByteArray m_model, m_stopReason, m_errorMessage;
    quint64 m_events = 0;
    bool m_sawEnd = false;
};

} // namespace sallyport
