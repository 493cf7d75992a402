// SPDX-License-Identifier: MIT
#include "core/http/serialiser.h"

#include <array>
#include <charconv>
#include <cstring>

namespace sallyport {

namespace {

constexpr qsizetype kStartLineRoom = 64;

qsizetype bytesOf(const FieldList& fields) {
    qsizetype bytes = 2;
    for (const FieldView field : fields)
        bytes += field.name.size() + field.value.size() + 4;
    return bytes;
}

void appendFields(QByteArray& out, const FieldList& fields) {
    // One growth and plain copies: this runs twice in every exchange.
    const qsizetype at = out.size();
    out.resize(at + bytesOf(fields));
    char* to = out.data() + at;
    const auto put = [&to](QByteArrayView bytes) {
        if (bytes.isEmpty()) return;
        std::memcpy(to, bytes.data(), static_cast<std::size_t>(bytes.size()));
        to += bytes.size();
    };
    for (const FieldView field : fields) {
        put(field.name);
        put(": ");
        put(field.value);
        put("\r\n");
    }
    put("\r\n");
}

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

} // namespace

void appendRequestHead(QByteArray& out, QByteArrayView method, QByteArrayView target,
                       const FieldList& fields) {
    out.reserve(out.size() + method.size() + target.size() + kStartLineRoom + bytesOf(fields));
    out.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    appendFields(out, fields);
}

void appendResponseHead(QByteArray& out, int status, QByteArrayView reason,
                        const FieldList& fields) {
    Q_ASSERT(status >= 100 && status <= 999);
    out.reserve(out.size() + reason.size() + kStartLineRoom + bytesOf(fields));
    out.append("HTTP/1.1 ").append(static_cast<char>('0' + status / 100));
    appendTwoDigits(out, status % 100);
    out.append(' ').append(reason).append("\r\n");
    appendFields(out, fields);
}

void appendChunkStart(QByteArray& out, qsizetype size) {
    Q_ASSERT(size > 0);
    std::array<char, 2 * sizeof(qsizetype)> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), size, 16);
    out.append(digits.data(), written.ptr - digits.data()).append("\r\n");
}

void appendLastChunk(QByteArray& out, const FieldList& trailers) {
    out.append("0\r\n");
    appendFields(out, trailers);
}

QByteArray httpDate(qint64 secondsSinceEpoch) {
    static constexpr std::array<const char*, 7> kDays{"Thu", "Fri", "Sat", "Sun",
                                                      "Mon", "Tue", "Wed"};
    static constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    constexpr qint64 kSecondsOfDay = 86400;
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

} // namespace sallyport
