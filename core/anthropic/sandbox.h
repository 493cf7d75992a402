// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <chrono>
#include <utility>
#include <vector>

namespace sallyport {

/// One piece of a sandbox response and how long after the piece before it leaves.
struct SandboxPiece {
    std::chrono::milliseconds after{0};
    QByteArray bytes;
};

/// A response of the sandbox: fields without framing, content in paced pieces.
struct SandboxResponse {
    int status = 200;
    std::vector<std::pair<QByteArray, QByteArray>> fields;
    std::vector<SandboxPiece> pieces;
};

/// The response of the built-in sandbox to `POST /v1/messages` (stream or not), `POST
/// /v1/messages/count_tokens`, `GET /v1/models` and `/v1/models/{id}`, `GET|HEAD /api/hello`, 404
/// in the API's form for the rest. Pure and deterministic: equal requests get equal responses,
/// byte for byte. Says in its text that it is the sandbox. A prompt that asks for it gets one
/// tool-use turn (see docs/sandbox.md), its follow-up with the tool result gets a closing text.
[[nodiscard]] SandboxResponse sandboxResponse(QByteArrayView method, QByteArrayView pathAndQuery,
                                              QByteArrayView content);

} // namespace sallyport
