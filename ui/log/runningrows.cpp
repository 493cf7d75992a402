// SPDX-License-Identifier: MIT
#include "ui/log/runningrows.h"

namespace sallyport {

void RunningRows::note(const ExchangeRecord& record, const ExchangeRecord* before, WallTime now) {
    if (record.end != ExchangeEnd::Running) {
        m_rows.remove(record.id);
        return;
    }
    Row& row = m_rows[record.id];
    if (!before || before->responseBytes != record.responseBytes || before->phase != record.phase)
        row.lastByte = now;
    const qint64 tokens = record.progress.outputTokens;
    if (tokens > 0 && (!before || before->progress.outputTokens != tokens))
        row.rate.add(elapsedMicros(record, now), tokens);
}

RowActivity RunningRows::activity(const ExchangeRecord& record, WallTime now) const {
    const auto row = m_rows.constFind(record.id);
    if (row == m_rows.cend()) return {record.startedAt, 0};
    return {row->lastByte, row->rate.perSecond(elapsedMicros(record, now))};
}

} // namespace sallyport
