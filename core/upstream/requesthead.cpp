// SPDX-License-Identifier: MIT
#include "core/upstream/requesthead.h"

#include <array>
#include <charconv>

namespace sallyport {

namespace {

constexpr qsizetype kOwnFieldsRoom = 160;

void appendField(QByteArray& out, QByteArrayView name, QByteArrayView value) {
    out.append(name).append(": ", 2).append(value).append("\r\n", 2);
}

void appendFraming(QByteArray& out, const Framing& framing) {
    if (framing.kind == BodyKind::Chunked) {
        appendField(out, "Transfer-Encoding", "chunked");
        return;
    }
    if (framing.kind != BodyKind::Length) return;
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.begin(), digits.end(), framing.length).ptr;
    appendField(out, "Content-Length", QByteArrayView(digits.begin(), end));
}

qsizetype bytesOf(const FieldList& fields) {
    qsizetype bytes = 0;
    for (const FieldView field : fields)
        bytes += field.name.size() + field.value.size() + 4;
    return bytes;
}

} // namespace

void appendUpstreamHead(QByteArray& out, const UpstreamRequest& request,
                        const UpstreamTarget& target, const AbsoluteForm* absolute) {
    const QByteArray& host =
        request.hostOverride.isEmpty() ? target.authority : request.hostOverride;
    out.reserve(out.size() + request.method.size() + target.basePath.size() +
                request.target.size() + host.size() + bytesOf(request.fields) + kOwnFieldsRoom +
                request.upgrade.size());
    out.append(request.method).append(' ');
    if (absolute) {
        out.append(absolute->target);
    } else {
        // RFC 9112 3.2.4: the asterisk stands for the server as a whole, no path goes before it.
        if (request.target != "*") out.append(target.basePath);
        out.append(request.target);
    }
    out.append(" HTTP/1.1\r\n");
    appendField(out, "Host", host);
    if (absolute && !absolute->authorization.isEmpty())
        appendField(out, "Proxy-Authorization", absolute->authorization);
    for (const FieldView field : request.fields)
        appendField(out, field.name, field.value);
    appendFraming(out, request.framing);
    if (!request.upgrade.isEmpty()) {
        appendField(out, "Connection", "upgrade");
        appendField(out, "Upgrade", request.upgrade);
    }
    out.append("\r\n", 2);
}

QByteArray absoluteTarget(const UpstreamRequest& request, const UpstreamTarget& target) {
    const QByteArray root = "http://" + target.authority;
    // RFC 9112 3.2.4: OPTIONS * is sent to a proxy with an empty path and no query.
    return request.target == "*" ? root : root + target.basePath + request.target;
}

bool mayBeSentAgain(const UpstreamRequest& request) {
    if (request.framing.kind != BodyKind::None || !request.upgrade.isEmpty()) return false;
    return request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS" ||
           request.method == "TRACE";
}

} // namespace sallyport
