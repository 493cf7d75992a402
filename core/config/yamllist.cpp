// SPDX-License-Identifier: MIT
#include "core/config/yamllist.h"

#include "core/config/yamllayout.h"
#include "core/config/yamlscan.h"

namespace sallyport::yaml {

namespace {

/// The line, at `column`, has a dash; or a comment.
bool hasAt(const QByteArray& yaml, qsizetype line, qsizetype column, char sign) {
    const qsizetype at = line + column;
    return at < yaml.size() && at < nextLineOf(yaml, line) && yaml[at] == sign &&
           yaml.mid(line, column).trimmed().isEmpty();
}

} // namespace

ListLayout::ListLayout(const QByteArray& yaml, const Pair& list)
    : m_yaml(yaml)
    , m_list(list)
    , m_isFlow(list.value.node->isFlow) {
    if (list.value.isAlias || list.value.node->items.empty()) return;
    m_isFlow ? readFlow() : readBlock();
}

void ListLayout::readFlow() {
    for (const Value& item : m_list.value.node->items) {
        const Extent extent{item.place.offset, flowValueEnd(m_yaml, item)};
        if (extent.end <= extent.begin) {
            m_items.clear();
            return;
        }
        m_items.push_back(extent);
    }
}

void ListLayout::readBlock() {
    const qsizetype firstDash = scalarStart(m_yaml, m_list.value.place.offset);
    const qsizetype column = columnOf(m_yaml, firstDash);
    qsizetype least = nextLineOf(m_yaml, m_list.keyPlace.offset);
    for (const Value& item : m_list.value.node->items) {
        qsizetype line = lineStartOf(m_yaml, item.place.offset);
        while (line > least && !hasAt(m_yaml, line, column, '-'))
            line = lineStartOf(m_yaml, line - 1);
        if (line < least || !hasAt(m_yaml, line, column, '-')) {
            m_items.clear();
            return;
        }
        Extent extent{line, blockEnd(m_yaml, line + column)};
        while (extent.begin > least) {
            const qsizetype above = lineStartOf(m_yaml, extent.begin - 1);
            if (above < least || !hasAt(m_yaml, above, column, '#')) break;
            extent.begin = above;
        }
        m_items.push_back(extent);
        least = extent.end;
    }
}

QByteArray ListLayout::textOf(const Extent& extent) const {
    return m_yaml.mid(extent.begin, extent.end - extent.begin);
}

std::vector<Splice> ListLayout::waysToReorder(const std::vector<std::size_t>& order) const {
    if (m_items.size() != order.size()) return {};
    const bool isOpenLine = !m_isFlow && !textOf(m_items.back()).endsWith('\n');
    const QByteArray lineEnd = lineEndOf(m_yaml);
    QByteArray text;
    for (std::size_t i = 0; i < order.size(); ++i) {
        QByteArray item = textOf(m_items[order[i]]);
        const bool isLast = i + 1 == order.size();
        if (isOpenLine && !isLast && !item.endsWith('\n')) item += lineEnd;
        if (isOpenLine && isLast && item.endsWith('\n')) item.chop(lineEnd.size());
        text += item;
        if (!isLast) text += textOf({m_items[i].end, m_items[i + 1].begin});
    }
    const qsizetype begin = m_items.front().begin;
    return {{begin, m_items.back().end - begin, text}};
}

std::vector<Splice> ListLayout::waysToRemove(std::size_t index) const {
    if (index >= m_items.size()) return {};
    if (m_isFlow) return {flowRemoval(index)};
    if (m_items.size() == 1) return {emptied()};
    return {blockRemoval(index)};
}

/// Without its only item the list is `[]`, so that the key stays.
Splice ListLayout::emptied() const {
    const qsizetype after = afterColon(m_yaml, m_list.keyPlace.offset);
    const QByteArray between = textOf({after, m_items.front().begin});
    return {after, m_items.front().end - after, " []" + between};
}

/// Of two gaps one goes, where it has nothing but empty lines.
Splice ListLayout::blockRemoval(std::size_t index) const {
    Extent gone = m_items[index];
    const bool isLast = index + 1 == m_items.size();
    const Extent gap = isLast ? Extent{m_items[index - 1].end, gone.begin}
                              : Extent{gone.end, m_items[index + 1].begin};
    if (textOf(gap).trimmed().isEmpty()) {
        gone.begin = std::min(gone.begin, gap.begin);
        gone.end = std::max(gone.end, gap.end);
    }
    if (!textOf(gone).endsWith('\n') && gone.begin > 0)
        gone.begin -= lineEndOf(m_yaml, gone.begin - 1).size();
    return {gone.begin, gone.end - gone.begin, {}};
}

/// The comma after it goes too, or the one before the last.
Splice ListLayout::flowRemoval(std::size_t index) const {
    const Extent item = m_items[index];
    const bool isLast = index + 1 == m_items.size();
    if (isLast && index == 0) return {item.begin, item.end - item.begin, {}};
    const Extent gap = isLast ? Extent{m_items[index - 1].end, item.begin}
                              : Extent{item.end, m_items[index + 1].begin};
    const QByteArray between = textOf(gap);
    if (!between.contains('#')) {
        const qsizetype begin = std::min(item.begin, gap.begin);
        return {begin, std::max(item.end, gap.end) - begin, {}};
    }
    if (!isLast) return {item.begin, m_yaml.indexOf(',', item.end) + 1 - item.begin, {}};
    // The comma before a comment may stay: YAML takes one at the end.
    return {item.begin, item.end - item.begin, {}};
}

} // namespace sallyport::yaml
