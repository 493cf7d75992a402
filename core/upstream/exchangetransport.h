// SPDX-License-Identifier: MIT
#pragma once

#include "core/upstream/transport.h"

#include <memory>
#include <utility>

namespace sallyport {

/// A transport all of whose work is done by its exchanges: each is made of a copy of `Parts`, the
/// request and the observer, and may outlive it.
template <typename Exchange>
class ExchangeTransport final : public UpstreamTransport {
public:
    explicit ExchangeTransport(typename Exchange::Parts parts)
        : m_parts(std::move(parts)) {}
    [[nodiscard]] std::unique_ptr<UpstreamExchange> start(UpstreamRequest request,
                                                          UpstreamObserver& observer) override {
        return std::make_unique<Exchange>(m_parts, std::move(request), observer);
    }

private:
    typename Exchange::Parts m_parts;
};

} // namespace sallyport
