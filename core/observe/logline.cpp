// SPDX-License-Identifier: MIT
#include "core/observe/logline.h"

#include "core/support/visibletext.h"

#include <QString>

#include <algorithm>
#include <array>
#include <charconv>

namespace sallyport::log {

namespace {

constexpr char kHex[] = "0123456789abcdef";

/// Whether a value may stand without quotes. Without an early end: the compiler makes wide compares
/// of it.
bool isPlain(QByteArrayView value) {
    unsigned other = 0;
    for (const char c : value)
        other |= static_cast<unsigned>(c < '!') | static_cast<unsigned>(c > '~') |
                 static_cast<unsigned>(c == '"') | static_cast<unsigned>(c == '\\');
    return other == 0 && !value.isEmpty();
}

/// Appends ` key=` and `value` in one step; each append of QByteArray alone costs as much.
void appendPlainPair(QByteArray& out, std::string_view key, QByteArrayView value) {
    const qsizetype at = out.size();
    const auto keySize = static_cast<qsizetype>(key.size());
    out.resize(at + keySize + value.size() + 2);
    char* to = out.data() + at;
    *to++ = ' ';
    to = std::copy_n(key.data(), keySize, to);
    *to++ = '=';
    std::copy_n(value.data(), value.size(), to);
}

void appendEscape(QByteArray& out, char16_t c) {
    switch (c) {
    case u'\n': out += "\\n"; return;
    case u'\r': out += "\\r"; return;
    case u'\t': out += "\\t"; return;
    default: break;
    }
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
        out += kHex[(c >> shift) & 0xf];
}

void appendQuoted(QByteArray& out, QByteArrayView value) {
    out += '"';
    // Bytes that are no UTF-8 become U+FFFD here.
    const QString text = QString::fromUtf8(value);
    qsizetype plainFrom = 0;
    const auto appendPlain = [&](qsizetype to) {
        if (to > plainFrom) out += QStringView(text).sliced(plainFrom, to - plainFrom).toUtf8();
        plainFrom = to + 1;
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == u'"' || c == u'\\') {
            appendPlain(i);
            out += '\\';
            out += c.toLatin1();
        } else if (needsEscape(c.unicode())) {
            appendPlain(i);
            appendEscape(out, c.unicode());
        }
    }
    appendPlain(text.size());
    out += '"';
}

void appendDigits(QByteArray& out, unsigned value, int width) {
    std::array<char, 10> digits{};
    for (int i = width; i-- > 0; value /= 10)
        digits[static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
    out.append(digits.data(), width);
}

QByteArray secondsText(std::chrono::sys_seconds at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(at - day);
    QByteArray out;
    appendDigits(out, static_cast<unsigned>(int(date.year())), 4);
    out += '-';
    appendDigits(out, unsigned(date.month()), 2);
    out += '-';
    appendDigits(out, unsigned(date.day()), 2);
    out += 'T';
    appendDigits(out, static_cast<unsigned>(time.hours().count()), 2);
    out += ':';
    appendDigits(out, static_cast<unsigned>(time.minutes().count()), 2);
    out += ':';
    appendDigits(out, static_cast<unsigned>(time.seconds().count()), 2);
    return out;
}

} // namespace

void appendTimestamp(QByteArray& out, WallTime at) {
    // The calendar is worked out once a second, not once a line.
    thread_local std::chrono::sys_seconds second{std::chrono::seconds(-1)};
    thread_local QByteArray text;
    const auto now = std::chrono::floor<std::chrono::seconds>(at);
    if (now != second || text.isEmpty()) {
        text = secondsText(now);
        second = now;
    }
    out += text;
    out += '.';
    const auto rest = std::chrono::floor<std::chrono::milliseconds>(at - now);
    appendDigits(out, static_cast<unsigned>(rest.count()), 3);
    out += 'Z';
}

std::string_view levelWord(Level level) {
    switch (level) {
    case Level::Trace: return "trace";
    case Level::Debug: return "debug";
    case Level::Info: return "info";
    case Level::Warn: return "warn";
    case Level::Error: return "error";
    }
    return "error";
}

void appendPair(QByteArray& out, std::string_view key, QByteArrayView value) {
    if (isPlain(value)) {
        appendPlainPair(out, key, value);
        return;
    }
    appendPlainPair(out, key, {});
    appendQuoted(out, value);
}

void appendPair(QByteArray& out, std::string_view key, const QString& value) {
    // Names of routes and hosts are short ASCII nearly always: no allocation for those.
    std::array<char, 128> bytes{};
    const bool isShortAscii =
        value.size() <= static_cast<qsizetype>(bytes.size()) &&
        std::all_of(value.begin(), value.end(), [](QChar c) { return c.unicode() < 0x80; });
    if (!isShortAscii) {
        appendPair(out, key, QByteArrayView(value.toUtf8()));
        return;
    }
    std::transform(value.begin(), value.end(), bytes.begin(), [](QChar c) { return c.toLatin1(); });
    appendPair(out, key, QByteArrayView(bytes.data(), value.size()));
}

void appendPair(QByteArray& out, std::string_view key, qint64 value) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    appendPlainPair(out, key, QByteArrayView(digits.data(), end - digits.data()));
}

} // namespace sallyport::log
