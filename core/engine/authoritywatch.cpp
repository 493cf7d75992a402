// SPDX-License-Identifier: MIT
#include "core/engine/authoritywatch.h"

#include "core/observe/log.h"

namespace sallyport {

namespace {

constexpr std::chrono::hours kInterval{24};

} // namespace

AuthorityWatch::AuthorityWatch(DeadlineQueue& deadlines, const QString& stateDir)
    : m_authority(std::make_shared<LocalAuthority>(stateDir, deadlines.clock()))
    , m_daily(deadlines, [this] { look(); }) {}

void AuthorityWatch::follow(const InterceptList& list) {
    m_hosts = hostsOf(list);
    look();
}

void AuthorityWatch::look() {
    m_daily.arm(kInterval);
    const QString done = m_authority->follow(m_hosts);
    if (!done.isEmpty()) log::write(log::Level::Info, "local_authority", {{"text", done}});
    const AuthorityStatus found = m_authority->status();
    for (const QString& reason : {found.problem, found.warning})
        if (!reason.isEmpty())
            log::write(log::Level::Warn, "local_authority", {{"reason", reason}});
}

} // namespace sallyport
