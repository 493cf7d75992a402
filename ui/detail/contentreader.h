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

/// Decodes a body that grows: each call gives what was added since the last one. One object for
/// each exchange.
class ContentReader {
public:
    explicit ContentReader(QByteArrayView contentEncoding = {});
    /// The decoded bytes of `pieces` after those of earlier calls; `pieces` only ever grows.
    [[nodiscard]] std::vector<BodyPiece> readMore(const QVector<BodyPiece>& pieces);
    /// The coding is not known or the bytes do not fit it: they are given as they came.
    [[nodiscard]] bool isRaw() const { return m_isRaw; }
    [[nodiscard]] qint64 bytesRead() const { return m_read; }

private:
    std::unique_ptr<ContentDecoder> m_decoder;
    qint64 m_read = 0;
    bool m_isRaw = false;
};

/// One event with its time and the gap before it, in µs since the request began.
struct TimedEvent {
    qint64 atMicros = 0;
    qint64 gapMicros = 0;
    SseEvent event;
};

/// Parses the events of a stream as its body grows.
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
