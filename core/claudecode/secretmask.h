// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace sallyport {

/// What is shown of a secret: `sp-…c41e`; of a short one nothing but `…`.
[[nodiscard]] QString maskedSecret(const QString& secret);

/// A settings text for showing: string values whose name speaks of a secret are masked, user
/// information in URLs is hidden, long random words in comments too. Lines stay lines.
[[nodiscard]] QByteArray maskedSettings(const QByteArray& text);

} // namespace sallyport
