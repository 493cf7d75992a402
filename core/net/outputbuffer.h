// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace sallyport {

/// Octets that the kernel has not taken yet, in order. Holds no memory while empty.
class OutputBuffer {
public:
    [[nodiscard]] bool isEmpty() const { return m_octets.isEmpty(); }
    [[nodiscard]] qsizetype size() const { return m_octets.size() - m_taken; }
    [[nodiscard]] QByteArrayView front() const { return QByteArrayView(m_octets).sliced(m_taken); }
    void append(QByteArrayView octets) {
        // Moving what is left costs no more than what was taken since the last time.
        if (m_taken > 0 && m_taken >= m_octets.size() / 2) {
            m_octets.remove(0, m_taken);
            m_taken = 0;
        }
        m_octets.append(octets.data(), octets.size());
    }
    void take(qsizetype octets) {
        m_taken += octets;
        if (m_taken >= m_octets.size()) clear();
    }
    void clear() {
        m_octets = QByteArray();
        m_taken = 0;
    }

private:
    QByteArray m_octets;
    qsizetype m_taken = 0;
};

} // namespace sallyport
