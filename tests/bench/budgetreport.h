// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>

namespace sallyport {

/// A line for each figure: what, how much, its budget, and whether that is kept.
class BudgetReport {
public:
    void add(const char* what, double figure, double budget, const char* unit) {
        const bool isKept = figure < budget;
        ++(isKept ? m_kept : m_missed);
        std::printf("%-58s %8.1f %-3s budget %4.0f %-3s %s\n", what, figure, unit, budget, unit,
                    isKept ? "kept" : "NOT KEPT");
    }
    [[nodiscard]] int end() const {
        std::printf("%d budgets kept, %d not kept\n", m_kept, m_missed);
        return m_missed == 0 ? 0 : 1;
    }

private:
    int m_kept = 0;
    int m_missed = 0;
};

} // namespace sallyport
