// SPDX-License-Identifier: MIT
#include "ui/filter/filterhistory.h"

#include <algorithm>

namespace sallyport {

FilterHistory::FilterHistory(QStringList entries)
    : m_entries(std::move(entries)) {
    m_entries = m_entries.mid(0, kMaxEntries);
}

void FilterHistory::note(const QString& text) {
    m_at = -1;
    const QString kept = text.trimmed();
    if (kept.isEmpty()) return;
    m_entries.removeAll(kept);
    m_entries.prepend(kept);
    m_entries = m_entries.mid(0, kMaxEntries);
}

QString FilterHistory::older(const QString& shown) {
    // What was typed since makes a draft of its own.
    if (m_at >= 0 && m_entries.value(m_at) != shown) m_at = -1;
    if (m_at < 0) m_draft = shown;
    qsizetype next = m_at + 1;
    while (next < m_entries.size() && m_entries.at(next) == shown)
        ++next;
    if (next >= m_entries.size()) return shown;
    m_at = next;
    return m_entries.at(m_at);
}

QString FilterHistory::newer(const QString& shown) {
    if (m_at < 0) return shown;
    --m_at;
    return m_at < 0 ? m_draft : m_entries.at(m_at);
}

} // namespace sallyport
