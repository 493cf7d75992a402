// SPDX-License-Identifier: MIT
#include "core/upstream/http2fields.h"

#include <algorithm>
#include <array>

namespace sallyport {

namespace {

/// RFC 9113 8.2.2, and Host, whose place `:authority` has taken.
bool speaksOfConnection(QByteArrayView lowerName) {
    static constexpr std::array<QByteArrayView, 8> kNames{
        "connection", "keep-alive", "proxy-connection", "transfer-encoding",
        "upgrade",    "te",         "http2-settings",   "host"};
    return std::find(kNames.begin(), kNames.end(), lowerName) != kNames.end();
}

} // namespace

FieldList http2RequestFields(const UpstreamRequest& request, const UpstreamTarget& target) {
    FieldList out;
    const bool isServerWide = request.target == "*";
    out.append(":method", request.method);
    out.append(":scheme", target.isTls ? "https" : "http");
    out.append(":authority",
               request.hostOverride.isEmpty() ? target.authority : request.hostOverride);
    out.append(":path", isServerWide ? request.target : target.basePath + request.target);
    for (const FieldView field : request.fields) {
        const QByteArray name = field.name.toByteArray().toLower();
        if (!speaksOfConnection(name)) out.append(name, field.value);
    }
    if (request.fields.hasToken("TE", "trailers")) out.append("te", "trailers");
    if (request.framing.kind == BodyKind::Length)
        out.append("content-length", QByteArray::number(request.framing.length));
    return out;
}

Result<Framing, ParseError> http2ResponseFraming(const ResponseHead& head,
                                                 QByteArrayView requestMethod) {
    const auto framing = responseFraming(head, requestMethod);
    if (!framing || framing->kind != BodyKind::UntilClose) return framing;
    return Framing{BodyKind::Chunked, 0};
}

} // namespace sallyport
