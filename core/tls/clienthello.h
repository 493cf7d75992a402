// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace sallyport {

/// What a ClientHello says of whom it is for (RFC 8446 4.1.2).
struct ClientHello {
    QByteArray serverName;          ///< SNI (RFC 6066 3), lower case; empty: none was sent
    std::vector<QByteArray> alpn;   ///< what it offers to speak (RFC 7301), in order; empty: no say
    bool hasEncryptedHello = false; ///< `serverName` may be a cover for another (RFC 9849)
    friend bool operator==(const ClientHello&, const ClientHello&) = default;
};

/// Reads the first bytes of a client until its ClientHello is whole, over as many records as it
/// takes (RFC 8446 5.1). Pure. Keeps what came, at most kMaxBytes and what one call brought.
class ClientHelloReader {
public:
    /// Of records with their headers. What browsers and OpenSSL send today has 0.5 to 2 KiB.
    static constexpr qsizetype kMaxBytes = 32 * 1024;
    /// The first byte of a TLS connection: a record of the handshake.
    static constexpr char kHandshakeRecord = 22;

    enum class Verdict {
        Undecided,
        Hello,
        NotTls,    ///< something else from the first bytes on
        Malformed, ///< begins like TLS, and is no ClientHello; or a too large one
    };

    /// Call no more once the verdict is not Undecided.
    [[nodiscard]] Verdict take(QByteArrayView bytes);
    /// All that was taken, in order.
    [[nodiscard]] const QByteArray& received() const { return m_received; }
    /// Once the verdict is Hello.
    [[nodiscard]] const ClientHello& hello() const { return m_hello; }

private:
    [[nodiscard]] Verdict readRecords();
    [[nodiscard]] Verdict readMessage();

    QByteArray m_received;
    QByteArray m_message; ///< of whole records, without their headers
    qsizetype m_at = 0;   ///< the next record in `m_received`
    ClientHello m_hello;
};

} // namespace sallyport
