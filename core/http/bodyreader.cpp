// SPDX-License-Identifier: MIT
#include "core/http/bodyreader.h"

#include <algorithm>

namespace sallyport {

void BodyReader::start(const Framing& framing, const ParseLimits& limits) {
    m_framing = framing;
    m_left = framing.kind == BodyKind::Length ? framing.length : 0;
    if (framing.kind == BodyKind::Chunked) m_chunked.start(limits);
}

ParseOutcome BodyReader::next(QByteArrayView input, FieldList& trailers) {
    switch (m_framing.kind) {
    case BodyKind::Chunked: return m_chunked.next(input, trailers);
    case BodyKind::UntilClose:
        if (input.isEmpty()) return {ParseStep::NeedMore, 0, {}};
        return {ParseStep::Body, input.size(), input};
    case BodyKind::None:
    case BodyKind::Length: break;
    }
    if (m_left == 0) return {ParseStep::End, 0, {}};
    if (input.isEmpty()) return {ParseStep::NeedMore, 0, {}};
    const auto size = static_cast<qsizetype>(std::min(m_left, static_cast<quint64>(input.size())));
    m_left -= static_cast<quint64>(size);
    return {ParseStep::Body, size, input.first(size)};
}

bool BodyReader::isWholeAtEnd() const {
    switch (m_framing.kind) {
    case BodyKind::None:
    case BodyKind::Length: return m_left == 0;
    case BodyKind::UntilClose: return true;
    case BodyKind::Chunked: break;
    }
    return false;
}

} // namespace sallyport
