// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace sallyport {

/// One clause for people about a TLS failure that is not about trust. `code` is the first entry of
/// OpenSSL's error queue, 0 when it is empty; alerts (RFC 8446 6.2) are among them.
[[nodiscard]] QString tlsFailureText(unsigned long code);

} // namespace sallyport
