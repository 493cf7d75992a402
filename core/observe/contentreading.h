// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/messagesrequestreader.h"
#include "core/anthropic/messagesresponsereader.h"
#include "core/http/contentdecoder.h"
#include "core/secrets/secretfilter.h"

#include <memory>
#include <optional>

namespace sallyport {

/// What is read out of contents as they pass; only for exchanges whose contents tell something.
struct ContentReading {
    MessagesRequestReader request;
    std::optional<MessagesResponseReader> response;
    std::unique_ptr<ContentDecoder> decoder; ///< null: the response has no coding

    SecretFilter deltas; ///< reads the texts of a stream's deltas as one

    /// The next piece of the response, as it came.
    void feedResponse(QByteArrayView bytes);
    /// Looks for secrets that stand in several deltas, a part in each: what stands in one is masked
    /// where the content is kept.
    void watchDeltas(const KnownSecrets& known);
};

} // namespace sallyport
