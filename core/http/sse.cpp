// SPDX-License-Identifier: MIT
#include "core/http/sse.h"

#include <algorithm>
#include <utility>

namespace sallyport {

namespace {

constexpr QByteArrayView kByteOrderMark("\xef\xbb\xbf", 3);

bool isLineEnd(char c) { return c == '\n' || c == '\r'; }

} // namespace

SseParser::SseParser(qsizetype limit)
    : m_limit(limit) {}

std::vector<SseEvent> SseParser::feed(QByteArrayView bytes) {
    std::vector<SseEvent> out;
    while (!bytes.isEmpty()) {
        if (m_skipLf && bytes.front() == '\n') {
            m_skipLf = false;
            bytes = bytes.sliced(1);
            continue;
        }
        m_skipLf = false;
        const auto end = std::find_if(bytes.begin(), bytes.end(), isLineEnd);
        const QByteArrayView part = bytes.first(end - bytes.begin());
        bytes = bytes.sliced(part.size());
        if (bytes.isEmpty()) {
            keepPart(part);
            break;
        }
        m_skipLf = bytes.front() == '\r';
        bytes = bytes.sliced(1);
        if (m_line.isEmpty()) {
            takeLine(part, out);
        } else {
            keepPart(part);
            takeLine(m_line, out);
            m_line.resize(0);
        }
    }
    return out;
}

void SseParser::keepPart(QByteArrayView part) {
    const qsizetype room = std::max<qsizetype>(m_limit - m_line.size(), 0);
    if (part.size() > room) m_wasCut = true;
    m_line.append(part.first(std::min(part.size(), room)));
}

void SseParser::takeLine(QByteArrayView line, std::vector<SseEvent>& out) {
    if (std::exchange(m_atStart, false) && line.startsWith(kByteOrderMark))
        line = line.sliced(kByteOrderMark.size());
    if (line.isEmpty()) {
        dispatch(out);
        return;
    }
    if (line.front() == ':') {
        ++m_comments;
        return;
    }
    m_hasFields = true;
    const qsizetype colon = line.indexOf(':');
    QByteArrayView value = colon < 0 ? QByteArrayView() : line.sliced(colon + 1);
    if (value.startsWith(' ')) value = value.sliced(1);
    takeField(colon < 0 ? line : line.first(colon), value);
}

void SseParser::takeField(QByteArrayView name, QByteArrayView value) {
    if (name == "data") {
        const qsizetype room = m_limit - m_event.data.size();
        if (value.size() > room) m_wasCut = true;
        if (room >= 0) m_event.data.append(value.first(std::min(value.size(), room))).append('\n');
    } else if (name == "event") {
        m_event.type = bounded(value);
    } else if (name == "id" && !value.contains('\0')) {
        m_event.id = bounded(value);
    }
}

QByteArray SseParser::bounded(QByteArrayView value) {
    if (value.size() > m_limit) m_wasCut = true;
    return value.first(std::min(value.size(), m_limit)).toByteArray();
}

void SseParser::dispatch(std::vector<SseEvent>& out) {
    m_hasFields = false;
    // The identifier stays for the events that follow; one without data is not an event.
    if (!m_event.data.isEmpty()) {
        m_event.data.chop(1);
        out.push_back({std::move(m_event.type), std::move(m_event.data), m_event.id});
    }
    m_event.type = QByteArray();
    m_event.data = QByteArray();
}

bool SseParser::isBetweenEvents() const { return !m_hasFields && m_line.isEmpty() && !m_skipLf; }

} // namespace sallyport
