// SPDX-License-Identifier: MIT
#pragma once

#include "core/doctor/checkresult.h"
#include "core/doctor/localreading.h"

#include <QByteArrayList>
#include <QDateTime>

namespace sallyport {

/// `local-ca`: where hosts are intercepted and Sallyport is Claude Code's proxy, the local CA is
/// there, Claude Code trusts it (NODE_EXTRA_CA_CERTS or SSL_CERT_FILE), and it has more than 30
/// days left. Fix: NODE_EXTRA_CA_CERTS in the user's settings.
[[nodiscard]] CheckResult checkLocalCa(const LocalReading& local, const QDateTime& now);

} // namespace sallyport
