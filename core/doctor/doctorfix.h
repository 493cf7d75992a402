// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/connecterror.h"
#include "core/doctor/checkresult.h"
#include "core/doctor/localreader.h"
#include "core/support/result.h"

namespace sallyport {

/// Does what a fix says, through the journal of Connect. The sentence says what was done and how it
/// is taken back. Blocking file I/O of small files.
[[nodiscard]] Result<QString, ConnectError> applyFix(const CheckFix& fix,
                                                     const DoctorOptions& options);

} // namespace sallyport
