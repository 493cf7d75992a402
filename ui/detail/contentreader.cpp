// SPDX-License-Identifier: MIT
#include "ui/detail/contentreader.h"

#include <algorithm>

namespace sallyport {

ContentReader::ContentReader(QByteArrayView contentEncoding)
    : m_decoder(ContentDecoder::forCoding(contentEncoding))
    , m_isRaw(!m_decoder) {}

std::vector<BodyPiece> ContentReader::readMore(const QVector<BodyPiece>& pieces) {
    std::vector<BodyPiece> out;
    qint64 at = 0;
    for (const BodyPiece& piece : pieces) {
        const qint64 end = at + piece.bytes.size();
        if (end > m_read) {
            const QByteArrayView fresh =
                QByteArrayView(piece.bytes).sliced(std::max<qint64>(0, m_read - at));
            QByteArray plain = m_decoder ? m_decoder->feed(fresh) : fresh.toByteArray();
            if (!plain.isEmpty()) out.push_back({piece.atMicros, std::move(plain)});
            m_read = end;
        }
        at = end;
    }
    if (m_decoder && m_decoder->hasFailed()) m_isRaw = true;
    return out;
}

std::vector<TimedEvent> EventReader::feed(const std::vector<BodyPiece>& pieces) {
    std::vector<TimedEvent> out;
    for (const BodyPiece& piece : pieces) {
        for (SseEvent& event : m_parser.feed(piece.bytes)) {
            out.push_back(
                {piece.atMicros, std::max<qint64>(0, piece.atMicros - m_lastAt), std::move(event)});
            m_lastAt = piece.atMicros;
        }
    }
    return out;
}

} // namespace sallyport
