// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/framing.h"
#include "core/http/head.h"
#include "core/proxy/clienttoken.h"
#include "core/proxy/exchangemachine.h"
#include "core/route/forwardedfields.h"
#include "core/route/route.h"
#include "core/upstream/transport.h"
#include "core/upstream/upstreamconfig.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <vector>

namespace sallyport {

/// What goes into an upstream request beside what the client sent.
struct OutboundRules {
    const FieldRules* fields = nullptr; ///< of the route; may be null
    CredentialForm credentialAs = CredentialForm::Bearer;
    QByteArrayView credential;        ///< empty: the client's own go on as they came
    bool replacesCredentials = false; ///< the client's are stripped even when ours is empty
    QByteArrayView localToken;        ///< never leaves the machine
    const std::vector<NamedClient>* clients = nullptr; ///< nor do their tokens; may be null
    const BetaRules* beta = nullptr;                   ///< of the route; may be null
    const ForwardedFor* forwarded = nullptr;           ///< null: the upstream is not told
    bool isContinued = false;        ///< the client has its 100 (Continue) from us
    bool wantsPlainResponse = false; ///< one without a content coding
    QByteArrayView pseudonym;        ///< ours, for Via
};

/// Via of a CONNECT that goes on to a proxy: that of the client's, and ours (RFC 9110 7.6.3).
[[nodiscard]] QByteArray outboundVia(const RequestHead& head, QByteArrayView pseudonym);

/// The request as it goes to an upstream: hop-by-hop fields gone (RFC 9110 7.6.1), Via added
/// (7.6.3), Max-Forwards counted down (7.6.2), credentials swapped, route rules applied.
[[nodiscard]] UpstreamRequest outboundRequest(const RequestHead& head, QByteArray target,
                                              Framing framing, const OutboundRules& rules);

/// Max-Forwards of an OPTIONS or TRACE request; absent when it has none, or one that is no number
/// (which then goes on as it came). The most that can be counted for what is more.
[[nodiscard]] std::optional<quint64> maxForwards(const RequestHead& head);

/// The trailers of a request as they go to an upstream: those that `route` (may be null) asks for
/// by name in `request_trailers`, since servers merge trailers into fields, some even into those of
/// the next request (RFC 9110 6.5.1); less what may not be a trailer, what Connection in `head`
/// names, and what the route's rules set or remove. `head` is the request as it came.
[[nodiscard]] FieldList outboundTrailers(const FieldList& trailers, const RequestHead& head,
                                         const Route* route);
/// The trailers of a response as they go to the client: none unless its `TE` asks for them
/// (RFC 9110 10.1.4); less what may not be a trailer, what Connection in `response`, the head as it
/// came, names, and what the rules of `route` (may be null) set or remove.
[[nodiscard]] FieldList inboundTrailers(const FieldList& trailers, const RequestHead& request,
                                        const ResponseHead& response, const Route* route);

/// What Via and Date of a response say about us.
struct ResponseStamp {
    QByteArrayView pseudonym;
    qint64 nowSeconds; ///< since 1970
};

/// A response head as it goes to the client: hop-by-hop fields gone, framing fields as `to` asks,
/// Via and a missing Date added, route rules applied (may be null), `Connection: close` when it
/// closes. A 426 keeps its Upgrade.
[[nodiscard]] FieldList inboundFields(const ResponseHead& head, const action::SendHead& to,
                                      const FieldRules* rules, const ResponseStamp& stamp);
/// The same for an interim response or a 101: nothing is added but Connection and Upgrade of 101.
[[nodiscard]] FieldList interimFields(const ResponseHead& head);

} // namespace sallyport
