// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

namespace sallyport {

/// Which side of a connection is ours.
enum class TlsRole { Client, Server };

/// One clause for people about a TLS failure that is not about trust. `code` is the first entry of
/// OpenSSL's error queue, 0 when it is empty; alerts (RFC 8446 6.2) are among them.
[[nodiscard]] QString tlsFailureText(unsigned long code, TlsRole role = TlsRole::Client);

/// The fatal alert of the peer's that `code` stands for; nullopt for any other failure.
[[nodiscard]] std::optional<quint8> peerAlertOf(unsigned long code);

/// Whether a client says with this alert that it does not accept the certificate that it was
/// shown: bad_certificate, unsupported_certificate, certificate_revoked, certificate_expired,
/// certificate_unknown and unknown_ca (RFC 8446 6.2). A client may also end the connection without
/// one, before or right after the handshake.
[[nodiscard]] bool isDistrust(quint8 alert);

} // namespace sallyport
