// SPDX-License-Identifier: MIT
#pragma once

namespace sallyport {

/// The calls that an UpstreamExchange makes of its observer where it goes on afterwards: the
/// observer may let the exchange go in each. A member of the exchange.
class ObserverCalls {
public:
    ObserverCalls() = default;
    ObserverCalls(const ObserverCalls&) = delete;
    ObserverCalls& operator=(const ObserverCalls&) = delete;
    ~ObserverCalls() {
        if (m_wasLetGo) *m_wasLetGo = true;
    }
    /// Makes `call`; false when the exchange was let go meanwhile, and nothing of it may be
    /// touched. Not called from inside `call`.
    template <typename Call>
    [[nodiscard]] bool make(const Call& call) {
        bool wasLetGo = false;
        m_wasLetGo = &wasLetGo;
        call();
        if (wasLetGo) return false;
        m_wasLetGo = nullptr;
        return true;
    }

private:
    bool* m_wasLetGo = nullptr;
};

} // namespace sallyport
