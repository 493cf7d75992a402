// SPDX-License-Identifier: MIT
#pragma once

#include "core/route/inflightlimit.h"
#include "core/support/tokenbucket.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace sallyport {

/// What a request must look like for a route to take it.
struct RouteMatch {
    /// Empty: only requests addressed to Sallyport itself. A name, `*.suffix`, or `*`; lower case.
    QByteArray host;
    QByteArray path = "/"; ///< prefix, matched on a segment boundary of the normalised path
    std::vector<QByteArray> methods; ///< empty: all
    friend bool operator==(const RouteMatch&, const RouteMatch&) = default;
};

/// Fields set and removed on a message; removal first, then setting.
struct FieldRules {
    std::vector<std::pair<QByteArray, QByteArray>> set;
    std::vector<QByteArray> remove;
    friend bool operator==(const FieldRules&, const FieldRules&) = default;
};

struct ToUpstream {
    QString upstream; ///< name in `upstreams:`
    friend bool operator==(const ToUpstream&, const ToUpstream&) = default;
};
struct ToRespond {
    int status = 200;
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
    friend bool operator==(const ToRespond&, const ToRespond&) = default;
};
struct ToRedirect {
    int status = 302;
    QByteArray location;
    friend bool operator==(const ToRedirect&, const ToRedirect&) = default;
};
struct ToBlock {
    friend bool operator==(const ToBlock&, const ToBlock&) = default;
};
/// Straight to the host that the request names.
struct ToDirect {
    friend bool operator==(const ToDirect&, const ToDirect&) = default;
};
using RouteAction = std::variant<ToUpstream, ToRespond, ToRedirect, ToBlock, ToDirect>;

enum class RouteAccess { Token, Open };

/// `cache:` of a route: responses to GET are stored after RFC 9111.
struct RouteCache {
    /// How long each response is fresh, whatever it says itself.
    std::optional<std::chrono::seconds> ttl;
    int maxEntries = 1000;
    qint64 maxSize = qint64{64} * 1024 * 1024; ///< bytes
    bool isOnDisk = false;                     ///< beside memory, for the next start
    friend bool operator==(const RouteCache&, const RouteCache&) = default;
};

/// Who counts tokens for `POST …/v1/messages/count_tokens`.
enum class TokenCounting {
    Upstream,
    EstimateWhereMissing, ///< an estimate of ours where the upstream has no such endpoint
};

/// `anthropic_beta`: values that are put into that list and taken out of it, removal first.
struct BetaRules {
    std::vector<QByteArray> set;
    std::vector<QByteArray> remove;
    friend bool operator==(const BetaRules&, const BetaRules&) = default;
};

/// One entry of `routes:`.
struct Route {
    QString name;
    bool isEnabled = true;
    RouteMatch match;
    RouteAction action = ToBlock{};
    std::optional<QByteArray> rewritePrefix; ///< replaces `match.path` at the head of the path
    RouteAccess access = RouteAccess::Token;
    TokenCounting tokenCounting = TokenCounting::Upstream;
    FieldRules requestFields;
    FieldRules responseFields;
    /// Trailers of a request that go on; all others are dropped (RFC 9110 6.5.1).
    std::vector<QByteArray> requestTrailers;
    std::chrono::milliseconds keepaliveComment{15000}; ///< zero turns it off
    std::optional<RouteCache> cache;                   ///< none: nothing is stored
    std::optional<Rate> rate;                          ///< of each named client by itself
    std::optional<InFlightLimit> inFlight;
    qint64 maxBody = 0; ///< bytes of a request's content; 0: no bound
    /// Patterns of models and the names that take their place, in order.
    std::vector<std::pair<QByteArray, QByteArray>> model;
    bool echoesModel = false; ///< responses name the model that was asked for
    BetaRules anthropicBeta;
    bool addsForwarded = false; ///< Forwarded (RFC 7239) and X-Forwarded-*
    friend bool operator==(const Route&, const Route&) = default;
};

} // namespace sallyport
