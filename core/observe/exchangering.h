// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/messagesrequestreader.h"
#include "core/anthropic/messagesresponsereader.h"
#include "core/http/contentdecoder.h"
#include "core/observe/exchangelog.h"

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace sallyport {

/// What is read out of contents as they pass; only for exchanges whose contents tell something.
struct ContentReading {
    MessagesRequestReader request;
    std::optional<MessagesResponseReader> response;
    std::unique_ptr<ContentDecoder> decoder; ///< null: the response has no coding

    /// The next piece of the response, as it came.
    void feedResponse(QByteArrayView bytes);
};

/// One exchange inside the log: what is kept of it, and its place in the ring's lists.
struct ExchangeStory {
    ExchangeDetail detail;
    Monotonic startedAt{};
    bool isMessages = false;
    std::unique_ptr<ContentReading> reading;
    qint64 requestKept = 0;  ///< bytes of detail.requestBody
    qint64 responseKept = 0; ///< bytes of detail.responseBody
    qint64 messagesKept = 0; ///< bytes of the previews of detail.webSocket
    qint64 bodyCost = 0;     ///< all three, with what their pieces cost beside their bytes
    std::size_t runningAt = 0;
    bool isChanged = false;
    ExchangeStory* changedBefore = nullptr;
    ExchangeStory* changedAfter = nullptr;
};

enum class BodySide { Request, Response };

/// The lists and budgets of an ExchangeLog: running stories, ended ones in order of their end, the
/// changed ones, and what contents cost.
class ExchangeRing {
public:
    ExchangeRing(const Clock& clock, ExchangeLogLimits limits);

    void setLimits(const ExchangeLogLimits& limits);
    [[nodiscard]] const Clock& clock() const { return m_clock; }
    [[nodiscard]] bool keepsFields() const { return m_limits.keepsFields; }
    [[nodiscard]] bool keepsBodies() const { return m_limits.keepsBodies; }
    [[nodiscard]] std::shared_ptr<ExchangeStory> begin(const QString& client);
    /// Moves a running story to the ended ones; drops the oldest beyond the limit.
    void end(const std::shared_ptr<ExchangeStory>& story);
    /// Keeps as much of the content as the limits allow, and marks it as cut where that is less.
    void keep(ExchangeStory& story, BodySide side, QByteArrayView bytes);
    /// Keeps a message of a WebSocket, and drops the oldest of that exchange beyond the limits.
    void keepMessage(ExchangeStory& story, WebSocketEntry entry);
    void markChanged(ExchangeStory& story);

    [[nodiscard]] std::vector<ExchangeRecord> takeChanges();
    void setChangedCallback(std::function<void()> changed) { m_changed = std::move(changed); }
    [[nodiscard]] const ExchangeStory* find(quint64 id) const;
    [[nodiscard]] std::size_t running() const { return m_running.size(); }
    [[nodiscard]] std::size_t ended() const { return m_ended.size(); }
    [[nodiscard]] qint64 bodyBytes() const { return m_bodyBytes; }
    void clear();
    /// A buffer for the log line of the exchange that ends, used again each time.
    [[nodiscard]] QByteArray& lineBuffer();

private:
    void unlinkChanged(ExchangeStory& story);
    void dropBodies(ExchangeStory& story);
    void dropOldestMessage(ExchangeStory& story);
    void dropOldest();
    void dropBeyondLimit();
    [[nodiscard]] qint64 roomFor(qint64 bytes);

    const Clock& m_clock;
    ExchangeLogLimits m_limits;
    quint64 m_lastId = 0;
    std::vector<std::shared_ptr<ExchangeStory>> m_running;
    std::deque<std::shared_ptr<ExchangeStory>> m_ended;
    std::deque<ExchangeStory*> m_endedWithBodies; ///< a part of m_ended, in the same order
    ExchangeStory* m_firstChanged = nullptr;
    ExchangeStory* m_lastChanged = nullptr;
    qint64 m_bodyBytes = 0;
    qint64 m_bodyCost = 0;
    std::function<void()> m_changed;
    bool m_hasTold = false;
    QByteArray m_line;
};

} // namespace sallyport
