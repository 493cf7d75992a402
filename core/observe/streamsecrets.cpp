// SPDX-License-Identifier: MIT
#include "core/observe/streamsecrets.h"

#include "core/anthropic/jsonmemberreader.h"
#include "core/secrets/redact.h"
#include "core/secrets/secretspans.h"
#include "core/support/jsonstring.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace sallyport {

namespace {

constexpr std::array<std::string_view, 3> kPaths{"delta.text", "delta.thinking",
                                                 "delta.partial_json"};

/// The texts of the deltas of a stream, one after the other.
class DeltaTexts {
public:
    explicit DeltaTexts(QByteArrayView stream)
        : m_stream(stream) {
        qsizetype at = 0;
        while (at < stream.size())
            at = takeLine(at);
        takeEvent();
    }
    /// Where the texts of the deltas stand that show a secret only with those beside them.
    [[nodiscard]] SecretSpans split() const;

private:
    struct Delta {
        qsizetype from = 0; ///< in the stream, between the quotes
        qsizetype to = 0;
        qsizetype start = 0; ///< in m_text
        qsizetype end = 0;
    };
    using Place = std::pair<qsizetype, qsizetype>; ///< of a secret in m_text
    /// Where a line of data stands in the data of its event, and in the stream.
    struct Line {
        qsizetype at = 0;
        qsizetype from = 0;
        qsizetype size = 0;
    };

    qsizetype takeLine(qsizetype at);
    void takeEvent();
    void takeDelta(qsizetype begin, qsizetype end);
    [[nodiscard]] bool isFoundAlone(const Delta& delta, const Place& place) const;

    QByteArrayView m_stream;
    QByteArray m_data; ///< of the event that is being read
    std::vector<Line> m_lines;
    QByteArray m_text;
    std::vector<Delta> m_deltas;
};

/// WHATWG HTML 9.2.6. Returns where the next line starts.
qsizetype DeltaTexts::takeLine(qsizetype at) {
    qsizetype end = at;
    while (end < m_stream.size() && m_stream[end] != '\n' && m_stream[end] != '\r')
        ++end;
    const QByteArrayView line = m_stream.sliced(at, end - at);
    if (line.isEmpty()) {
        takeEvent();
    } else if (line.startsWith("data:")) {
        const qsizetype skipped = line.startsWith("data: ") ? 6 : 5;
        if (!m_lines.empty()) m_data += '\n';
        m_lines.push_back({m_data.size(), at + skipped, line.size() - skipped});
        m_data += line.sliced(skipped);
    }
    const bool isCrLf = m_stream.sliced(end).startsWith("\r\n");
    return end + (isCrLf ? 2 : 1);
}

void DeltaTexts::takeEvent() {
    JsonMemberReader members(kPaths);
    members.feed(m_data);
    for (const std::string_view path : kPaths) {
        const JsonMemberReader::Place& place = members.place(path);
        if (place.isString && place.end - place.begin > 2) takeDelta(place.begin, place.end);
    }
    // Another block begins a text of its own.
    if (m_data.contains("content_block_stop")) m_text += '\n';
    m_data.clear();
    m_lines.clear();
}

/// `begin`, `end`: of its string in the data of the event, with the quotes.
void DeltaTexts::takeDelta(qsizetype begin, qsizetype end) {
    const auto line = std::find_if(m_lines.begin(), m_lines.end(), [&](const Line& each) {
        return begin >= each.at && end <= each.at + each.size;
    });
    if (line == m_lines.end()) return; // no JSON: a string has no line break
    const qsizetype start = m_text.size();
    m_text += decodedJsonString(QByteArrayView(m_data).sliced(begin, end - begin));
    const qsizetype shift = line->from - line->at;
    m_deltas.push_back({begin + 1 + shift, end - 1 + shift, start, m_text.size()});
}

bool DeltaTexts::isFoundAlone(const Delta& delta, const Place& place) const {
    SecretSpans found;
    findContentSecrets(QByteArrayView(m_text).sliced(delta.start, delta.end - delta.start), found);
    const auto places = found.places();
    return std::any_of(places.begin(), places.end(), [&](const Place& each) {
        return each.first + delta.start <= place.first && each.second + delta.start >= place.second;
    });
}

SecretSpans DeltaTexts::split() const {
    SecretSpans found;
    findContentSecrets(m_text, found);
    SecretSpans out;
    for (const Place& place : found.places()) {
        auto delta =
            std::upper_bound(m_deltas.begin(), m_deltas.end(), place.first,
                             [](qsizetype at, const Delta& each) { return at < each.end; });
        const bool isInOne = delta == m_deltas.end() || place.second <= delta->end;
        if (isInOne && (delta == m_deltas.end() || isFoundAlone(*delta, place))) continue;
        for (; delta != m_deltas.end() && delta->start < place.second; ++delta)
            out.add(delta->from, delta->to, false);
    }
    return out;
}

} // namespace

QByteArray withoutSplitSecrets(const QByteArray& stream) {
    return DeltaTexts(stream).split().masked(stream).value_or(stream);
}

} // namespace sallyport
