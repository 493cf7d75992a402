// SPDX-License-Identifier: MIT
#include "core/upstream/retryafter.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>

namespace sallyport {

namespace {

using std::chrono::milliseconds;

/// 31 years; more digits than these are no number of seconds.
constexpr qsizetype kMostDigits = 9;

std::optional<milliseconds> untilDate(const QString& text, WallTime now) {
    const QLocale english(QLocale::C);
    QDateTime date = english.toDateTime(text, QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"));
    if (!date.isValid()) return std::nullopt;
    date.setTimeZone(QTimeZone::utc());
    const WallTime then{milliseconds(date.toMSecsSinceEpoch())};
    if (then <= now) return std::nullopt;
    return std::chrono::ceil<milliseconds>(then - now);
}

} // namespace

std::optional<milliseconds> retryAfter(const ResponseHead& head, WallTime now) {
    const auto field = head.fields.first("Retry-After");
    if (!field || field->isEmpty()) return std::nullopt;
    const bool isNumber =
        std::all_of(field->begin(), field->end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!isNumber) return untilDate(QString::fromLatin1(*field), now);
    if (field->size() > kMostDigits) return std::nullopt;
    const auto seconds = field->toByteArray().toLongLong();
    return seconds > 0 ? std::optional(milliseconds(std::chrono::seconds(seconds))) : std::nullopt;
}

} // namespace sallyport
