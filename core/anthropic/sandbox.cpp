// SPDX-License-Identifier: MIT
#include "core/anthropic/sandbox.h"

#include "core/anthropic/sandboxmessage.h"
#include "core/anthropic/sandboxrequest.h"

namespace sallyport {

namespace {

using nlohmann::ordered_json;
using std::chrono::milliseconds;

constexpr milliseconds kShortPause{5};

SandboxResponse errorResponse(int status, const char* type, const QString& message) {
    const ordered_json body{{"type", "error"},
                            {"error", {{"type", type}, {"message", message.toStdString()}}}};
    return sandbox::jsonResponse(status, body, kShortPause);
}

SandboxResponse notFound() {
    return errorResponse(404, "not_found_error",
                         QStringLiteral("The sandbox of Sallyport has no such resource."));
}

SandboxResponse wrongMethod(QByteArrayView allowed) {
    SandboxResponse response = errorResponse(
        405, "invalid_request_error",
        QString(QLatin1String("Method not allowed; use ") + QString::fromLatin1(allowed)));
    response.fields.emplace_back("Allow", allowed.toByteArray());
    return response;
}

ordered_json modelObject(const std::string& id) {
    return {{"type", "model"},
            {"id", id},
            {"display_name", id + " (Sallyport sandbox)"},
            {"created_at", "2026-01-01T00:00:00Z"}};
}

SandboxResponse modelList() {
    const ordered_json first = modelObject("claude-opus-5-5");
    const ordered_json last = modelObject("sallyport-sandbox");
    return sandbox::jsonResponse(200,
                                 {{"data", {first, last}},
                                  {"has_more", false},
                                  {"first_id", first.at("id")},
                                  {"last_id", last.at("id")}},
                                 kShortPause);
}

SandboxResponse modelResponse(QByteArrayView id) {
    constexpr qsizetype kLongestId = 256;
    const QByteArray name = QByteArray::fromPercentEncoding(id.toByteArray());
    if (name.isEmpty() || name.size() > kLongestId || name.contains('/')) return notFound();
    return sandbox::jsonResponse(200, modelObject(name.toStdString()), kShortPause);
}

SandboxResponse countResponse(QByteArrayView content) {
    const auto request = sandbox::readRequest(content, sandbox::RequestKind::TokenCount);
    if (!request) return errorResponse(400, "invalid_request_error", request.error());
    return sandbox::jsonResponse(200, {{"input_tokens", request->inputTokens}}, kShortPause);
}

SandboxResponse messagesResponse(QByteArrayView content) {
    const auto request = sandbox::readRequest(content, sandbox::RequestKind::Message);
    if (!request) return errorResponse(400, "invalid_request_error", request.error());
    return sandbox::messageResponse(*request, sandbox::Seed(content));
}

/// The path without its query and without what a route's prefix put in front of `/v1/`.
QByteArrayView resourceOf(QByteArrayView pathAndQuery) {
    const qsizetype query = pathAndQuery.indexOf('?');
    const QByteArrayView path = query < 0 ? pathAndQuery : pathAndQuery.first(query);
    const qsizetype version = path.lastIndexOf("/v1/");
    return version < 0 ? path : path.sliced(version);
}

SandboxResponse responseTo(QByteArrayView method, QByteArrayView resource, QByteArrayView content) {
    static constexpr QByteArrayView kModels("/v1/models");
    const bool isPost = method == "POST";
    const bool isGet = method == "GET" || method == "HEAD";
    if (resource == "/v1/messages") return isPost ? messagesResponse(content) : wrongMethod("POST");
    if (resource == "/v1/messages/count_tokens")
        return isPost ? countResponse(content) : wrongMethod("POST");
    if (resource == kModels) return isGet ? modelList() : wrongMethod("GET, HEAD");
    if (resource.startsWith("/v1/models/"))
        return isGet ? modelResponse(resource.sliced(kModels.size() + 1))
                     : wrongMethod("GET, HEAD");
    if (resource == "/" || resource == "/v1/oauth/hello" || resource.endsWith("/api/hello"))
        return isGet ? sandbox::jsonResponse(200, {{"message", "hello"}}, kShortPause)
                     : wrongMethod("GET, HEAD");
    return notFound();
}

} // namespace

SandboxResponse sandboxResponse(QByteArrayView method, QByteArrayView pathAndQuery,
                                QByteArrayView content) {
    SandboxResponse response = responseTo(method, resourceOf(pathAndQuery), content);
    response.fields.emplace_back("request-id",
                                 QByteArray::fromStdString(sandbox::Seed(content).id("req_")));
    if (method == "HEAD") response.pieces.clear();
    return response;
}

} // namespace sallyport
