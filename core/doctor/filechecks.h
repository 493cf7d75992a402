// SPDX-License-Identifier: MIT
#pragma once

#include "core/doctor/checkresult.h"
#include "core/doctor/localreading.h"

namespace sallyport {

/// Whether an enabled route leads to the upstream.
[[nodiscard]] bool isUsed(const Config& config, const UpstreamConfig& upstream);

/// `config-files`: settings.yaml and routes.yaml are accepted; else the error with its line.
[[nodiscard]] CheckResult checkConfigFiles(const ConfigReading& config);
/// `tls-verify`: no upstream in use has `verify: false`, and Claude Code has no
/// NODE_TLS_REJECT_UNAUTHORIZED=0.
[[nodiscard]] CheckResult checkTlsVerify(const LocalReading& local);

} // namespace sallyport
