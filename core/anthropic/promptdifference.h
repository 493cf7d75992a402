// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/pricetable.h"
#include "core/anthropic/usage.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace sallyport {

/// Where the prompt of one request departs from that of an earlier one; from there on the prompt
/// cache cannot be read.
struct PromptDifference {
    QString path;   ///< `tools[3].description`, `messages[4].content[0].text`
    QString before; ///< what stands there, some 80 characters around the first that differs
    QString after;
    friend bool operator==(const PromptDifference&, const PromptDifference&) = default;
};

/// The first path that differs, in the order in which a prompt is cached: model, tools, system,
/// what holds for all messages (`tool_choice`, `thinking`), messages. None where the later request
/// only adds messages. `cache_control` is no part of a prompt, and a text is the same whether it
/// stands alone or as a block.
[[nodiscard]] std::optional<PromptDifference> promptDifference(const QJsonObject& before,
                                                               const QJsonObject& after);

/// What a request had to pay again, although the one before had put it in the cache.
struct CacheLoss {
    qint64 tokens = 0;      ///< that were cached before and were not read
    double shareBefore = 0; ///< of the prompt that was read from the cache, 0 to 1
    double shareAfter = 0;
    std::optional<double> dollars; ///< more than reading them would have cost; none: unknown model
};

/// None where less than 1024 tokens, the least that is cached, or a twentieth of what was cached
/// was lost.
[[nodiscard]] std::optional<CacheLoss> cacheLoss(const Usage& before, const Usage& after,
                                                 const std::optional<TokenPrices>& prices);

} // namespace sallyport
