// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace sallyport {

/// How many idle connections several pools may keep together; shared by those pools.
class IdleQuota {
public:
    explicit IdleQuota(std::size_t most)
        : m_most(most) {}
    [[nodiscard]] bool isUsedUp() const { return m_used >= m_most; }
    void add() { ++m_used; }
    void remove() { --m_used; }

private:
    std::size_t m_most;
    std::size_t m_used = 0;
};

} // namespace sallyport
