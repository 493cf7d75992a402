// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QString>

#include <utility>
#include <vector>

namespace sallyport {

/// A request as a person pastes it.
struct PastedRequest {
    QByteArray method = "GET";
    QByteArray url; ///< absolute with `http` or `https`, or a path for Sallyport itself
    std::vector<std::pair<QByteArray, QByteArray>> fields; ///< in their order
};

/// Reads `POST https://host/path`, a URL or a path alone, or a command line of curl in the quoting
/// of a POSIX shell: its URL, `-X`, `-H`, `-I`, and the options that make it a POST; what else
/// stands there says nothing of where it goes. The error is a sentence.
[[nodiscard]] Result<PastedRequest, QString> parsePastedRequest(const QString& text);

} // namespace sallyport
