// SPDX-License-Identifier: MIT
#include "core/upstream/loss.h"

#include "core/upstream/requesthead.h"

#include <QtGlobal>

namespace sallyport {

// RFC 9110 9.2.2: "A proxy MUST NOT automatically retry non-idempotent requests." What a peer took
// not one byte of has not been requested yet: sending it to a connection that is alive is the
// first try. "Some means to detect that the original request was never applied" is what is asked
// of any client there. TCP has one (ByteStream::deliverySince()); HTTP/2 has REFUSED_STREAM and
// GOAWAY with an earlier stream (RFC 9113 8.7).
bool mayBeRepeatedAfter(Loss loss, const UpstreamRequest& request, bool hasContent) {
    switch (loss) {
    case Loss::NotProcessed: return hasContent;
    case Loss::BeforeResponse: return mayBeSentAgain(request);
    case Loss::Otherwise: return false;
    }
    Q_UNREACHABLE();
}

} // namespace sallyport
