// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace sallyport {

/// Bytes in order: appended at the end, taken from the front. Holds no memory while empty;
/// appending and taking cost in all no more than a copy of each byte or two.
class ByteQueue {
public:
    [[nodiscard]] bool isEmpty() const { return m_bytes.isEmpty(); }
    [[nodiscard]] qsizetype size() const { return m_bytes.size() - m_taken; }
    [[nodiscard]] QByteArrayView front() const { return QByteArrayView(m_bytes).sliced(m_taken); }
    void append(QByteArrayView bytes) {
        // Moving what is left costs no more than what was taken since the last time.
        if (m_taken > 0 && m_taken >= m_bytes.size() / 2) {
            m_bytes.remove(0, m_taken);
            m_taken = 0;
        }
        m_bytes.append(bytes.data(), bytes.size());
    }
    void take(qsizetype bytes) {
        m_taken += bytes;
        if (m_taken >= m_bytes.size()) clear();
    }
    void clear() {
        m_bytes = QByteArray();
        m_taken = 0;
    }

private:
    QByteArray m_bytes;
    qsizetype m_taken = 0;
};

} // namespace sallyport
