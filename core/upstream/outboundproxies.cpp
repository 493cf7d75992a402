// SPDX-License-Identifier: MIT
#include "core/upstream/outboundproxies.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace sallyport {

namespace {

/// A PAC script may name another proxy for each host.
constexpr std::size_t kMostLogins = 64;

QByteArray randomNonce() {
    std::array<quint32, 4> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    QByteArray out;
    for (const quint32 word : words)
        out += QByteArray::number(word, 16).rightJustified(8, '0');
    return out;
}

} // namespace

std::optional<Result<ProxyIdentity, QString>> OutboundProxies::identity(DeferredTask& waiter) {
    if (!m_password) return Result<ProxyIdentity, QString>(ProxyIdentity{m_user, {}});
    auto password = m_password->get(waiter);
    if (!password) return std::nullopt;
    if (!*password) return Result<ProxyIdentity, QString>(Failure{password->error()});
    return Result<ProxyIdentity, QString>(ProxyIdentity{m_user, **password});
}

std::shared_ptr<ProxyLogin> OutboundProxies::loginTo(const ProxyHop& hop) {
    const auto found = std::find_if(m_logins.begin(), m_logins.end(),
                                    [&](const auto& each) { return each.first == hop; });
    if (found != m_logins.end()) return found->second;
    if (m_logins.size() == kMostLogins) m_logins.erase(m_logins.begin());
    return m_logins.emplace_back(hop, std::make_shared<ProxyLogin>(randomNonce)).second;
}

} // namespace sallyport
