// SPDX-License-Identifier: MIT
#pragma once

#include "core/authority/constrainedhosts.h"

#include <QDateTime>

#include <optional>

namespace sallyport {

/// What decides about one certificate of the authority.
struct AuthorityTerm {
    HostList hosts;
    QDateTime notAfter;
    friend bool operator==(const AuthorityTerm&, const AuthorityTerm&) = default;
};

/// The end of an authority is warned of, and a new one made beside it, so many days before.
inline constexpr int kRenewalDays = 30;

/// What is to be done about the authority. Pure.
enum class AuthorityStep {
    Nothing,
    Create,      ///< there is none
    Renew,       ///< it ends within kRenewalDays, or has ended
    ChangeHosts, ///< it is bound to other hosts than are wanted
};

struct AuthorityPlan {
    AuthorityStep step = AuthorityStep::Nothing;
    /// With a new one: the old one stays trusted, and signs where it can, until its end. Not where
    /// it may certify a host that is no longer wanted, or has ended.
    bool keepsOld = false;
    friend bool operator==(const AuthorityPlan&, const AuthorityPlan&) = default;
};

/// Nothing is ever made for an empty list.
[[nodiscard]] AuthorityPlan planAuthority(const std::optional<AuthorityTerm>& current,
                                          const HostList& wanted, const QDateTime& now);

} // namespace sallyport
