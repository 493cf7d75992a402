// SPDX-License-Identifier: MIT
#include "core/http/httpdate.h"

#include "core/support/ascii.h"

#include <QDate>

#include <array>
#include <string_view>
#include <vector>

namespace sallyport {

namespace {

constexpr std::array<const char*, 7> kDays{"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
constexpr std::array<QByteArrayView, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr qint64 kSecondsOfDay = 86400;

void appendTwoDigits(QByteArray& out, qint64 number) {
    out.append(static_cast<char>('0' + number / 10)).append(static_cast<char>('0' + number % 10));
}

/// A day of the proleptic Gregorian calendar, counted in eras of 400 years that start in March.
struct CivilDate {
    qint64 year, month, day;
};

CivilDate civilFromDays(qint64 daysSinceEpoch) {
    const qint64 days = daysSinceEpoch + 719468; // from 0000-03-01
    const qint64 era = (days >= 0 ? days : days - 146096) / 146097;
    const qint64 dayOfEra = days - era * 146097;
    const qint64 yearOfEra =
        (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const qint64 dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const qint64 shiftedMonth = (5 * dayOfYear + 2) / 153;
    const qint64 day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
    const qint64 month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
    return {yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

std::optional<int> number(QByteArrayView text, qsizetype digits) {
    if (text.size() != digits) return {};
    int value = 0;
    for (const char c : text) {
        if (!ascii::isDigit(c)) return {};
        value = value * 10 + (c - '0');
    }
    return value;
}

std::optional<int> monthOf(QByteArrayView text) {
    for (std::size_t i = 0; i < kMonths.size(); ++i)
        if (ascii::equalsIgnoreCase(text, kMonths[i])) return static_cast<int>(i) + 1;
    return {};
}

/// Of `hh:mm:ss`; 60 is a leap second.
std::optional<int> secondOfDay(QByteArrayView text) {
    if (text.size() != 8 || text[2] != ':' || text[5] != ':') return {};
    const auto hour = number(text.first(2), 2);
    const auto minute = number(text.sliced(3, 2), 2);
    const auto second = number(text.sliced(6), 2);
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60) return {};
    return (*hour * 60 + *minute) * 60 + *second;
}

std::optional<qint64> secondsOf(std::optional<int> year, std::optional<int> month,
                                std::optional<int> day, QByteArrayView time) {
    const auto second = secondOfDay(time);
    if (!year || !month || !day || !second) return {};
    const QDate date(*year, *month, *day);
    if (!date.isValid()) return {};
    static const qint64 kEpochDay = QDate(1970, 1, 1).toJulianDay();
    return (date.toJulianDay() - kEpochDay) * kSecondsOfDay + *second;
}

/// RFC 9110 5.6.7 speaks of the time of receipt; a fixed middle keeps this a pure function.
int centuryYear(int twoDigits) {
    constexpr int kNewestShortYear = 76;
    return twoDigits > kNewestShortYear ? 1900 + twoDigits : 2000 + twoDigits;
}

/// Between single blanks: two in a row have an empty word between them.
std::vector<QByteArrayView> words(QByteArrayView text) {
    constexpr std::size_t kUsual = 6;
    std::vector<QByteArrayView> out;
    out.reserve(kUsual);
    qsizetype from = 0;
    for (qsizetype i = 0; i <= text.size(); ++i) {
        if (i < text.size() && text[i] != ' ') continue;
        out.push_back(text.sliced(from, i - from));
        from = i + 1;
    }
    return out;
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`
std::optional<qint64> fixdate(const std::vector<QByteArrayView>& part) {
    if (!ascii::equalsIgnoreCase(part[5], "GMT")) return {};
    return secondsOf(number(part[3], 4), monthOf(part[2]), number(part[1], 2), part[4]);
}

/// `Sunday, 06-Nov-94 08:49:37 GMT`
std::optional<qint64> rfc850Date(const std::vector<QByteArrayView>& part) {
    const QByteArrayView date = part[1];
    if (!ascii::equalsIgnoreCase(part[3], "GMT")) return {};
    if (date.size() != 9 || date[2] != '-' || date[6] != '-') return {};
    const auto year = number(date.sliced(7), 2);
    if (!year) return {};
    return secondsOf(centuryYear(*year), monthOf(date.sliced(3, 3)), number(date.first(2), 2),
                     part[2]);
}

/// `Sun Nov  6 08:49:37 1994`
std::optional<qint64> asctimeDate(const std::vector<QByteArrayView>& part) {
    const auto day = number(part[2], part[2].size() == 1 ? 1 : 2);
    return secondsOf(number(part[4], 4), monthOf(part[1]), day, part[3]);
}

QByteArray dateText(qint64 secondsSinceEpoch) {
    qint64 days = secondsSinceEpoch / kSecondsOfDay;
    qint64 second = secondsSinceEpoch % kSecondsOfDay;
    if (second < 0) {
        second += kSecondsOfDay;
        --days;
    }
    const CivilDate date = civilFromDays(days);
    const auto weekday = static_cast<std::size_t>((days % 7 + 7) % 7);
    QByteArray out;
    out.reserve(29);
    out.append(kDays[weekday]).append(", ");
    appendTwoDigits(out, date.day);
    out.append(' ').append(kMonths[static_cast<std::size_t>(date.month - 1)]).append(' ');
    appendTwoDigits(out, date.year / 100 % 100);
    appendTwoDigits(out, date.year % 100);
    out.append(' ');
    appendTwoDigits(out, second / 3600);
    out.append(':');
    appendTwoDigits(out, second / 60 % 60);
    out.append(':');
    appendTwoDigits(out, second % 60);
    return out.append(" GMT");
}

} // namespace

QByteArray httpDate(qint64 secondsSinceEpoch) {
    // Worked out once a second, not once a response.
    thread_local qint64 second = -1;
    thread_local QByteArray text;
    if (second != secondsSinceEpoch || text.isEmpty()) {
        text = dateText(secondsSinceEpoch);
        second = secondsSinceEpoch;
    }
    return text;
}

std::optional<qint64> parseHttpDate(QByteArrayView text) {
    std::vector<QByteArrayView> part = words(text);
    const bool hasComma = !part.empty() && part.front().endsWith(',');
    if (part.size() == 6 && hasComma) return fixdate(part);
    if (part.size() == 4 && hasComma) return rfc850Date(part);
    // A day of one digit has a second blank in front.
    if (part.size() == 6 && part[2].isEmpty() && part[3].size() == 1) part.erase(part.begin() + 2);
    if (part.size() == 5 && !hasComma) return asctimeDate(part);
    return {};
}

} // namespace sallyport
