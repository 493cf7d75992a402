// SPDX-License-Identifier: MIT
#include "core/authority/authorityrenewal.h"

namespace sallyport {

AuthorityPlan planAuthority(const std::optional<AuthorityTerm>& current, const HostList& wanted,
                            const QDateTime& now) {
    if (wanted.empty()) return {};
    if (!current) return {AuthorityStep::Create, false};
    const bool hasEnded = now >= current->notAfter;
    if (current->hosts != wanted)
        return {AuthorityStep::ChangeHosts, !hasEnded && isSubset(current->hosts, wanted)};
    if (now.addDays(kRenewalDays) >= current->notAfter) return {AuthorityStep::Renew, !hasEnded};
    return {};
}

} // namespace sallyport
