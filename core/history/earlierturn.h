// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

namespace sallyport {

/// Whether `other`, which came before `record`, may have put into the prompt cache what `record`
/// could read: of the same session, agent and model, with a response that told its usage.
[[nodiscard]] bool isEarlierTurn(const ExchangeRecord& other, const ExchangeRecord& record);

} // namespace sallyport
