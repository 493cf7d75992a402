// SPDX-License-Identifier: MIT
#include "core/credential/credentialretry.h"

#include <algorithm>
#include <set>

namespace sallyport {

bool CredentialRetry::hasRenewed() const {
    std::set<std::size_t> sources;
    return std::any_of(m_refused.begin(), m_refused.end(),
                       [&](const CredentialKey& key) { return !sources.insert(key.index).second; });
}

bool CredentialRetry::mayWait() const { return m_refused.size() < kMost && !hasRenewed(); }

bool CredentialRetry::mayTry(const CredentialKey& key) const {
    const auto is = [&](auto matches) {
        return std::any_of(m_refused.begin(), m_refused.end(), matches);
    };
    if (m_refused.size() >= kMost) return false;
    if (is([&](const CredentialKey& each) { return each.secret == key.secret; })) return false;
    const bool isRenewed = is([&](const CredentialKey& each) { return each.index == key.index; });
    return !isRenewed || !hasRenewed();
}

} // namespace sallyport
