// SPDX-License-Identifier: MIT
#pragma once

#include "core/replay/recordingfile.h"
#include "core/support/deadline.h"
#include "core/upstream/transport.h"

#include <memory>

namespace sallyport {

/// How fast recordings are played: `factor` times as fast as they came; 0 without any pause.
struct ReplaySpeed {
    int factor = 1;
};

/// The upstream of `replay:`: responds with what is recorded in `file`, in its timing, without any
/// network. The field `X-Sallyport-Replay: FILE, line 7` marks each response, and `replay:FILE` is
/// the target in its record. A request without a recorded exchange gets 404 (503 for a Messages
/// request, whose 404 Claude Code does not show), all get 502 with the reason while the file cannot
/// be read.
[[nodiscard]] std::unique_ptr<UpstreamTransport>
makeReplayTransport(std::shared_ptr<RecordingFile> file, ReplaySpeed speed,
                    DeadlineQueue& deadlines);

} // namespace sallyport
