// SPDX-License-Identifier: MIT
#include "core/config/yamlkeyremoval.h"

#include "core/config/yamllayout.h"
#include "core/config/yamlscan.h"

#include <algorithm>

namespace sallyport::yaml {

namespace {

bool hasComment(const QByteArray& yaml, qsizetype from, qsizetype to) {
    return yaml.mid(from, to - from).contains('#');
}

std::vector<Splice> inFlow(const QByteArray& yaml, const Node& map, std::size_t index) {
    const qsizetype begin = map.pairs[index].keyPlace.offset;
    const qsizetype end = flowValueEnd(yaml, map.pairs[index].value);
    if (end < begin) return {};
    if (index + 1 < map.pairs.size()) {
        const qsizetype next = map.pairs[index + 1].keyPlace.offset;
        if (!hasComment(yaml, end, next)) return {{begin, next - begin, {}}};
        const qsizetype comma = yaml.indexOf(',', end);
        return {{begin, comma + 1 - begin, {}}};
    }
    if (index == 0) return {{begin, end - begin, {}}};
    const qsizetype before = flowValueEnd(yaml, map.pairs[index - 1].value);
    if (!hasComment(yaml, before, begin)) return {{before, end - before, {}}};
    return {{begin, end - begin, {}}};
}

std::vector<Splice> inBlock(const QByteArray& yaml, const Node& map, std::size_t index) {
    if (map.pairs.size() == 1) return {};
    const qsizetype key = map.pairs[index].keyPlace.offset;
    const qsizetype line = lineStartOf(yaml, key);
    const qsizetype end = blockEnd(yaml, map.pairs[index]);
    const bool hasOwnLine =
        yaml.mid(key - columnOf(yaml, key), columnOf(yaml, key)).trimmed().isEmpty();
    if (hasOwnLine) {
        // A last line without an end: the line before it is the last one then, without one too.
        if (end == yaml.size() && !yaml.endsWith('\n') && line > 0) {
            const qsizetype from = line - lineEndOf(yaml, line - 1).size();
            return {{from, end - from, {}}};
        }
        return {{key - columnOf(yaml, key), end - (key - columnOf(yaml, key)), {}}};
    }
    if (index + 1 == map.pairs.size()) return {};
    const qsizetype next = map.pairs[index + 1].keyPlace.offset;
    if (hasComment(yaml, end, next)) return {};
    return {{key, next - key, {}}};
}

} // namespace

std::vector<Splice> waysToRemoveKey(const QByteArray& yaml, const Value& map,
                                    const QByteArray& key) {
    const auto& pairs = map.node->pairs;
    const auto at =
        std::find_if(pairs.begin(), pairs.end(), [&](const Pair& pair) { return pair.key == key; });
    if (at == pairs.end() || map.isAlias) return {};
    const auto index = static_cast<std::size_t>(at - pairs.begin());
    return map.node->isFlow ? inFlow(yaml, *map.node, index) : inBlock(yaml, *map.node, index);
}

} // namespace sallyport::yaml
