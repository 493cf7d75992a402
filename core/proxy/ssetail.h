// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

namespace sallyport {

/// Reads an event stream only so far as to know whether it is between two events, the one place
/// where a comment may be put in (WHATWG HTML 9.2.5). Line ends may be LF, CRLF or CR. Before the
/// first bytes it is not: a byte order mark may come with them, which is none after a comment.
class SseTail {
public:
    void feed(QByteArrayView bytes) {
        for (const char c : bytes) {
            if (c == '\n') {
                if (m_lastWasCr)
                    m_lastWasCr = false; // the second half of a CRLF that was counted
                else
                    endLine();
            } else if (c == '\r') {
                m_lastWasCr = true;
                endLine();
            } else {
                m_lastWasCr = false;
                m_isLineEmpty = false;
            }
        }
    }
    [[nodiscard]] bool isBetweenEvents() const {
        return m_isLineEmpty && m_isBlank && !m_lastWasCr;
    }

private:
    void endLine() {
        m_isBlank = m_isLineEmpty;
        m_isLineEmpty = true;
    }
    bool m_isBlank = false;    ///< the last whole line was empty
    bool m_isLineEmpty = true; ///< nothing of a next line has come
    bool m_lastWasCr = false;
};

} // namespace sallyport
