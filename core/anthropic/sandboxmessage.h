// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/sandbox.h"
#include "core/anthropic/sandboxrequest.h"

namespace sallyport::sandbox {

/// A sequence of numbers that is the same for the same request, for ids and pauses.
class Seed {
public:
    explicit Seed(QByteArrayView request);
    /// `prefix` and twenty hexadecimal digits.
    [[nodiscard]] std::string id(const char* prefix) const;
    /// The next number of the sequence, from `low` to `high`.
    [[nodiscard]] int between(int low, int high);

private:
    QByteArray m_digest;
    quint64 m_state;
};

/// The response to a Messages request, as an event stream or as one JSON object.
[[nodiscard]] SandboxResponse messageResponse(const Request& request, Seed seed);
/// One JSON object as a whole response, `after` from its request.
[[nodiscard]] SandboxResponse jsonResponse(int status, const nlohmann::ordered_json& body,
                                           std::chrono::milliseconds after);

} // namespace sallyport::sandbox
