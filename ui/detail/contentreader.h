// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/contentdecoder.h"
#include "core/http/sse.h"
#include "core/observe/exchangerecord.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace sallyport {

/// Reads on in a content that grows: gives what came since the last look, with its content coding
/// undone. Made anew for each exchange.
class ContentReader {
public:
    explicit ContentReader(QByteArrayView contentEncoding = {});
    /// What the pieces hold beyond what was read before, decoded; pieces only ever grow.
    [[nodiscard]] std::vector<BodyPiece> readMore(const QVector<BodyPiece>& pieces);
    /// The coding is not known or the bytes do not fit it: they are given as they came.
    [[nodiscard]] bool isRaw() const { return m_isRaw; }
    [[nodiscard]] qint64 bytesRead() const { return m_read; }

private:
    std::unique_ptr<ContentDecoder> m_decoder;
    qint64 m_read = 0;
    bool m_isRaw = false;
};

/// One event with its moment and the silence before it.
struct TimedEvent {
    qint64 atMicros = 0;
    qint64 gapMicros = 0;
    SseEvent event;
};

/// Reads the events of a stream as its content grows.
class EventReader {
public:
    /// `startMicros`: when the head of the response came; the first gap counts from there.
    explicit EventReader(qint64 startMicros = 0)
        : m_lastAt(startMicros) {}
    [[nodiscard]] std::vector<TimedEvent> feed(const std::vector<BodyPiece>& pieces);

private:
    SseParser m_parser;
    qint64 m_lastAt;
};

} // namespace sallyport
