// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <nlohmann/json.hpp>

#include <optional>

namespace sallyport::sandbox {

/// A tool that the sandbox is going to call, with an input that fits its schema.
struct ToolCall {
    std::string name;
    nlohmann::ordered_json input;
};

/// What the sandbox reads of a Messages request.
struct Request {
    std::string model;
    bool wantsStream = false;
    qint64 maxTokens = 0;
    qint64 inputTokens = 0; ///< by TokenEstimator
    std::size_t messages = 0;
    std::size_t tools = 0;
    std::optional<ToolCall> toolCall;  ///< the prompt asks for it and the request offers it
    std::string missingTool;           ///< the prompt asks for one that is not offered
    std::optional<QString> toolResult; ///< the beginning of the latest tool result
};

/// Whether the request needs `max_tokens`: a count of tokens does not.
enum class RequestKind { Message, TokenCount };

/// Reads a request; the error is the message that the Messages API would give with a 400.
[[nodiscard]] Result<Request, QString> readRequest(QByteArrayView content, RequestKind kind);

} // namespace sallyport::sandbox
