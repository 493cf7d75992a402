// SPDX-License-Identifier: MIT
#include "core/claudecode/interceptreadiness.h"

#include "core/authority/authoritystatus.h"
#include "core/authority/authorityupdate.h"

namespace sallyport {

InterceptReadiness interceptReadiness(const Config& config, const QString& stateDir) {
    using State = InterceptReadiness::State;
    const HostList hosts = hostsOf(config.intercept);
    if (hosts.empty()) return {State::NoHosts};
    const AuthorityStatus status =
        authorityStatus(stateDir, hosts, QDateTime::currentDateTimeUtc());
    if (!status.exists) return {State::NoAuthority, status.bundlePath};
    if (!status.problem.isEmpty()) return {State::Broken, status.bundlePath, status.problem};
    return {State::Ready, status.bundlePath};
}

Result<Done, QString> makeAuthority(const Config& config, const QString& stateDir) {
    const auto made = updateAuthority(stateDir, hostsOf(config.intercept),
                                      QDateTime::currentDateTimeUtc(), AuthorityWish::Create);
    if (!made) return Failure{made.error()};
    return Done{};
}

} // namespace sallyport
