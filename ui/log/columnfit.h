// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

namespace sallyport {

/// The width that a column asks for, and how soon it gives way: the highest rank first, 0 never.
struct ColumnDemand {
    int width = 0;
    int rank = 0;
};
/// Which of the columns are shown so that they fit into `width`, in the order given.
[[nodiscard]] std::vector<bool> columnsThatFit(const std::vector<ColumnDemand>& demands, int width);

} // namespace sallyport
