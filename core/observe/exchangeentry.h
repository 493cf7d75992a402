// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/bodyredactor.h"
#include "core/observe/contentreading.h"
#include "core/observe/exchangerecord.h"

#include <memory>

namespace sallyport {

enum class BodySide { Request, Response };

struct BodyRedactors {
    BodyRedactor request, response;
    [[nodiscard]] BodyRedactor& of(BodySide side) {
        return side == BodySide::Request ? request : response;
    }
};

/// One exchange inside the log: what is kept of it, and its place in the ring's lists.
struct ExchangeEntry {
    ExchangeDetail detail;
    Monotonic startedAt{};
    bool isMessages = false;                  ///< by its path, of the Messages API
    bool hasNoContents = false;               ///< none of its fields and bodies are kept
    std::unique_ptr<ContentReading> reading;  ///< null: its contents tell nothing
    std::unique_ptr<BodyRedactors> redactors; ///< while it runs, and where bodies are kept
    qint64 requestKept = 0;                   ///< bytes of detail.requestBody
    qint64 responseKept = 0;                  ///< bytes of detail.responseBody
    qint64 messagesKept = 0;                  ///< bytes of the previews of detail.webSocket
    qint64 bodyCost = 0;       ///< all three, with what their pieces cost beside their bytes
    std::size_t runningAt = 0; ///< its index among the running ones
    bool isChanged = false;    ///< it is in the list of those that changed
    ExchangeEntry* changedBefore = nullptr;
    ExchangeEntry* changedAfter = nullptr;
};

} // namespace sallyport
