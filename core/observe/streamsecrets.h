// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

namespace sallyport {

/// An event stream of the Messages API, decoded, without secrets that only several of its deltas
/// together show: `sk-ant-` in one, the rest in those after it. What findContentSecrets() finds in
/// the texts of all deltas as one, and not in one alone, is taken out with the whole texts of these
/// deltas. The events stay as they are otherwise.
[[nodiscard]] QByteArray withoutSplitSecrets(const QByteArray& stream);

} // namespace sallyport
