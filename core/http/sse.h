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
    QByteArray id;
    friend bool operator==(const SseEvent&, const SseEvent&) = default;
};

/// Incremental parser of an event stream; LF, CRLF and CR line ends, BOM skipped, cuts anywhere.
/// Keeps at most `limit` octets of an event; a longer one is given cut, with `wasCut()` set.
class SseParser {
public:
    explicit SseParser(qsizetype limit = 4 * 1024 * 1024);
    /// The events that `octets` completed, in order. Comments are counted, not given.
    [[nodiscard]] std::vector<SseEvent> feed(QByteArrayView octets);
    /// True when all that was fed ends right behind an event's empty line (or nothing was fed, or
    /// behind a whole comment line there): the only places where a comment may be put in.
    [[nodiscard]] bool isBetweenEvents() const;
    [[nodiscard]] quint64 comments() const { return m_comments; }
    [[nodiscard]] bool wasCut() const { return m_wasCut; }

private:
    void takeLine(std::vector<SseEvent>& out);
    QByteArray m_line;
    SseEvent m_event;
    bool m_hasFields = false;
    bool m_skipLf = false;
    bool m_atStart = true;
    bool m_wasCut = false;
    qsizetype m_limit;
    quint64 m_comments = 0;
};

} // namespace sallyport
