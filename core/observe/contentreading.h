// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/messagesrequestreader.h"
#include "core/anthropic/messagesresponsereader.h"
#include "core/http/contentdecoder.h"

#include <memory>
#include <optional>

namespace sallyport {

/// What is read out of contents as they pass; only for exchanges whose contents tell something.
struct ContentReading {
    MessagesRequestReader request;
    std::optional<MessagesResponseReader> response;
    std::unique_ptr<ContentDecoder> decoder; ///< null: the response has no coding

    /// The next piece of the response, as it came.
    void feedResponse(QByteArrayView bytes);
};

} // namespace sallyport
