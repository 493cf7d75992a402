// SPDX-License-Identifier: MIT
#include "core/replay/harreader.h"

#include "core/http/headgrammar.h"
#include "core/replay/jsonmembers.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

namespace sallyport {

namespace {

using Json = nlohmann::json;
using namespace jsonmembers;
using std::chrono::microseconds;

microseconds millis(double value) { return microseconds(static_cast<qint64>(value * 1000)); }

QByteArray targetOf(const QByteArray& url) {
    const QUrl parsed = QUrl::fromEncoded(url);
    const QByteArray path =
        parsed.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment);
    return path.startsWith('/') ? path : "/" + path;
}

/// The content of a HAR is decoded: what says how it was coded is no longer true.
FieldList fieldsOf(const Json& headers) {
    FieldList out;
    if (!headers.is_array()) return out;
    for (const Json& header : headers) {
        const QByteArray name = text(header, "name");
        const QByteArray value = text(header, "value");
        // Browsers export HTTP/2 pseudo-fields as well (":status"); they are no tokens.
        if (grammar::isToken(name) && grammar::isFieldText(value)) out.append(name, value);
    }
    out.removeEverySpelling("Content-Encoding");
    return out;
}

QByteArray contentOf(const Json& content) {
    const QByteArray bytes = text(content, "text");
    return text(content, "encoding") == "base64" ? QByteArray::fromBase64(bytes) : bytes;
}

/// Events of a stream by their empty lines; other content is one piece.
std::vector<QByteArray> eventsOf(const QByteArray& content, const FieldList& fields) {
    std::vector<QByteArray> out;
    const auto type = fields.first("Content-Type").value_or(QByteArrayView());
    qsizetype at = 0;
    while (type.startsWith("text/event-stream") && at < content.size()) {
        const qsizetype lf = content.indexOf("\n\n", at);
        const qsizetype crlf = content.indexOf("\r\n\r\n", at);
        const bool isCrlf = crlf >= 0 && (lf < 0 || crlf < lf);
        const qsizetype end = isCrlf ? crlf + 4 : lf >= 0 ? lf + 2 : content.size();
        out.push_back(content.mid(at, end - at));
        at = end;
    }
    if (out.empty() && !content.isEmpty()) out.push_back(content);
    return out;
}

void setTimes(RecordedExchange& out, const Json& timings) {
    const auto phase = [&](const char* name) { return millis(number(timings, name)); };
    out.headAt = phase("wait");
    out.endAt = out.headAt + phase("receive");
}

void spread(RecordedExchange& out, const std::vector<QByteArray>& parts) {
    const auto count = static_cast<qint64>(parts.size());
    for (qint64 i = 0; i < count; ++i) {
        const microseconds at =
            count == 1 ? out.endAt
                       : microseconds(out.headAt + (out.endAt - out.headAt) * i / (count - 1));
        out.pieces.push_back({at, parts[static_cast<std::size_t>(i)]});
    }
}

} // namespace

RecordedOutcome recordedHarEntry(const nlohmann::json& entry) {
    const Json& request = member(entry, "request");
    const Json& response = member(entry, "response");
    if (!request.is_object() || !response.is_object())
        return Failure{
            QCoreApplication::translate("Replay", "has no \"request\" and \"response\"")};
    RecordedExchange out;
    out.method = text(request, "method");
    const QByteArray url = text(request, "url");
    if (!grammar::isToken(out.method) || url.isEmpty())
        return Failure{
            QCoreApplication::translate("Replay", "has no \"method\" and \"url\" in its request")};
    out.target = targetOf(url);
    out.status = static_cast<int>(number(response, "status"));
    if (out.status < 200 || out.status > 599) return std::optional<RecordedExchange>();
    const Json& post = member(request, "postData");
    if (post.is_object() && text(post, "comment") != "base64")
        out.requestDigest = contentDigest(text(post, "text"));
    out.reason = text(response, "statusText");
    out.fields = fieldsOf(member(response, "headers"));
    const Json& content = member(response, "content");
    setTimes(out, member(entry, "timings"));
    spread(out, eventsOf(contentOf(content), out.fields));
    const QByteArray end = text(entry, "_end");
    if (text(content, "comment") == "cut when it was kept")
        out.failure = QStringLiteral("the recording was cut at capture.max_body");
    else if (end == "truncated" || end == "stalled" || end == "client_gone")
        out.failure = QStringLiteral("as it was recorded: ") + QString::fromUtf8(end);
    return std::optional(std::move(out));
}

} // namespace sallyport
