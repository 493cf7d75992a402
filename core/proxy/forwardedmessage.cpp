// SPDX-License-Identifier: MIT
#include "core/proxy/forwardedmessage.h"

#include "core/http/byteappend.h"
#include "core/http/httpdate.h"
#include "core/http/websockethandshake.h"
#include "core/observe/exchangerecorder.h"
#include "core/route/betavalues.h"
#include "core/route/hopbyhop.h"
#include "core/support/ascii.h"

#include <algorithm>
#include <array>
#include <limits>

namespace sallyport {

namespace {

constexpr QByteArrayView kAuthorization{"authorization", 13};
constexpr QByteArrayView kApiKey{"x-api-key", 9};
/// By which a client chooses the target of a group; it is for us and goes no further.
constexpr QByteArrayView kTargetField = "X-Sallyport-Target";
constexpr int kUpgradeRequired = 426;

/// Room for what a message gets on its way: Via, Date, a credential, framing, and some of a route.
constexpr std::size_t kAddedFields = 4;
constexpr qsizetype kAddedBytes = 256;

/// RFC 9110 7.6.3: the protocol by which the message came; HTTP/2 has no minor version (RFC 9113).
QByteArray viaValue(Version version, QByteArrayView pseudonym) {
    QByteArray out;
    appendAll(out, {version == kHttp2 ? "2 " : version.minor == 0 ? "1.0 " : "1.1 ", pseudonym});
    return out;
}

/// RFC 7617 2: user and password are joined by a colon. `http://x:TOKEN@127.0.0.1` has clients send
/// them.
bool isInBasic(QByteArrayView value, QByteArrayView token) {
    constexpr QByteArrayView kBasic("Basic ");
    if (value.size() <= kBasic.size() ||
        !ascii::equalsIgnoreCase(value.first(kBasic.size()), kBasic))
        return false;
    const QByteArray encoded = ascii::trimmedOws(value.sliced(kBasic.size())).toByteArray();
    return QByteArray::fromBase64(encoded).contains(token) ||
           QByteArray::fromBase64(encoded, QByteArray::Base64UrlEncoding).contains(token);
}

/// Whether a field shows the token: as its whole value, or anywhere in one that is for credentials.
bool showsToken(const FieldView& field, QByteArrayView token) {
    if (field.value.size() < token.size()) return false;
    if (field.value == token) return true;
    static constexpr std::array<QByteArrayView, 4> kNames{kAuthorization, kApiKey, "cookie",
                                                          "proxy-authorization"};
    return std::any_of(kNames.begin(), kNames.end(),
                       [&](QByteArrayView name) { return isSameCgiName(field.name, name); }) &&
           (field.value.contains(token) || isInBasic(field.value, token));
}

/// The local token is for this machine only, whatever happens to other credentials and in
/// whichever of several lines it comes: all lines of that name go.
void removeLocalToken(FieldList& fields, QByteArrayView token) {
    if (token.isEmpty()) return;
    const auto shows = [token](FieldView field) { return showsToken(field, token); };
    for (;;) {
        const auto found = std::find_if(fields.begin(), fields.end(), shows);
        if (found == fields.end()) return;
        const QByteArray name = (*found).name.toByteArray();
        fields.removeEverySpelling(name);
    }
}

void swapCredentials(FieldList& fields, const OutboundRules& rules) {
    removeLocalToken(fields, rules.localToken);
    if (rules.clients)
        for (const NamedClient& client : *rules.clients)
            removeLocalToken(fields, client.token);
    if (!rules.replacesCredentials) return;
    fields.removeEverySpelling(kAuthorization);
    fields.removeEverySpelling(kApiKey);
    if (rules.credential.isEmpty()) return;
    if (rules.credentialAs == CredentialForm::XApiKey) {
        fields.append("x-api-key", rules.credential);
    } else {
        QByteArray bearer("Bearer ");
        bearer.append(rules.credential);
        fields.append("Authorization", bearer);
    }
}

bool isNamedIn(const std::vector<QByteArray>& names, QByteArrayView name) {
    return std::any_of(names.begin(), names.end(),
                       [&](const QByteArray& each) { return ascii::equalsIgnoreCase(each, name); });
}

/// What a rule sets or removes in the head must not come back in the trailers.
void removeRuledNames(FieldList& trailers, const FieldRules& rules) {
    for (const QByteArray& name : rules.remove)
        trailers.removeEverySpelling(name);
    for (const auto& [name, value] : rules.set)
        trailers.removeEverySpelling(name);
}

} // namespace

std::optional<quint64> maxForwards(const RequestHead& head) {
    if (head.method != "OPTIONS" && head.method != "TRACE") return std::nullopt;
    const auto value = head.fields.first("Max-Forwards");
    if (!value) return std::nullopt;
    if (value->isEmpty()) return std::nullopt;
    constexpr quint64 kMost = std::numeric_limits<quint64>::max();
    quint64 count = 0;
    for (const char c : *value) {
        if (!ascii::isDigit(c)) return std::nullopt;
        const auto digit = static_cast<quint64>(c - '0');
        // RFC 9110 7.6.2: what is more than we can count goes on as the most that we can.
        count = count > (kMost - digit) / 10 ? kMost : count * 10 + digit;
    }
    return count;
}

QByteArray outboundVia(const RequestHead& head, QByteArrayView pseudonym) {
    const QByteArray before = head.fields.combined("Via");
    const QByteArray own = viaValue(head.version, pseudonym);
    return before.isEmpty() ? own : before + ", " + own;
}

/// Takes one off where there is one left (RFC 9110 7.6.2).
static void countDownForwards(const RequestHead& head, FieldList& fields) {
    const auto left = maxForwards(head);
    if (!left || *left <= 0) return;
    fields.removeOtherSpellings("Max-Forwards");
    fields.set("Max-Forwards", QByteArray::number(*left - 1));
}

UpstreamRequest outboundRequest(const RequestHead& head, QByteArray target, Framing framing,
                                const OutboundRules& rules) {
    UpstreamRequest out;
    out.method = head.method;
    out.target = std::move(target);
    out.framing = framing;
    if (asksForWebSocket(head, framing)) out.upgrade = "websocket";
    out.fields = head.fields.withRoom(kAddedFields, kAddedBytes);
    FieldList& fields = out.fields;
    countDownForwards(head, fields);
    // RFC 9110 10.1.1: an Expect of a 1.0 client means nothing.
    if (head.version.minor == 0) fields.removeAll("Expect");
    removeHopByHopFields(fields);
    for (const QByteArrayView ofTransport : {"Host", "Content-Length", "Transfer-Encoding"})
        fields.removeEverySpelling(ofTransport);
    if (const auto wanted = fields.first(kTargetField)) {
        out.wantedTarget = wanted->toByteArray();
        fields.removeEverySpelling(kTargetField);
    }
    fields.removeEverySpelling(kResentFromField);
    swapCredentials(fields, rules);
    // RFC 9110 10.1.1: who answers the expectation does not pass it on.
    if (rules.isContinued) fields.removeEverySpelling("Expect");
    if (rules.wantsPlainResponse) {
        fields.removeEverySpelling("Accept-Encoding");
        fields.append("Accept-Encoding", "identity");
    }
    if (rules.beta) applyBetaRules(*rules.beta, fields);
    if (rules.forwarded) addForwardedFields(*rules.forwarded, fields);
    if (rules.fields) {
        applyFieldRules(*rules.fields, fields);
        if (const auto host = fields.first("Host")) {
            out.hostOverride = host->toByteArray();
            fields.removeAll("Host");
        }
    }
    // After the rules: without ours a loop would have no end (RFC 9110 7.6.3).
    fields.append("Via", viaValue(head.version, rules.pseudonym));
    return out;
}

FieldList outboundTrailers(const FieldList& trailers, const RequestHead& head, const Route* route) {
    FieldList out;
    if (!route) return out;
    for (const FieldView field : trailers)
        if (isNamedIn(route->requestTrailers, field.name)) out.append(field.name, field.value);
    removeForbiddenTrailers(out, head.fields);
    removeRuledNames(out, route->requestFields);
    return out;
}

FieldList inboundTrailers(const FieldList& trailers, const RequestHead& request,
                          const ResponseHead& response, const Route* route) {
    if (trailers.isEmpty() || !request.fields.hasToken("TE", "trailers")) return {};
    FieldList out = trailers;
    removeForbiddenTrailers(out, response.fields);
    if (route) removeRuledNames(out, route->responseFields);
    return out;
}

FieldList inboundFields(const ResponseHead& head, const action::SendHead& to,
                        const FieldRules* rules, const ResponseStamp& stamp) {
    FieldList fields = head.fields.withRoom(kAddedFields, kAddedBytes);
    // RFC 9110 15.5.22: a 426 says which protocol would do.
    const QByteArray wanted =
        head.status == kUpgradeRequired ? fields.combined("Upgrade") : QByteArray();
    removeHopByHopFields(fields);
    if (!wanted.isEmpty()) {
        fields.append("Connection", "upgrade");
        fields.append("Upgrade", wanted);
    }
    // RFC 9110 8.6: none in 1xx and 204; where we frame anew, the origin's length is not ours. The
    // length that a HEAD or 304 response carries describes what GET would give, and stays.
    if (to.framing == DownstreamFraming::Chunked || to.framing == DownstreamFraming::UntilClose ||
        head.status == 204)
        fields.removeEverySpelling("Content-Length");
    fields.append("Via", viaValue(head.version, stamp.pseudonym));
    if (!fields.contains("Date")) fields.append("Date", httpDate(stamp.nowSeconds));
    if (rules) applyFieldRules(*rules, fields);
    if (to.framing == DownstreamFraming::Chunked) fields.append("Transfer-Encoding", "chunked");
    if (to.closes) fields.append("Connection", "close");
    return fields;
}

FieldList interimFields(const ResponseHead& head) {
    FieldList fields = head.fields;
    const QByteArray upgrade = fields.combined("Upgrade");
    removeHopByHopFields(fields);
    fields.removeEverySpelling("Content-Length");
    if (head.status == 101) {
        fields.append("Connection", "Upgrade");
        fields.append("Upgrade", upgrade);
    }
    return fields;
}

} // namespace sallyport
