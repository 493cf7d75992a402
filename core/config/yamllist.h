// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/yamledit.h"

namespace sallyport::yaml {

/// The items of a list as they stand in the file. In block style an item has whole lines, with the
/// comments that stand directly above its dash and in the same column; what is between two items
/// (empty lines, other comments, commas) stays where it is.
class ListLayout {
public:
    /// `list` is the key with its list, not empty. Both outlive this.
    ListLayout(const QByteArray& yaml, const Pair& list);

    /// Ways to have the items in another order: `order[i]` is the present position of the i-th.
    [[nodiscard]] std::vector<Splice> waysToReorder(const std::vector<std::size_t>& order) const;
    [[nodiscard]] std::vector<Splice> waysToRemove(std::size_t index) const;

private:
    struct Extent {
        qsizetype begin = 0;
        qsizetype end = 0;
    };
    void readBlock();
    void readFlow();
    [[nodiscard]] QByteArray textOf(const Extent& extent) const;
    [[nodiscard]] Splice emptied() const;
    [[nodiscard]] Splice blockRemoval(std::size_t index) const;
    [[nodiscard]] Splice flowRemoval(std::size_t index) const;

    const QByteArray& m_yaml;
    const Pair& m_list;
    bool m_isFlow;
    std::vector<Extent> m_items; ///< empty where they cannot be told apart
};

} // namespace sallyport::yaml
