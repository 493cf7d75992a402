// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/head.h"
#include "core/http/requestrole.h"
#include "core/proxy/openedtunnel.h"
#include "core/support/exchangeerror.h"

#include <QByteArray>

#include <optional>
#include <variant>
#include <vector>

namespace sallyport {

/// Under which names the listener answers for itself.
struct OwnAuthority {
    quint16 port = 0;
    /// `allowed_hosts` (any port) beside the loopback names, which need the listener's own port.
    std::vector<QByteArray> allowedHosts;
    /// The address that was bound, when it is not a loopback one; empty otherwise.
    QByteArray boundHost;

    /// Whether `authority`, read with `defaultPort` where it names none, is this listener.
    [[nodiscard]] bool isOwn(const Authority& authority, quint16 defaultPort) const;
    [[nodiscard]] bool isAllowedHost(QByteArrayView host) const;
};

/// What a request is, before any route is asked.
struct Admission {
    RequestRole role = RequestRole::Gateway;
    Authority authority; ///< whom it is for: the absolute target's or CONNECT's, else Host's
    bool isTls = false;  ///< absolute-form with https or wss, or came by an opened tunnel
    bool isOwn = true;   ///< addressed to this listener
    /// Host to match routes with; empty for the listener itself.
    QByteArray routeHost;
    QByteArray pathAndQuery; ///< origin-form; `*` for OPTIONS of the whole server
};

/// Decides which of the four jobs a request is, from its target and Host (RFC 9112 3.2): an
/// absolute target wins over Host. Malformed authorities were refused by the parser.
/// Errors: ForbiddenHost for origin-form with a Host that is not ours.
///
/// `tunnel` is the opened one that the request came by, null otherwise. Inside it origin-form is
/// for the authority of its CONNECT, and https; Misdirected for any other host or scheme, but for
/// ourselves in absolute-form (RFC 9110 7.4).
[[nodiscard]] std::variant<Admission, ExchangeError>
admit(const RequestHead& head, const OwnAuthority& own, const OpenedTunnel* tunnel = nullptr);

/// Whether a foreign web page could have made a browser send this to the listener itself: an Origin
/// that is not ours (null included), a Sec-Fetch-Site other than `same-origin` and `none`, a
/// foreign Referer where there is no Origin.
///
/// An origin is scheme, host and port (RFC 6454 4). Ours is http, since the listener speaks nothing
/// else, with one of its names and its port; or with a name of `allowed_hosts` and the port that
/// the request itself names, which may be another one that leads here. `asked` is the authority of
/// a request in origin-form, empty for others.
[[nodiscard]] bool isForeignOrigin(const FieldList& fields, const OwnAuthority& own,
                                   const Authority& asked);

/// Whether one of the Via fields names `pseudonym`: the request has been here before.
[[nodiscard]] bool hasPassedHere(const FieldList& fields, QByteArrayView pseudonym);

} // namespace sallyport
