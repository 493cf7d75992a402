// SPDX-License-Identifier: MIT
#include "core/proxy/messagerules.h"

#include "core/http/serialiser.h"
#include "core/route/hopbyhop.h"
#include "core/support/ascii.h"

namespace sallyport {

namespace {

QByteArray viaValue(int minor, QByteArrayView pseudonym) {
    QByteArray out;
    out.reserve(4 + pseudonym.size());
    out.append("1.").append(minor == 0 ? '0' : '1').append(' ').append(pseudonym);
    return out;
}

bool isLocalBearer(QByteArrayView value, QByteArrayView token) {
    return value.size() == token.size() + 7 && value.endsWith(token) &&
           ascii::equalsIgnoreCase(value.first(7), "bearer ");
}

/// The local token is for this machine only, whatever happens to other credentials.
void removeLocalToken(FieldList& fields, QByteArrayView token) {
    if (token.isEmpty()) return;
    if (const auto value = fields.first("authorization"); value && isLocalBearer(*value, token))
        fields.removeAll("authorization");
    if (const auto value = fields.first("x-api-key"); value && *value == token)
        fields.removeAll("x-api-key");
}

void swapCredentials(FieldList& fields, const OutboundRules& rules) {
    if (!rules.replacesCredentials) {
        removeLocalToken(fields, rules.localToken);
        return;
    }
    fields.removeAll("authorization");
    fields.removeAll("x-api-key");
    if (rules.credential.isEmpty()) return;
    if (rules.credentialAs == CredentialForm::XApiKey) {
        fields.append("x-api-key", rules.credential);
    } else {
        QByteArray bearer("Bearer ");
        bearer.append(rules.credential);
        fields.append("Authorization", bearer);
    }
}

} // namespace

bool asksForWebSocket(const RequestHead& head, Framing framing) {
    return head.version.minor == 1 && head.method == "GET" && framing.kind == BodyKind::None &&
           head.fields.hasToken("Connection", "upgrade") &&
           head.fields.hasToken("Upgrade", "websocket");
}

std::optional<quint64> maxForwards(const RequestHead& head) {
    if (head.method != "OPTIONS" && head.method != "TRACE") return std::nullopt;
    const auto value = head.fields.first("Max-Forwards");
    if (!value) return std::nullopt;
    bool isNumber = false;
    const quint64 count = value->toByteArray().toULongLong(&isNumber);
    return isNumber ? std::optional(count) : std::nullopt;
}

UpstreamRequest outboundRequest(const RequestHead& head, QByteArray target, Framing framing,
                                const OutboundRules& rules) {
    UpstreamRequest out;
    out.method = head.method;
    out.target = std::move(target);
    out.framing = framing;
    if (asksForWebSocket(head, framing)) out.upgrade = "websocket";
    out.fields = head.fields;
    FieldList& fields = out.fields;
    if (const auto left = maxForwards(head); left && *left > 0)
        fields.set("Max-Forwards", QByteArray::number(*left - 1));
    // RFC 9110 10.1.1: an Expect of a 1.0 client means nothing.
    if (head.version.minor == 0) fields.removeAll("Expect");
    removeHopByHopFields(fields);
    fields.removeAll("Host");
    fields.removeAll("Content-Length");
    fields.removeAll("Transfer-Encoding");
    swapCredentials(fields, rules);
    fields.append("Via", viaValue(head.version.minor, rules.pseudonym));
    if (rules.fields) {
        applyFieldRules(*rules.fields, fields);
        if (const auto host = fields.first("Host")) {
            out.hostOverride = host->toByteArray();
            fields.removeAll("Host");
        }
    }
    return out;
}

FieldList inboundFields(const ResponseHead& head, DownstreamFraming framing, bool closes,
                        const FieldRules* rules, QByteArrayView pseudonym, qint64 nowSeconds) {
    FieldList fields = head.fields;
    removeHopByHopFields(fields);
    fields.removeAll("Transfer-Encoding");
    // RFC 9110 8.6: none in 1xx and 204; where we frame anew, the origin's length is not ours. The
    // length that a HEAD or 304 answer carries describes what GET would give, and stays.
    if (framing == DownstreamFraming::Chunked || framing == DownstreamFraming::UntilClose ||
        head.status == 204)
        fields.removeAll("Content-Length");
    fields.append("Via", viaValue(head.version.minor, pseudonym));
    if (!fields.contains("Date")) fields.append("Date", httpDate(nowSeconds));
    if (rules) applyFieldRules(*rules, fields);
    if (framing == DownstreamFraming::Chunked) fields.append("Transfer-Encoding", "chunked");
    if (closes) fields.append("Connection", "close");
    return fields;
}

FieldList interimFields(const ResponseHead& head) {
    FieldList fields = head.fields;
    const QByteArray upgrade = fields.combined("Upgrade");
    removeHopByHopFields(fields);
    fields.removeAll("Content-Length");
    fields.removeAll("Transfer-Encoding");
    if (head.status == 101) {
        fields.append("Connection", "Upgrade");
        fields.append("Upgrade", upgrade);
    }
    return fields;
}

} // namespace sallyport
