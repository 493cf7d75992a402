// SPDX-License-Identifier: MIT
#pragma once

#include "core/authority/localauthority.h"
#include "core/route/interceptlist.h"
#include "core/support/deadline.h"

#include <memory>

namespace sallyport {

/// Keeps the local authority fit for the hosts of `intercept:`, and writes to the log what was done
/// to it and what is wrong with it.
class AuthorityWatch {
public:
    /// Both outlive it.
    AuthorityWatch(DeadlineQueue& deadlines, const QString& stateDir);

    /// After each reading of the files; repeats itself once a day, since an authority ends.
    void follow(const InterceptList& list);
    [[nodiscard]] const std::shared_ptr<LocalAuthority>& authority() const { return m_authority; }

private:
    void look();

    std::shared_ptr<LocalAuthority> m_authority;
    HostList m_hosts;
    Deadline m_daily;
};

} // namespace sallyport
