// SPDX-License-Identifier: MIT
#include "core/anthropic/modelrename.h"

#include "core/support/jsonstring.h"

#include <array>

namespace sallyport {

namespace {

constexpr std::array<std::string_view, 1> kPaths{"model"};

/// Whether `text` is `pattern` with something in place of each `*`. The latest `*` takes what it
/// must: going back to an earlier one never helps.
bool fits(QByteArrayView pattern, QByteArrayView text) {
    qsizetype p = 0;
    qsizetype t = 0;
    qsizetype star = -1;
    qsizetype starText = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            starText = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star >= 0) {
            p = star + 1;
            t = ++starText;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

} // namespace

std::optional<QByteArray> renamedModel(std::span<const ModelRule> rules, QByteArrayView model) {
    for (const auto& [pattern, name] : rules)
        if (fits(pattern, model)) return name;
    return std::nullopt;
}

ModelRename::ModelRename(std::span<const ModelRule> rules)
    : m_rules(rules)
    , m_members(kPaths) {}

QByteArrayView ModelRename::feed(QByteArrayView bytes) {
    if (m_state == State::Twice || m_state == State::TooFar) return {};
    m_members.feed(bytes);
    const JsonMemberReader::Place& place = m_members.place(kPaths.front());
    if (place.times > 1) {
        m_state = State::Twice;
        m_held.clear();
        return {};
    }
    if (m_state == State::Passing) {
        m_held.clear();
        return bytes;
    }
    m_held.append(bytes);
    const bool isKnown = place.end > 0 || (place.times > 0 && !place.isString) ||
                         m_members.state() != JsonMemberReader::State::Open;
    if (isKnown) {
        decide();
        return m_held;
    }
    if (m_held.size() <= kMaxHeld) return {};
    m_state = State::TooFar;
    m_held.clear();
    return {};
}

QByteArrayView ModelRename::finish() {
    if (m_state != State::Looking) return {};
    decide();
    return m_held;
}

void ModelRename::decide() {
    m_state = State::Passing;
    const JsonMemberReader::Place& place = m_members.place(kPaths.front());
    if (!place.isString || place.end == 0) return;
    const QByteArray model = m_members.text(kPaths.front());
    const auto name = renamedModel(m_rules, model);
    if (!name) return;
    const QByteArray written = jsonString(*name);
    m_held.replace(place.begin, place.end - place.begin, written);
    m_growth = written.size() - (place.end - place.begin);
    m_asked = model;
    m_sent = *name;
}

} // namespace sallyport
