// SPDX-License-Identifier: MIT
#include "core/upstream/requesthead.h"

#include "core/http/byteappend.h"
#include "core/http/serialiser.h"

#include <array>
#include <charconv>

namespace sallyport {

namespace {

constexpr qsizetype kOwnFieldsRoom = 160;

void appendField(QByteArray& out, QByteArrayView name, QByteArrayView value) {
    appendAll(out, {name, ": ", value, "\r\n"});
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

} // namespace

void appendUpstreamHead(QByteArray& out, const UpstreamRequest& request,
                        const UpstreamTarget& target, const AbsoluteForm* absolute) {
    const QByteArray& host =
        request.hostOverride.isEmpty() ? target.authority : request.hostOverride;
    out.reserve(out.size() + request.method.size() + target.basePath.size() +
                request.target.size() + host.size() + bytesOfLines(request.fields) +
                kOwnFieldsRoom + request.upgrade.size());
    // RFC 9112 3.2.4: the asterisk stands for the server as a whole, no path goes before it.
    const bool hasPath = !absolute && request.target != "*";
    appendAll(out,
              {request.method, " ", hasPath ? QByteArrayView(target.basePath) : QByteArrayView(),
               absolute ? QByteArrayView(absolute->target) : QByteArrayView(request.target),
               " HTTP/1.1\r\nHost: ", host, "\r\n"});
    if (absolute && !absolute->authorization.isEmpty())
        appendField(out, "Proxy-Authorization", absolute->authorization);
    appendFieldLines(out, request.fields);
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
