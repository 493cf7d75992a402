// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/jsonmemberreader.h"
#include "core/anthropic/streamprogress.h"
#include "core/anthropic/tokenestimator.h"
#include "core/anthropic/usage.h"
#include "core/http/sse.h"

#include <QByteArray>
#include <QByteArrayView>

#include <functional>
#include <optional>
#include <utility>

namespace sallyport {

/// Reads the response of a Messages exchange as it passes: usage, how a stream ended, the text of
/// an `error` event or an error body. Fed plain bytes (already decoded), never fails, keeps no
/// content. Text that is not JSON, or nested deeper than kMaxJsonDepth, tells nothing.
class MessagesResponseReader {
public:
    /// Of the data of one event so many bytes are read; those that tell something have a few
    /// hundred.
    static constexpr qsizetype kMaxEventData = 256 * 1024;

    explicit MessagesResponseReader(bool isEventStream);
    /// What is called with the text of each delta, in their order: as a string of JSON with its
    /// quotes, valid during the call.
    void setDeltaCallback(std::function<void(QByteArrayView)> callback) {
        m_deltaCallback = std::move(callback);
    }
    void feed(QByteArrayView bytes);
    /// The content has ended, whole or not; this is when a JSON response is looked at.
    void finish();

    [[nodiscard]] const Usage& usage() const { return m_usage; }
    /// An `error` event was seen, whatever stands in it.
    [[nodiscard]] bool hasErrorEvent() const { return m_hasErrorEvent; }
    /// Text of an API error, for the error column: its message, else its type, else what stands in
    /// the place of the JSON. Empty when there was no error, or none of these.
    [[nodiscard]] const QByteArray& errorMessage() const { return m_errorMessage; }
    /// Events seen so far (event streams only).
    [[nodiscard]] quint64 events() const { return m_events; }
    /// What the stream writes just now, and how much it has written.
    [[nodiscard]] StreamProgress progress() const;
    /// `message_stop` or `error` was seen; an event stream that ends without is cut.
    [[nodiscard]] bool sawEnd() const { return m_sawEnd; }

private:
    void take(const SseEvent& event);
    void takeBlock(const QByteArray& type, QByteArrayView data);
    void takeDelta(QByteArrayView literal);
    void takeError(const JsonMemberReader& members, QByteArrayView data);
    std::function<void(QByteArrayView)> m_deltaCallback;
    SseParser m_sse;
    std::optional<JsonMemberReader> m_body; ///< of a JSON response; none: an event stream
    Usage m_usage;
    QByteArray m_errorMessage;
    StreamProgress::Block m_block = StreamProgress::Block::None;
    TokenEstimator m_output; ///< of the texts of all blocks
    bool m_hasOutput = false;
    quint64 m_events = 0;
    bool m_sawEnd = false;
    bool m_hasErrorEvent = false;
};

} // namespace sallyport
