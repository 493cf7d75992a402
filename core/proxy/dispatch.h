// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/framing.h"
#include "core/http/head.h"
#include "core/proxy/admission.h"
#include "core/proxy/localendpoints.h"
#include "core/proxy/ruleset.h"
#include "core/support/exchangeerror.h"

#include <QByteArray>

#include <optional>
#include <variant>

namespace sallyport {

/// To an upstream group.
struct ToGroup {
    const UpstreamGroup* group = nullptr;
    QByteArray target; ///< origin-form, before the base path of the group's target
};
/// Straight to the host that the request names.
struct ToHost {
    QByteArray target;
};
/// A blind tunnel to the authority of CONNECT.
struct ToTunnel {};
/// A tunnel to a host of `intercept:`, to be opened where its first bytes allow it.
struct ToInterception {
    OpenedTunnel tunnel;
    /// Why it may not be a blind one instead; absent where it may.
    std::optional<ExchangeError> blindRefusal;
};
/// CONNECT to the listener itself: what follows is asked of it directly.
struct ToSelf {};

/// The figures of `/metrics`.
struct ToMetrics {};

/// To a reader of the live records (RFC 6455 handshake, checked).
struct ToEvents {};

/// What is to become of a request, before a socket is touched.
struct Dispatch {
    Admission admission;
    const Route* route = nullptr;        ///< lives as long as the rules
    const NamedClient* client = nullptr; ///< whose token it carries; null: the local one, or none
    std::variant<ExchangeError, LocalResponse, ToGroup, ToHost, ToTunnel, ToInterception, ToSelf,
                 ToEvents, ToMetrics>
        to;
};

/// What is asked beside the head itself.
struct DispatchContext {
    bool isRemoteClient = false;          ///< not from a loopback address
    QByteArrayView pseudonym;             ///< ours in Via
    Monotonic now{};                      ///< what `/readyz` is asked at
    const OpenedTunnel* tunnel = nullptr; ///< that the request came by; null: none
    /// It came by TLS, by an opened tunnel: also where a CONNECT to ourselves came before it.
    bool isInsideTls = false;
};

/// Decides: admission, loop, Max-Forwards, local endpoints, Origin, route, token, forward policy.
/// Pure; `rules` must outlive the result.
[[nodiscard]] Dispatch dispatch(const RequestHead& head, Framing framing, const RuleSet& rules,
                                const DispatchContext& facts);

} // namespace sallyport
