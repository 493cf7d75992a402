// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/connector.h"

#include <functional>
#include <optional>
#include <utility>

namespace sallyport::test {

/// What became of an attempt to connect; keeps the stream or the error.
class Outcome : public ConnectObserver {
public:
    void connected(StreamPtr s) override {
        stream = std::move(s);
        if (onCall) onCall();
    }
    void connectFailed(const StreamError& e) override {
        error = e;
        if (onCall) onCall();
    }
    [[nodiscard]] bool isOver() const { return stream || error; }

    StreamPtr stream;
    std::optional<StreamError> error;
    std::function<void()> onCall;
};

} // namespace sallyport::test
