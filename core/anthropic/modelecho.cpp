// SPDX-License-Identifier: MIT
#include "core/anthropic/modelecho.h"

#include "core/support/jsonstring.h"

#include <algorithm>
#include <array>

namespace sallyport {

namespace {

constexpr std::array<std::string_view, 1> kBodyPaths{"model"};
constexpr std::array<std::string_view, 2> kEventPaths{"type", "message.model"};
constexpr QByteArrayView kData("data:");

/// Replaces the string at `place`, counted from `base` in `text`.
void replaceString(QByteArray& text, qsizetype base, const JsonMemberReader::Place& place,
                   QByteArrayView value) {
    text.replace(base + place.begin, place.end - place.begin, jsonString(value));
}

bool isLineEnd(char c) { return c == '\n' || c == '\r'; }

} // namespace

ModelEcho::ModelEcho(QByteArray asked, bool isEventStream)
    : m_asked(std::move(asked)) {
    if (!isEventStream) m_body.emplace(kBodyPaths, JsonMemberReader::Repeated::First);
}

QByteArrayView ModelEcho::feed(QByteArrayView bytes) {
    if (m_isDone) return bytes;
    return m_body ? feedBody(bytes) : feedStream(bytes);
}

QByteArrayView ModelEcho::finish() {
    m_isDone = true;
    m_out = std::exchange(m_held, {});
    return m_out;
}

QByteArrayView ModelEcho::feedBody(QByteArrayView bytes) {
    m_body->feed(bytes);
    m_held.append(bytes);
    const JsonMemberReader::Place& place = m_body->place(kBodyPaths.front());
    const bool isKnown = place.end > 0 || m_body->state() != JsonMemberReader::State::Open;
    if (!isKnown && m_held.size() <= kMaxHeld) return {};
    // Neither a second `model` nor how the content is cut into pieces changes what is replaced.
    if (place.isString && place.end > 0 && place.end <= kMaxHeld)
        replaceString(m_held, 0, place, m_asked);
    return finish();
}

QByteArrayView ModelEcho::feedStream(QByteArrayView bytes) {
    m_out.clear();
    while (!bytes.isEmpty() && !m_isDone) {
        const auto end = std::find_if(bytes.begin(), bytes.end(), isLineEnd);
        const bool isWhole = end != bytes.end();
        const qsizetype taken = end - bytes.begin() + (isWhole ? 1 : 0);
        m_held.append(bytes.first(taken));
        bytes = bytes.sliced(taken);
        if (m_held.size() > kMaxHeld)
            m_isDone = true;
        else if (isWhole)
            takeLine();
    }
    if (m_isDone) m_out.append(std::exchange(m_held, {})).append(bytes);
    return m_out;
}

/// A whole line with its end.
void ModelEcho::takeLine() {
    QByteArray line = std::exchange(m_held, {});
    const bool isFirst = m_lines == 0;
    const qsizetype mark = isFirst && line.startsWith("\xef\xbb\xbf") ? 3 : 0;
    if (QByteArrayView(line).sliced(mark).startsWith(kData)) {
        const qsizetype base = mark + kData.size();
        JsonMemberReader members(kEventPaths);
        members.feed(QByteArrayView(line).sliced(base));
        if (members.text("type") == "message_start") {
            m_isDone = true;
            const JsonMemberReader::Place& place = members.place("message.model");
            if (place.isString && place.end > 0) replaceString(line, base, place, m_asked);
        }
    }
    if (++m_lines >= kMaxLines) m_isDone = true;
    m_out.append(line);
}

} // namespace sallyport
