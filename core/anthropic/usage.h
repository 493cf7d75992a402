// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/sse.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace sallyport {

/// Token counts of one Messages exchange; absent where the response did not say.
struct Usage {
    std::optional<qint64> input;
    std::optional<qint64> output;
    std::optional<qint64> cacheRead;
    std::optional<qint64> cacheWritten;
    friend bool operator==(const Usage&, const Usage&) = default;
};

/// What a look at a Messages request tells without parsing all of it.
struct MessagesRequestSummary {
    QByteArray model; ///< empty when none was found
    bool wantsStream = false;
};

/// Reads `model` and `stream` of a Messages request. Reads JSON text without building a tree;
/// wrong or cut JSON gives what was found so far. Cheap enough for every turn (a prompt of 1 MiB
/// below 2 ms).
[[nodiscard]] MessagesRequestSummary readMessagesRequest(QByteArrayView json);

/// The same while the content passes in pieces of any size: keeps a few bytes, never the content.
class MessagesRequestReader {
public:
    void feed(QByteArrayView bytes);
    /// What was found so far; of a member that stands twice the last one counts.
    [[nodiscard]] const MessagesRequestSummary& facts() const { return m_facts; }

private:
    enum class State {
        BeforeObject,
        BeforeKey,
        InKey,
        BeforeColon,
        BeforeValue,
        InString,
        InLiteral,
        InNested,
        InNestedString,
        AfterValue,
        Done
    };
    void skipBlanks(QByteArrayView text, qsizetype& at) const;
    [[nodiscard]] qsizetype stringEnd(QByteArrayView text, qsizetype from);
    void takeStructural(char c);
    void startValue(char c);
    void takeString(QByteArrayView text, qsizetype& at);
    void takeLiteral(QByteArrayView text, qsizetype& at);
    void takeNested(QByteArrayView text, qsizetype& at);
    void capture(QByteArrayView bytes);
    void endString();
    void endLiteral();

    MessagesRequestSummary m_facts;
    State m_state = State::BeforeObject;
    bool m_isEscaped = false; ///< the byte to come follows a backslash
    int m_depth = 0;          ///< of the value that is being skipped
    QByteArray m_key, m_captured;
};

/// Follows the response of a Messages exchange as it streams: usage, stop reason, the error text of
/// an `error` event or an error body. Fed plain bytes (already decoded), never fails. A JSON
/// response over kMaxJson bytes is not read.
class MessagesResponseReader {
public:
    static constexpr qsizetype kMaxJson = 4 * 1024 * 1024;
    /// An event's data over this many bytes is not read (those that are read have a few hundred).
    static constexpr qsizetype kMaxEventData = 256 * 1024;

    explicit MessagesResponseReader(bool isEventStream);
    void feed(QByteArrayView bytes);
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
    bool m_isTooLarge = false;
};

} // namespace sallyport
