// SPDX-License-Identifier: MIT
#include "core/anthropic/jsonmemberreader.h"

#include "core/support/jsonlimits.h"
#include "core/support/jsonstring.h"

#include <QString>

#include <algorithm>
#include <cmath>
#include <utility>

namespace sallyport {

namespace {

constexpr QByteArrayView kByteOrderMark("\xef\xbb\xbf");

std::string_view viewOf(const QByteArray& bytes) {
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

qsizetype backslashesBefore(QByteArrayView bytes, qsizetype end, qsizetype from) {
    qsizetype at = end;
    while (at > from && bytes[at - 1] == '\\')
        --at;
    return end - at;
}

/// Whether `path` is `object` or stands below it.
bool isAtOrBelow(std::string_view path, std::string_view object) {
    return path.starts_with(object) && (path.size() == object.size() || path[object.size()] == '.');
}

bool isLiteralStart(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == 't' || c == 'f' || c == 'n';
}

bool endsLiteral(char c) { return c == ',' || c == '}' || c == ']' || isJsonWhitespace(c); }

} // namespace

JsonMemberReader::State JsonMemberReader::state() const {
    switch (m_step) {
    case Step::AfterObject: return State::Whole;
    case Step::Malformed: return State::Malformed;
    case Step::TooDeep: return State::TooDeep;
    case Step::BeforeObject:
    case Step::BeforeFirstName:
    case Step::BeforeName:
    case Step::InName:
    case Step::BeforeColon:
    case Step::BeforeValue:
    case Step::InString:
    case Step::InLiteral:
    case Step::InSkipped:
    case Step::InSkippedString:
    case Step::AfterValue: return State::Open;
    }
    Q_UNREACHABLE();
}

const JsonMemberReader::Value& JsonMemberReader::valueAt(std::string_view path) const {
    const auto found = std::find(m_paths.begin(), m_paths.end(), path);
    Q_ASSERT(found != m_paths.end());
    return m_values[static_cast<std::size_t>(found - m_paths.begin())];
}

QByteArray JsonMemberReader::text(std::string_view path) const {
    const Value& value = valueAt(path);
    if (value.kind != Value::Kind::String) return {};
    // Through UTF-16 and back: bytes that are not UTF-8 become U+FFFD.
    return QString::fromUtf8(decodedJsonString(QByteArray('"' + value.text + '"'))).toUtf8();
}

std::optional<qint64> JsonMemberReader::count(std::string_view path) const {
    const Value& value = valueAt(path);
    if (value.kind != Value::Kind::Literal || value.text.startsWith('-')) return {};
    bool isCount = false;
    const qint64 number = value.text.toLongLong(&isCount);
    if (isCount) return number;
    // `12.0` and `1.2e1` are the same number for the clients.
    constexpr double kMaxExact = 9007199254740992; // 2^53
    const double real = value.text.toDouble(&isCount);
    if (!isCount || real > kMaxExact || std::trunc(real) != real) return {};
    return static_cast<qint64>(real);
}

void JsonMemberReader::feed(QByteArrayView bytes) {
    const qint64 fed = m_offset;
    for (qsizetype at = 0; at < bytes.size(); m_offset = fed + at) {
        switch (m_step) {
        case Step::InName:
        case Step::InString:
        case Step::InSkippedString: takeString(bytes, at); break;
        case Step::InLiteral: takeLiteral(bytes, at); break;
        case Step::InSkipped: takeSkipped(bytes, at); break;
        case Step::BeforeObject:
        case Step::BeforeFirstName:
        case Step::BeforeName:
        case Step::BeforeColon:
        case Step::BeforeValue:
        case Step::AfterValue:
        case Step::AfterObject:
            if (!isJsonWhitespace(bytes[at])) takeStructural(bytes[at]);
            ++at;
            break;
        case Step::Malformed:
        case Step::TooDeep: return;
        }
    }
}

void JsonMemberReader::takeStructural(char c) {
    if (m_step == Step::BeforeValue) {
        takeValueStart(c);
        return;
    }
    const Step step = std::exchange(m_step, Step::Malformed);
    const bool isMember = step == Step::BeforeFirstName || step == Step::BeforeName;
    if (step == Step::BeforeObject && c == '{') {
        openNested(true);
    } else if (step == Step::BeforeObject && kByteOrderMark.contains(c)) {
        m_step = Step::BeforeObject;
    } else if (isMember && c == '"') {
        m_captured.clear();
        m_step = Step::InName;
    } else if (step == Step::BeforeColon && c == ':') {
        m_step = Step::BeforeValue;
    } else if (step == Step::AfterValue && c == ',') {
        m_step = Step::BeforeName;
    } else if ((step == Step::AfterValue || step == Step::BeforeFirstName) && c == '}') {
        closeObject();
    }
}

void JsonMemberReader::takeValueStart(char c) {
    m_captured.clear();
    m_isKept = false;
    bool holdsPaths = false;
    for (std::size_t i = 0; i < m_paths.size(); ++i) {
        if (!isAtOrBelow(m_paths[i], viewOf(m_member))) continue;
        const int times = m_values[i].place.times;
        if (m_counts == Repeated::First && times > 0) {
            ++m_values[i].place.times;
            continue;
        }
        // Of a member that stands twice the last one counts, with all that is inside of it.
        m_values[i] = {};
        const bool isHere = m_paths[i].size() == static_cast<std::size_t>(m_member.size());
        if (isHere) m_values[i].place = {times + 1, c == '"', m_offset, 0};
        m_isKept = m_isKept || isHere;
        holdsPaths = holdsPaths || !isHere;
    }
    if (c == '"') {
        m_step = Step::InString;
    } else if (c == '{' || c == '[') {
        openNested(c == '{' && holdsPaths);
    } else if (isLiteralStart(c)) {
        capture(QByteArrayView(&c, 1));
        m_step = Step::InLiteral;
    } else {
        m_step = Step::Malformed;
    }
}

/// An object whose members are looked at, or a value that is skipped.
void JsonMemberReader::openNested(bool isLookedInto) {
    if (isLookedInto) m_object = m_member;
    m_step = isLookedInto ? Step::BeforeFirstName : Step::InSkipped;
    m_skippedFrom = m_depth++;
}

void JsonMemberReader::closeObject() {
    --m_depth;
    m_step = m_depth == 0 ? Step::AfterObject : Step::AfterValue;
    m_object.truncate(std::max<qsizetype>(0, m_object.lastIndexOf('.')));
}

void JsonMemberReader::capture(QByteArrayView bytes) {
    m_captured.append(bytes.first(std::min(bytes.size(), kMaxCaptured - m_captured.size())));
}

/// Where the closing quote stands, from `from` on; -1 when it has not come yet.
qsizetype JsonMemberReader::stringEnd(QByteArrayView bytes, qsizetype from) {
    if (std::exchange(m_isEscaped, false)) ++from;
    while (true) {
        const qsizetype quote = bytes.indexOf('"', from);
        const qsizetype end = quote < 0 ? bytes.size() : quote;
        const bool isEscape = backslashesBefore(bytes, end, from) % 2 == 1;
        if (quote < 0) {
            m_isEscaped = isEscape;
            return -1;
        }
        if (!isEscape) return quote;
        from = quote + 1;
    }
}

void JsonMemberReader::takeString(QByteArrayView bytes, qsizetype& at) {
    const qsizetype quote = stringEnd(bytes, at);
    const qsizetype end = quote < 0 ? bytes.size() : quote;
    if (m_step == Step::InName || (m_step == Step::InString && m_isKept))
        capture(bytes.sliced(at, end - at));
    m_offset -= at;
    at = quote < 0 ? end : end + 1;
    m_offset += at;
    if (quote >= 0) endString();
}

void JsonMemberReader::endString() {
    if (m_step == Step::InSkippedString) {
        m_step = Step::InSkipped;
        return;
    }
    if (m_step == Step::InString) {
        keepMember(Value::Kind::String);
        return;
    }
    m_step = Step::BeforeColon;
    const QByteArray name = decodedJsonString(QByteArray('"' + m_captured + '"'));
    // A name with a dot in it is not two names; no path begins with one.
    if (name.contains('.'))
        m_member = ".";
    else
        m_member = m_object.isEmpty() ? name : QByteArray(m_object + '.' + name);
}

void JsonMemberReader::takeLiteral(QByteArrayView bytes, qsizetype& at) {
    qsizetype end = at;
    while (end < bytes.size() && !endsLiteral(bytes[end]))
        ++end;
    capture(bytes.sliced(at, end - at));
    m_offset += end - at;
    at = end;
    if (end < bytes.size()) keepMember(Value::Kind::Literal);
}

void JsonMemberReader::keepMember(Value::Kind kind) {
    m_step = Step::AfterValue;
    if (!m_isKept) return;
    const auto found = std::find(m_paths.begin(), m_paths.end(), viewOf(m_member));
    Value& value = m_values[static_cast<std::size_t>(found - m_paths.begin())];
    value.kind = kind;
    value.text = m_captured;
    value.place.end = m_offset;
}

void JsonMemberReader::takeSkipped(QByteArrayView bytes, qsizetype& at) {
    while (at < bytes.size()) {
        const char c = bytes[at++];
        if (c == '"') {
            const qsizetype quote = stringEnd(bytes, at);
            at = quote < 0 ? bytes.size() : quote + 1;
            if (quote < 0) m_step = Step::InSkippedString;
            continue;
        }
        if ((c == '{' || c == '[') && ++m_depth > kMaxJsonDepth) {
            m_step = Step::TooDeep;
            return;
        }
        if ((c == '}' || c == ']') && --m_depth == m_skippedFrom) {
            m_step = Step::AfterValue;
            return;
        }
    }
}

} // namespace sallyport
