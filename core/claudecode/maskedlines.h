// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

namespace sallyport {

/// A text of shell lines as it may be shown: what is assigned to a name that isSecretSetting()
/// knows is masked, the rest is as redactedText() has it. Lines stay lines.
[[nodiscard]] QByteArray maskedLines(const QByteArray& text);

} // namespace sallyport
