// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/yamledit.h"

namespace sallyport::yaml {

/// Ways to take a key out of a map, with the lines of its value and the comment beside it; other
/// comments stay. The only key of a map in block style cannot be taken out.
[[nodiscard]] std::vector<Splice> waysToRemoveKey(const QByteArray& yaml, const Value& map,
                                                  const QByteArray& key);

} // namespace sallyport::yaml
