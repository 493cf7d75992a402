// SPDX-License-Identifier: MIT
#include "ui/tray/recenterrors.h"

#include "ui/log/rowtext.h"

#include <algorithm>

namespace sallyport {

bool RecentErrors::add(const QVector<ExchangeRecord>& records) {
    bool isChanged = false;
    for (const ExchangeRecord& record : records) {
        if (record.end == ExchangeEnd::Running) continue;
        const RowState state = rowState(record);
        if (state.tone != Tone::Bad && state.tone != Tone::Warn) continue;
        const auto isKnown = [&](const RecentError& error) { return error.id == record.id; };
        if (std::any_of(m_list.begin(), m_list.end(), isKnown)) continue;
        m_list.prepend({record.id, timeText(record.startedAt) + QLatin1String("  ") +
                                       state.text(record.status) + QLatin1String("  ") +
                                       addressText(record).left(60)});
        isChanged = true;
    }
    if (m_list.size() > kKept) m_list.resize(kKept);
    return isChanged;
}

} // namespace sallyport
