// SPDX-License-Identifier: MIT
#include "core/config/routesection.h"

#include "core/config/actionsection.h"
#include "core/config/addresses.h"
#include "core/config/cachesection.h"
#include "core/config/limitsection.h"
#include "core/config/messagesection.h"
#include "core/config/quoting.h"
#include "core/config/sections.h"
#include "core/config/viasection.h"
#include "core/route/hopbyhop.h"
#include "core/route/rulegrammar.h"
#include "core/support/ascii.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstring>

namespace sallyport {

namespace {

scalars::Parsed<QByteArray> rulePath(const QByteArray& text) {
    if (isRulePath(text)) return text;
    return Failure{QCoreApplication::translate(
                       "Config",
                       "\"%1\" is not the beginning of a path; write one like /v1/claude, "
                       "without a query, dot-segments or empty segments, other characters "
                       "percent-encoded")
                       .arg(shownValue(text))};
}

scalars::Parsed<QByteArray> method(const QByteArray& text) {
    const QString upper = QString::fromUtf8(text).toUpper();
    if (isRuleToken(text) && upper.toLatin1() == text) return text;
    if (isRuleToken(text))
        return Failure{QCoreApplication::translate(
                           "Config", "methods are written in capitals: \"%1\" instead of \"%2\"")
                           .arg(shownValue(upper.toUtf8()), shownValue(text))};
    return Failure{
        QCoreApplication::translate("Config", "\"%1\" is not a method; write one like POST")
            .arg(shownValue(text))};
}

void readMatch(const MapReader& map, RouteMatch& match) {
    const MapReader section = sectionOf(map, "match", {"host", "path", "methods"});
    section.read("host", match.host, scalars::hostPattern);
    section.read("path", match.path, rulePath);
    section.readList("methods", method, [&](const QByteArray& name) {
        if (std::find(match.methods.begin(), match.methods.end(), name) == match.methods.end())
            match.methods.push_back(name);
    });
}

void readRewrite(const MapReader& map, Route& route) {
    const MapReader section = sectionOf(map, "rewrite", {"prefix"});
    QByteArray prefix;
    section.read("prefix", prefix, rulePath);
    if (!prefix.isEmpty()) route.rewritePrefix = prefix;
}

scalars::Parsed<QByteArray> trailerName(const QByteArray& text) {
    auto name = fieldName(text);
    if (!name || mayBeTrailer(*name)) return name;
    return Failure{QCoreApplication::translate(
                       "Config", "\"%1\" must stand before the content, and cannot be a trailer; "
                                 "write one like X-Checksum")
                       .arg(shownName(text))};
}

enum class Message { Request, Response };

void readRules(const MapReader& map, Message message, FieldRules& rules) {
    const char* key = message == Message::Request ? "request_headers" : "response_headers";
    const MapReader section = sectionOf(map, key, {"set", "remove"});
    rules.set = readFields(section, "set");
    section.readList("remove", fieldName, [&](const QByteArray& name) {
        if (message == Message::Request && ascii::equalsIgnoreCase(name, "Host"))
            section.refuse("remove", QCoreApplication::translate(
                                         "Config", "a request cannot go without Host; set it "
                                                   "instead"));
        else
            rules.remove.push_back(name);
    });
}

void readWords(const MapReader& map, Route& route) {
    static constexpr scalars::WordMeaning<RouteAccess> kAccess[] = {{"token", RouteAccess::Token},
                                                                    {"open", RouteAccess::Open}};
    static constexpr scalars::WordMeaning<TokenCounting> kTokenCounting[] = {
        {"upstream", TokenCounting::Upstream}, {"estimate", TokenCounting::EstimateWhereMissing}};
    map.read("access", route.access,
             [](const QByteArray& text) { return scalars::word(text, kAccess); });
    map.read("count_tokens", route.tokenCounting,
             [](const QByteArray& text) { return scalars::word(text, kTokenCounting); });
    const bool hasUpstream = std::holds_alternative<ToUpstream>(route.action);
    if (!hasUpstream && route.tokenCounting != TokenCounting::Upstream)
        map.refuse("count_tokens",
                   QCoreApplication::translate("Config",
                                               "only a route with an upstream has tokens counted; "
                                               "take this line out"));
}

} // namespace

const std::vector<const char*>& routeKeys() {
    static const std::vector<const char*> keys{"name",
                                               "enabled",
                                               "match",
                                               "upstream",
                                               "respond",
                                               "redirect",
                                               "block",
                                               "direct",
                                               "rewrite",
                                               "access",
                                               "count_tokens",
                                               "request_headers",
                                               "response_headers",
                                               "request_trailers",
                                               "keepalive_comment",
                                               "model",
                                               "model_echo",
                                               "anthropic_beta",
                                               "forwarded",
                                               "max_body",
                                               "cache",
                                               "rate",
                                               "in_flight"};
    return keys;
}

Route readRoute(const yaml::Value& value, const QStringList& upstreams, Findings& findings) {
    const MapReader map(value, QCoreApplication::translate("Config", "a route"), routeKeys(),
                        findings);
    Route route;
    if (!map.isMap()) return route;
    map.read("name", route.name, entryName);
    if (!map.has("name"))
        findings.add(value.place, QCoreApplication::translate(
                                      "Config", "a route needs a name, like name: claude"));
    map.readBool("enabled", route.isEnabled);
    readMatch(map, route.match);
    readAction(map, upstreams, route);
    readRewrite(map, route);
    readWords(map, route);
    readRules(map, Message::Request, route.requestFields);
    readRules(map, Message::Response, route.responseFields);
    map.readList("request_trailers", trailerName,
                 [&](const QByteArray& name) { route.requestTrailers.push_back(name); });
    map.read("keepalive_comment", route.keepaliveComment, scalars::duration);
    readCache(map, route);
    readMessageRules(map, route);
    route.rate = readRate(map);
    route.inFlight = readInFlight(map);
    return route;
}

ForwardSection readForward(const yaml::Value& value, const QString& dir, Findings& findings) {
    const MapReader map(value, QStringLiteral("\"forward\""),
                        {"enabled", "deny", "ports", "via", "via_credential"}, findings);
    DestinationPolicy policy;
    map.readBool("enabled", policy.isEnabled);
    if (map.find("deny")) {
        policy.deny.clear();
        map.readList("deny", scalars::network,
                     [&](const auto& network) { policy.deny.push_back(network); });
    }
    if (map.find("ports")) {
        policy.ports.clear();
        map.readList("ports", scalars::portRange,
                     [&](const auto& range) { policy.ports.push_back(range); });
    }
    return {std::move(policy), readVia(map, dir)};
}

} // namespace sallyport
