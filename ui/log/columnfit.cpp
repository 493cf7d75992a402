// SPDX-License-Identifier: MIT
#include "ui/log/columnfit.h"

#include <algorithm>

namespace sallyport {

std::vector<bool> columnsThatFit(const std::vector<ColumnDemand>& demands, int width) {
    std::vector<bool> isShown(demands.size(), true);
    int sum = 0;
    for (const ColumnDemand& demand : demands)
        sum += demand.width;
    while (sum > width) {
        const auto next = std::max_element(
            demands.begin(), demands.end(), [&](const ColumnDemand& a, const ColumnDemand& b) {
                const auto rankOf = [&](const ColumnDemand& demand) {
                    return isShown[static_cast<std::size_t>(&demand - demands.data())] ? demand.rank
                                                                                       : 0;
                };
                return rankOf(a) < rankOf(b);
            });
        const auto at = static_cast<std::size_t>(next - demands.begin());
        if (next == demands.end() || !isShown[at] || next->rank == 0) break;
        isShown[at] = false;
        sum -= next->width;
    }
    return isShown;
}

} // namespace sallyport
