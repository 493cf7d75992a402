// SPDX-License-Identifier: MIT
#pragma once

#include "core/authority/authorityfolder.h"

namespace sallyport {

/// Which certificate of the authority issues the leaf for `host`; null: none may. While two are
/// trusted the older one issues where it can, until a day before its end: clients that were started
/// before the newer one was made know it alone. Points into `files`.
[[nodiscard]] const CaCertificate* leafIssuer(const AuthorityFiles& files, const QByteArray& host,
                                              const QDateTime& now);

} // namespace sallyport
