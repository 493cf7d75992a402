// SPDX-License-Identifier: MIT
#include "core/anthropic/usage.h"

#include <nlohmann/json.hpp>

namespace sallyport {

namespace {

constexpr qsizetype kMaxCaptured = 256;
constexpr QByteArrayView kByteOrderMark("\xef\xbb\xbf");

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

qsizetype backslashesBefore(QByteArrayView text, qsizetype end, qsizetype from) {
    qsizetype at = end;
    while (at > from && text[at - 1] == '\\')
        --at;
    return end - at;
}

QByteArray unescaped(const QByteArray& inner) {
    if (!inner.contains('\\')) return inner;
    const auto json = nlohmann::json::parse('"' + inner.toStdString() + '"', nullptr, false);
    return json.is_string() ? QByteArray::fromStdString(json.get<std::string>()) : QByteArray();
}

} // namespace

void MessagesRequestReader::skipBlanks(QByteArrayView text, qsizetype& at) const {
    while (at < text.size() && isBlank(text[at]))
        ++at;
}

void MessagesRequestReader::feed(QByteArrayView bytes) {
    qsizetype at = 0;
    while (at < bytes.size() && m_state != State::Done) {
        switch (m_state) {
        case State::InKey:
        case State::InString:
        case State::InNestedString: takeString(bytes, at); break;
        case State::InLiteral: takeLiteral(bytes, at); break;
        case State::InNested: takeNested(bytes, at); break;
        case State::BeforeObject:
        case State::BeforeKey:
        case State::BeforeColon:
        case State::BeforeValue:
        case State::AfterValue:
            skipBlanks(bytes, at);
            if (at < bytes.size()) takeStructural(bytes[at++]);
            break;
        case State::Done: return;
        }
    }
}

void MessagesRequestReader::takeStructural(char c) {
    // What does not fit is wrong JSON: nothing behind it is believed.
    State next = State::Done;
    if (m_state == State::BeforeValue) {
        startValue(c);
        return;
    }
    if (m_state == State::BeforeObject && c == '{') next = State::BeforeKey;
    if (m_state == State::BeforeObject && kByteOrderMark.contains(c)) next = State::BeforeObject;
    if (m_state == State::BeforeKey && c == '"') next = State::InKey;
    if (m_state == State::BeforeColon && c == ':') next = State::BeforeValue;
    if (m_state == State::AfterValue && c == ',') next = State::BeforeKey;
    m_captured.clear();
    m_state = next;
}

void MessagesRequestReader::startValue(char c) {
    m_captured.clear();
    // Of a member that stands twice the last one counts, also when it is no string or no truth.
    if (m_key == "model") m_facts.model.clear();
    if (m_key == "stream") m_facts.wantsStream = false;
    if (c == '"') {
        m_state = State::InString;
    } else if (c == '{' || c == '[') {
        m_depth = 1;
        m_state = State::InNested;
    } else {
        capture(QByteArrayView(&c, 1));
        m_state = State::InLiteral;
    }
}

void MessagesRequestReader::capture(QByteArrayView bytes) {
    m_captured.append(bytes.first(qMin(bytes.size(), kMaxCaptured - m_captured.size())));
}

/// The closing quote at or behind `from`, -1 when it has not come yet.
qsizetype MessagesRequestReader::stringEnd(QByteArrayView text, qsizetype from) {
    if (m_isEscaped && from < text.size()) {
        m_isEscaped = false;
        ++from;
    }
    while (true) {
        const qsizetype quote = text.indexOf('"', from);
        const qsizetype end = quote < 0 ? text.size() : quote;
        const bool isEscape = backslashesBefore(text, end, from) % 2 == 1;
        if (quote < 0) {
            m_isEscaped = isEscape;
            return -1;
        }
        if (!isEscape) return quote;
        from = quote + 1;
    }
}

void MessagesRequestReader::takeString(QByteArrayView text, qsizetype& at) {
    const qsizetype quote = stringEnd(text, at);
    const qsizetype end = quote < 0 ? text.size() : quote;
    if (m_state != State::InNestedString) capture(text.sliced(at, end - at));
    at = quote < 0 ? end : end + 1;
    if (quote >= 0) endString();
}

void MessagesRequestReader::endString() {
    if (m_state == State::InNestedString) {
        m_state = State::InNested;
        return;
    }
    if (m_state == State::InKey) {
        m_key = unescaped(m_captured);
        m_state = State::BeforeColon;
        return;
    }
    if (m_key == "model") m_facts.model = unescaped(m_captured);
    m_state = State::AfterValue;
}

void MessagesRequestReader::takeLiteral(QByteArrayView text, qsizetype& at) {
    qsizetype end = at;
    while (end < text.size() && text[end] != ',' && text[end] != '}' && !isBlank(text[end]))
        ++end;
    capture(text.sliced(at, end - at));
    at = end;
    if (end < text.size()) endLiteral();
}

void MessagesRequestReader::endLiteral() {
    if (m_key == "stream") m_facts.wantsStream = m_captured == "true";
    m_state = State::AfterValue;
}

void MessagesRequestReader::takeNested(QByteArrayView text, qsizetype& at) {
    while (at < text.size()) {
        const char c = text[at++];
        if (c == '"') {
            m_state = State::InNestedString;
            return;
        }
        if (c == '{' || c == '[') ++m_depth;
        if ((c == '}' || c == ']') && --m_depth == 0) {
            m_state = State::AfterValue;
            return;
        }
    }
}

MessagesRequestSummary readMessagesRequest(QByteArrayView json) {
    MessagesRequestReader reader;
    reader.feed(json);
    return reader.facts();
}

} // namespace sallyport
