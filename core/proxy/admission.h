// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/head.h"
#include "core/http/requestrole.h"
#include "core/proxy/openedtunnel.h"
#include "core/proxy/ownauthority.h"
#include "core/support/exchangeerror.h"

#include <QByteArray>

#include <variant>

namespace sallyport {

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

} // namespace sallyport
