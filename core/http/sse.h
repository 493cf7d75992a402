// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <vector>

namespace sallyport {

/// One event of an event stream (WHATWG HTML 9.2).
struct SseEvent {
    QByteArray type; ///< the `event` field; empty means "message"
    QByteArray data; ///< `data` lines joined by LF
    QByteArray id;   ///< the last `id` field of the stream so far, also from an earlier event
    friend bool operator==(const SseEvent&, const SseEvent&) = default;
};

/// Incremental parser of an event stream; LF, CRLF and CR line ends, BOM skipped, cuts anywhere.
/// Keeps at most `limit` bytes of an event; a longer one is given cut, with `wasCut()` set.
class SseParser {
public:
    explicit SseParser(qsizetype limit = 4 * 1024 * 1024);
    /// The events that `bytes` completed, in order. Comments are counted, not given.
    [[nodiscard]] std::vector<SseEvent> feed(QByteArrayView bytes);
    /// True when all that was fed ends right after an event's empty line (or nothing was fed, or
    /// after a whole comment line there): the only places where a comment may be put in. Not
    /// after a CR, whose LF may still come. Before the first byte a comment would
    /// hide a byte order mark that comes after it: the caller waits for the first byte.
    [[nodiscard]] bool isBetweenEvents() const;
    /// Comment lines so far.
    [[nodiscard]] quint64 comments() const { return m_comments; }
    /// Whether a line or an event was longer than the limit at any time.
    [[nodiscard]] bool wasCut() const { return m_wasCut; }

private:
    void keepPart(QByteArrayView part);
    void takeLine(QByteArrayView line, std::vector<SseEvent>& out);
    void takeField(QByteArrayView name, QByteArrayView value);
    void dispatch(std::vector<SseEvent>& out);
    [[nodiscard]] QByteArray bounded(QByteArrayView value);
    QByteArray m_line; ///< a line that has not ended yet
    SseEvent m_event;
    bool m_hasFields = false;
    bool m_skipLf = false;
    bool m_atStart = true;
    bool m_wasCut = false;
    qsizetype m_limit;
    quint64 m_comments = 0;
};

} // namespace sallyport
