// SPDX-License-Identifier: MIT
#pragma once

#include "core/upstream/proxyfinder.h"

#include <utility>

namespace sallyport {

/// One proxy that the configuration names.
class NamedProxy final : public ProxyFinder {
public:
    explicit NamedProxy(ProxyHop hop)
        : m_hop(std::move(hop)) {}
    [[nodiscard]] std::optional<ProxyHops> find(const ProxyQuery& /*query*/,
                                                DeferredTask& /*waiter*/) override {
        return ProxyHops{{}, {m_hop}, {}};
    }

private:
    ProxyHop m_hop;
};

} // namespace sallyport
