// SPDX-License-Identifier: MIT
#pragma once

#include "core/doctor/checkresult.h"
#include "core/doctor/localreading.h"

namespace sallyport {

/// `client-version`: Claude Code is found in PATH, and it is not the version that npm installs
/// without a word where Node is older than 22 (2.1.197 instead of 2.1.329).
[[nodiscard]] CheckResult checkClientVersion(const ProgramReading& programs);
/// `disk-space`: room for the log and the journal. Below 1 GiB a Warning, below 64 MiB a Fault.
[[nodiscard]] CheckResult checkDiskSpace(const std::vector<DiskReading>& disks);

} // namespace sallyport
