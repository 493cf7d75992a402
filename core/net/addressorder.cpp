// SPDX-License-Identifier: MIT
#include "core/net/addressorder.h"

#include <algorithm>

namespace sallyport {

std::vector<QHostAddress> interleavedFamilies(const QList<QHostAddress>& resolved) {
    std::vector<QHostAddress> first;
    std::vector<QHostAddress> other;
    for (const QHostAddress& address : resolved) {
        const bool isFirstFamily = address.protocol() == resolved.front().protocol();
        auto& list = isFirstFamily ? first : other;
        if (std::find(list.begin(), list.end(), address) == list.end()) list.push_back(address);
    }
    std::vector<QHostAddress> out;
    out.reserve(first.size() + other.size());
    for (std::size_t i = 0; i < std::max(first.size(), other.size()); ++i) {
        if (i < first.size()) out.push_back(first[i]);
        if (i < other.size()) out.push_back(other[i]);
    }
    return out;
}

} // namespace sallyport
