// SPDX-License-Identifier: MIT
#include "core/tunnel/nextrequest.h"

namespace sallyport {

NextRequest::Verdict NextRequest::clientSent(QByteArrayView bytes) {
    m_held.append(bytes);
    switch (m_parser.next(bytes).step) {
    case ParseStep::NeedMore: return Verdict::Undecided;
    case ParseStep::Error: return Verdict::Other;
    case ParseStep::Head:
    case ParseStep::Body:
    case ParseStep::End: break;
    }
    return Verdict::Request;
}

} // namespace sallyport
