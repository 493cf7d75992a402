// SPDX-License-Identifier: MIT
#pragma once

#include "core/doctor/checkresult.h"

#include <QByteArray>

namespace sallyport {

/// `ok`, `warning`, `fault`, `not_checked`: as pinned for JSON.
[[nodiscard]] QString stateWord(CheckState state);
/// The results in the order of allChecks().
[[nodiscard]] std::vector<CheckResult> inOrder(std::vector<CheckResult> results);
/// For people: one paragraph for each check, what is wrong with its evidence and fix.
[[nodiscard]] QString reportText(const std::vector<CheckResult>& results);
/// `{"findings": N, "checks": [{"id", "state", "title", "sentence", "evidence": [{"text", "file",
/// "line"}], "fix"}]}`; file and line only where there are some, fix only where it can be applied.
[[nodiscard]] QByteArray reportJson(const std::vector<CheckResult>& results);

} // namespace sallyport
