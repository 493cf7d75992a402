// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <nlohmann/json.hpp>

#include <vector>

namespace sallyport {

/// The events of a Messages stream that end in `message`, for recordings that keep the final
/// message and not the stream: message_start, for each block its start, its deltas and its stop,
/// message_delta, message_stop. `wanted` is how many there were: texts are cut into as many deltas
/// as that leaves, one for each block at least. Each event is as it goes over the wire.
[[nodiscard]] std::vector<QByteArray> messageEvents(const nlohmann::json& message,
                                                    std::size_t wanted);

} // namespace sallyport
