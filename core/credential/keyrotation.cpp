// SPDX-License-Identifier: MIT
#include "core/credential/keyrotation.h"

#include <algorithm>

namespace sallyport {

std::vector<std::size_t> KeyRotation::order(Monotonic now) const {
    std::vector<std::size_t> keys(m_restUntil.size());
    for (std::size_t i = 0; i < keys.size(); ++i)
        keys[i] = (m_current + i) % keys.size();
    const auto endOfRest = [&](std::size_t key) { return std::max(m_restUntil[key], now); };
    std::stable_sort(keys.begin(), keys.end(),
                     [&](std::size_t a, std::size_t b) { return endOfRest(a) < endOfRest(b); });
    return keys;
}

void KeyRotation::rest(std::size_t key, std::chrono::milliseconds time, Monotonic now) {
    m_restUntil[key] = std::max(m_restUntil[key], now + time);
    pass(key);
}

void KeyRotation::pass(std::size_t key) {
    if (key == m_current) m_current = (m_current + 1) % m_restUntil.size();
}

} // namespace sallyport
