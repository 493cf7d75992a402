// SPDX-License-Identifier: MIT
#pragma once

#include "core/tls/clienthello.h"
#include "core/tls/tlsalert.h"

#include <QString>

#include <optional>

namespace sallyport {

/// What becomes of a tunnel to a listed host, by the client's first bytes in it.
struct InterceptionDecision {
    enum class Kind {
        Open,
        Blind,  ///< it goes to the host as it is
        Refuse, ///< the client gets `alert`
    };
    Kind kind = Kind::Open;
    QString why; ///< it is not opened: one clause for people
    TlsAlert alert = TlsAlert::HandshakeFailure;
};

/// Opened is what asks for `host` (lower case) by TLS and would speak HTTP/1.1, or says nothing of
/// either: without SNI the host of CONNECT is all that is known (RFC 6066 3 allows it for names,
/// and demands it for addresses). Another name, another protocol, or no TLS is not what the list is
/// about, and stays blind. HTTP/2 alone is refused with no_application_protocol (RFC 7301 3.2): the
/// routes would not see it. `hello` counts where the verdict is Hello; not for Undecided.
[[nodiscard]] InterceptionDecision interceptionDecision(ClientHelloReader::Verdict verdict,
                                                        const ClientHello& hello,
                                                        const QByteArray& host);

/// For the row of a CONNECT whose client went away when it had our certificate; `evidence` may be
/// empty.
[[nodiscard]] QString distrustText(const QByteArray& host, const QString& evidence);

} // namespace sallyport
