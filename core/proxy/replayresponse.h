// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/framing.h"
#include "core/http/head.h"
#include "core/replay/recordingfile.h"
#include "core/upstream/transport.h"

namespace sallyport {

/// The response of a `replay:` upstream to one request.
struct ReplayResponse {
    ResponseHead head; ///< framed anew, with `X-Sallyport-Replay`
    Framing framing;
    RecordedExchange exchange; ///< its times, pieces and how it broke; without pieces for HEAD
};

/// The recorded exchange for that request, which counts as given then; or an error in the form of
/// the API: the file cannot be read (502), nothing was recorded for the request (404; 503 for a
/// Messages request).
[[nodiscard]] ReplayResponse replayResponse(RecordingFile& file, const UpstreamRequest& request,
                                            const QByteArray& contentDigest);

} // namespace sallyport
