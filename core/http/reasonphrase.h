// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

namespace sallyport {

/// The standard phrase of a status code (RFC 9110 15), empty for unknown ones.
[[nodiscard]] QByteArrayView reasonPhrase(int status);

} // namespace sallyport
