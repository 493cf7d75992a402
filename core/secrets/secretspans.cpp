// SPDX-License-Identifier: MIT
#include "core/secrets/secretspans.h"

#include "core/secrets/secretmask.h"

#include <algorithm>

namespace sallyport {

void SecretSpans::add(qsizetype from, qsizetype to, bool showsEnd) {
    if (to > from) m_spans.push_back({from, to, showsEnd});
}

void SecretSpans::merge() {
    if (m_spans.empty()) return;
    std::sort(m_spans.begin(), m_spans.end(),
              [](const Span& a, const Span& b) { return a.from < b.from; });
    auto last = m_spans.begin();
    for (auto next = last + 1; next != m_spans.end(); ++next) {
        if (next->from >= last->to) {
            *++last = *next;
            continue;
        }
        last->to = std::max(last->to, next->to);
        last->showsEnd = last->showsEnd && next->showsEnd;
    }
    m_spans.erase(last + 1, m_spans.end());
}

qsizetype SecretSpans::cutAt(qsizetype end) {
    qsizetype after = 0;
    std::erase_if(m_spans, [end](const Span& span) { return span.from >= end; });
    for (Span& span : m_spans) {
        if (span.to <= end) continue;
        after = std::max(after, span.to - end);
        span.to = end;
        span.showsEnd = false;
    }
    return after;
}

std::vector<std::pair<qsizetype, qsizetype>> SecretSpans::places() {
    merge();
    std::vector<std::pair<qsizetype, qsizetype>> out;
    out.reserve(m_spans.size());
    for (const Span& span : m_spans)
        out.emplace_back(span.from, span.to);
    return out;
}

std::optional<QByteArray> SecretSpans::masked(QByteArrayView text) {
    if (m_spans.empty()) return std::nullopt;
    merge();
    QByteArray out;
    qsizetype copied = 0;
    for (const Span& span : m_spans) {
        out += text.sliced(copied, span.from - copied);
        out += maskOf(text.sliced(span.from, span.to - span.from), span.showsEnd);
        copied = span.to;
    }
    out += text.sliced(copied);
    return out;
}

} // namespace sallyport
