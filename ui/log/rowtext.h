// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"
#include "ui/tones.h"

#include <QFontMetrics>
#include <QString>

namespace sallyport {

/// The state of an exchange: a glyph, a word, and a tone that repeats them.
struct RowState {
    QString glyph;
    QString word;
    Tone tone = Tone::Plain;
    /// Glyph, status where there is one, word.
    [[nodiscard]] QString text(int status) const;
};
[[nodiscard]] RowState rowState(const ExchangeRecord& record);
/// What is seen of a running exchange beside its record.
struct RowActivity {
    WallTime lastByte{}; ///< when its response grew last
    double tokensPerSecond = 0;
};
/// The same with what a running exchange does just now: `waiting 41 s`, `thinking, 312 tokens,
/// 58/s`, `silent 12 s`.
[[nodiscard]] RowState rowStateAt(const ExchangeRecord& record, WallTime now,
                                  const RowActivity& activity);

/// The widest of the texts that a row often has: what a running one says at most, `thinking, 1,312
/// tokens, 158/s`, and the longest of how one ends.
[[nodiscard]] QString widestStateText(const QFontMetrics& metrics);

/// `31 ms`, `0.84 s`, `2 min 05 s`.
[[nodiscard]] QString durationText(qint64 micros);
/// `+31 ms`; `<1 ms` stands without the sign.
[[nodiscard]] QString gapText(qint64 micros);
/// `512 B`, `14.2 KiB`, `3.1 MiB`.
[[nodiscard]] QString sizeText(qint64 bytes);
/// Grouped as the locale does; an en dash for none.
[[nodiscard]] QString countText(const std::optional<qint64>& count);
/// Tokens read from the prompt cache, and after a plus those written: `47,901 +1,204`.
[[nodiscard]] QString cacheText(const Usage& usage);
/// How long each phase took, in words; what a bar of the waterfall shows.
[[nodiscard]] QString phasesText(const ExchangeRecord& record, WallTime now);
/// Local time of day, `14:03:18`.
[[nodiscard]] QString timeText(WallTime at);
/// Local time of day, with the date in front where that is another day than `now`: `11-22 14:03`.
[[nodiscard]] QString dayTimeText(WallTime at, WallTime now);
/// `2026-11-22 14:03:18`.
[[nodiscard]] QString momentText(WallTime at);
/// `just now`, `3 s ago`, `5 min ago`.
[[nodiscard]] QString agoText(WallTime at, WallTime now);
/// Host and path as a row shows them: the host only where it is not the listener itself.
[[nodiscard]] QString addressText(const ExchangeRecord& record);
/// `asked → sent` where they differ.
[[nodiscard]] QString modelText(const ExchangeRecord& record);
/// The same without the `claude-` that they all begin with, for a narrow column.
[[nodiscard]] QString shortModelText(const ExchangeRecord& record);
/// The URL as the client asked for it.
[[nodiscard]] QString urlText(const ExchangeRecord& record);
/// Time from start to end, or to `now` while it runs.
[[nodiscard]] qint64 elapsedMicros(const ExchangeRecord& record, WallTime now);

} // namespace sallyport
