// SPDX-License-Identifier: MIT
#include "core/observe/streamsecrets.h"

#include "core/anthropic/jsonmemberreader.h"
#include "core/secrets/redact.h"
#include "core/secrets/secretspans.h"
#include "core/support/jsonstring.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

namespace sallyport {

namespace {

constexpr std::array<std::string_view, 3> kTexts{"delta.text", "delta.thinking",
                                                 "delta.partial_json"};
constexpr std::array<std::string_view, 5> kPaths{kTexts[0], kTexts[1], kTexts[2], "type", "index"};
constexpr QByteArrayView kByteOrderMark("\xEF\xBB\xBF");

/// The texts of the deltas of a stream, those of each content block one after the other.
class DeltaTexts {
public:
    explicit DeltaTexts(QByteArrayView stream)
        : m_stream(stream) {
        qsizetype at = stream.startsWith(kByteOrderMark) ? kByteOrderMark.size() : 0;
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
        qsizetype start = 0; ///< in the text of its block
        qsizetype end = 0;
    };
    struct Block {
        QByteArray text;
        std::vector<Delta> deltas;
    };
    using Place = std::pair<qsizetype, qsizetype>; ///< of a secret in the text of a block
    /// Where a line of data stands in the data of its event, and in the stream.
    struct Line {
        qsizetype at = 0;
        qsizetype from = 0;
        qsizetype size = 0;
    };

    qsizetype takeLine(qsizetype at);
    void takeEvent();
    void takeDelta(Block& block, qsizetype begin, qsizetype end);
    [[nodiscard]] Block& blockAt(qint64 index);
    static void addSplit(const Block& block, SecretSpans& out);
    [[nodiscard]] static bool isFoundAlone(const Block& block, const Delta& delta,
                                           const Place& place);

    QByteArrayView m_stream;
    QByteArray m_data; ///< of the event that is being read
    std::vector<Line> m_lines;
    std::vector<Block> m_blocks;
    std::map<qint64, std::size_t> m_open; ///< by index: the place in m_blocks
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
    constexpr qint64 kNoIndex = -1;
    const qint64 index = members.count("index").value_or(kNoIndex);
    for (const std::string_view path : kTexts) {
        const JsonMemberReader::Place& place = members.place(path);
        if (place.isString && place.end - place.begin > 2)
            takeDelta(blockAt(index), place.begin, place.end);
    }
    // What comes after that is a text of its own.
    if (members.text("type") == "content_block_stop") {
        if (index == kNoIndex)
            m_open.clear();
        else
            m_open.erase(index);
    }
    m_data.clear();
    m_lines.clear();
}

/// The blocks of a message may come at the same time.
DeltaTexts::Block& DeltaTexts::blockAt(qint64 index) {
    const auto [open, isNew] = m_open.try_emplace(index, m_blocks.size());
    if (isNew) m_blocks.emplace_back();
    return m_blocks[open->second];
}

/// `begin`, `end`: of its string in the data of the event, with the quotes.
void DeltaTexts::takeDelta(Block& block, qsizetype begin, qsizetype end) {
    const auto line = std::find_if(m_lines.begin(), m_lines.end(), [&](const Line& each) {
        return begin >= each.at && end <= each.at + each.size;
    });
    if (line == m_lines.end()) return; // no JSON: a string has no line break
    const qsizetype start = block.text.size();
    block.text += decodedJsonString(QByteArrayView(m_data).sliced(begin, end - begin));
    const qsizetype shift = line->from - line->at;
    block.deltas.push_back({begin + 1 + shift, end - 1 + shift, start, block.text.size()});
}

bool DeltaTexts::isFoundAlone(const Block& block, const Delta& delta, const Place& place) {
    SecretSpans found;
    findContentSecrets(QByteArrayView(block.text).sliced(delta.start, delta.end - delta.start),
                       found);
    const auto places = found.places();
    return std::any_of(places.begin(), places.end(), [&](const Place& each) {
        return each.first + delta.start <= place.first && each.second + delta.start >= place.second;
    });
}

void DeltaTexts::addSplit(const Block& block, SecretSpans& out) {
    SecretSpans found;
    findContentSecrets(block.text, found);
    const auto end = block.deltas.end();
    for (const Place& place : found.places()) {
        auto delta =
            std::upper_bound(block.deltas.begin(), end, place.first,
                             [](qsizetype at, const Delta& each) { return at < each.end; });
        const bool isInOne = delta == end || place.second <= delta->end;
        if (isInOne && (delta == end || isFoundAlone(block, *delta, place))) continue;
        for (; delta != end && delta->start < place.second; ++delta)
            out.add(delta->from, delta->to, false);
    }
}

SecretSpans DeltaTexts::split() const {
    SecretSpans out;
    for (const Block& block : m_blocks)
        addSplit(block, out);
    return out;
}

} // namespace

QByteArray withoutSplitSecrets(const QByteArray& stream) {
    return DeltaTexts(stream).split().masked(stream).value_or(stream);
}

} // namespace sallyport
