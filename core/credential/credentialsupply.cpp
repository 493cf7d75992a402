// SPDX-License-Identifier: MIT
#include "core/credential/credentialsupply.h"

#include <algorithm>

namespace sallyport {

CredentialSupply::CredentialSupply(std::vector<std::shared_ptr<SecretSource>> sources,
                                   const Clock& clock, DeferredTaskQueue& waiting)
    : m_sources(std::move(sources))
    , m_clock(clock)
    , m_waiting(waiting)
    , m_rotation(m_sources.size()) {}

CredentialChoice CredentialSupply::choose() {
    bool isPending = false;
    QString problem;
    for (const std::size_t index : m_rotation.order(m_clock.now())) {
        SecretState state = m_sources[index]->state();
        if (auto* secret = std::get_if<QByteArray>(&state)) {
            m_problem.clear();
            return CredentialKey{index, std::move(*secret)};
        }
        isPending = isPending || std::holds_alternative<SecretPending>(state);
        const auto* none = std::get_if<SecretUnavailable>(&state);
        if (none && problem.isEmpty()) problem = none->problem;
    }
    m_problem = isPending ? QString() : problem;
    if (isPending) return SecretPending{};
    return SecretUnavailable{problem};
}

void CredentialSupply::readAll() {
    bool isWhole = true;
    for (const auto& source : m_sources) {
        isWhole = isWhole && !source->runsProgram();
        if (!source->runsProgram()) static_cast<void>(source->state());
    }
    // Whether there is a key is known only when all of them have been asked.
    if (isWhole) static_cast<void>(choose());
}

void CredentialSupply::refused(const CredentialKey& key) {
    m_sources[key.index]->refused(key.secret);
    m_rotation.pass(key.index);
}

void CredentialSupply::limited(const CredentialKey& key,
                               std::optional<std::chrono::milliseconds> retryAfter) {
    if (m_sources.size() < 2) return;
    m_rotation.rest(key.index, std::min(retryAfter.value_or(kUsualRest), kLongestRest),
                    m_clock.now());
}

CredentialSupply::Next CredentialSupply::nextAfter(const CredentialRetry& tries) {
    const CredentialChoice choice = choose();
    if (std::holds_alternative<SecretPending>(choice))
        return tries.mayWait() ? Next::Pending : Next::None;
    const auto* key = std::get_if<CredentialKey>(&choice);
    const bool isAnother =
        key && tries.mayTry(*key) && !m_rotation.rests(key->index, m_clock.now());
    return isAnother ? Next::Another : Next::None;
}

} // namespace sallyport
