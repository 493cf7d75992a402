// SPDX-License-Identifier: MIT
#include "core/tunnel/nextrequest.h"

namespace sallyport {

NextRequest::Verdict NextRequest::clientSent(QByteArrayView octets) {
    m_held.append(octets);
    switch (m_parser.next(octets).step) {
    case ParseStep::NeedMore: return Verdict::Undecided;
    case ParseStep::Error: return Verdict::Other;
    case ParseStep::Head:
    case ParseStep::Body:
    case ParseStep::End: break;
    }
    return Verdict::Request;
}

} // namespace sallyport
