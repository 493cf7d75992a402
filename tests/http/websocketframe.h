// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

// zlib's macros cast in the old style.
#pragma GCC diagnostic ignored "-Wold-style-cast"
#define ZLIB_CONST
#include <zlib.h>

namespace sallyport::test {

/// A frame of a server; `first` is its first byte: FIN, the reserved bits, the opcode.
inline QByteArray serverFrame(unsigned first, QByteArrayView payload) {
    QByteArray out(1, static_cast<char>(first));
    const auto size = static_cast<quint64>(payload.size());
    const int more = size > 0xffff ? 8 : size > 125 ? 2 : 0;
    out.append(static_cast<char>(more == 8 ? 127 : more == 2 ? 126 : size));
    for (int i = more - 1; i >= 0; --i)
        out.append(static_cast<char>((size >> (8 * i)) & 0xff));
    return out.append(payload);
}

/// The same as a client sends it.
inline QByteArray clientFrame(unsigned first, QByteArrayView payload) {
    const QByteArray mask("\x11\xa2\x33\xc4", 4);
    QByteArray out = serverFrame(first, payload);
    const qsizetype head = out.size() - payload.size();
    out[1] = static_cast<char>(out[1] | '\x80');
    for (qsizetype i = 0; i < payload.size(); ++i)
        out[head + i] = static_cast<char>(out[head + i] ^ mask[i % 4]);
    return out.insert(head, mask);
}

/// One direction of permessage-deflate, as a sender does it (RFC 7692 7.2.1).
class WebSocketDeflater {
public:
    explicit WebSocketDeflater(int windowBits = 15, bool keepsContext = true)
        : m_keepsContext(keepsContext) {
        deflateInit2(&m_stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -windowBits, 8,
                     Z_DEFAULT_STRATEGY);
    }
    ~WebSocketDeflater() { deflateEnd(&m_stream); }
    WebSocketDeflater(const WebSocketDeflater&) = delete;
    WebSocketDeflater& operator=(const WebSocketDeflater&) = delete;

    QByteArray deflate(QByteArrayView plain) {
        QByteArray out(plain.size() + 1024, '\0');
        run(plain, out, Z_SYNC_FLUSH);
        out.chop(4);
        if (!m_keepsContext) deflateReset(&m_stream);
        return out;
    }
    /// With a last block (7.2.3.4): a final one and an empty byte behind it.
    QByteArray deflateToTheEnd(QByteArrayView plain) {
        QByteArray out(plain.size() + 1024, '\0');
        run(plain, out, Z_FINISH);
        deflateReset(&m_stream);
        return out.append('\0');
    }

private:
    void run(QByteArrayView plain, QByteArray& out, int flush) {
        m_stream.next_in = reinterpret_cast<const Bytef*>(plain.data());
        m_stream.avail_in = static_cast<uInt>(plain.size());
        m_stream.next_out = reinterpret_cast<Bytef*>(out.data());
        m_stream.avail_out = static_cast<uInt>(out.size());
        ::deflate(&m_stream, flush);
        out.chop(static_cast<qsizetype>(m_stream.avail_out));
    }

    z_stream m_stream{};
    bool m_keepsContext;
};

} // namespace sallyport::test
