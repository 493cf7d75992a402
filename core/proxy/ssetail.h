// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

namespace sallyport {

/// Follows an event stream only so far as to know whether it stands between two events, the one
/// place where a comment may be put in (WHATWG HTML 9.2.5). Line ends may be LF, CRLF or CR.
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
    bool m_isBlank = true;     ///< the last whole line was empty, or nothing has come
    bool m_isLineEmpty = true; ///< nothing of a next line has come
    bool m_lastWasCr = false;
};

} // namespace sallyport
