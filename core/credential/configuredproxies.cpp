// SPDX-License-Identifier: MIT
#include "core/credential/configuredproxies.h"

#include "core/upstream/namedproxy.h"
#include "core/upstream/systemproxies.h"

#include <utility>

namespace sallyport {

namespace {

class WrittenPassword final : public ProxyPassword {
public:
    explicit WrittenPassword(QByteArray password)
        : m_password(std::move(password)) {}
    std::optional<Result<QByteArray, QString>> get(DeferredTask& /*waiter*/) override {
        return Result<QByteArray, QString>(m_password);
    }
    void refused(const QByteArray& /*password*/) override {}

private:
    QByteArray m_password;
};

class SuppliedPassword final : public ProxyPassword {
public:
    explicit SuppliedPassword(std::shared_ptr<CredentialSupply> supply)
        : m_supply(std::move(supply)) {}
    std::optional<Result<QByteArray, QString>> get(DeferredTask& waiter) override {
        CredentialChoice choice = m_supply->choose();
        if (auto* key = std::get_if<CredentialKey>(&choice))
            return Result<QByteArray, QString>(std::move(key->secret));
        if (auto* none = std::get_if<SecretUnavailable>(&choice))
            return Result<QByteArray, QString>(Failure{std::move(none->problem)});
        m_supply->wait(waiter);
        return std::nullopt;
    }
    void refused(const QByteArray& password) override { m_supply->refused({0, password}); }

private:
    std::shared_ptr<CredentialSupply> m_supply;
};

std::shared_ptr<ProxyPassword> passwordOf(const Via& via, CredentialVault* vault) {
    if (via.credential.kind != CredentialSource::Kind::None && vault)
        return std::make_shared<SuppliedPassword>(vault->supplyFor({via.credential}));
    if (!via.password.isEmpty()) return std::make_shared<WrittenPassword>(via.password);
    return nullptr;
}

} // namespace

std::shared_ptr<OutboundProxies> configuredProxies(const Via& via, CredentialVault* vault,
                                                   const Clock& clock, NamedBy hosts) {
    switch (via.kind) {
    case Via::Kind::Direct: return nullptr;
    case Via::Kind::System: {
        auto system = std::make_shared<SystemProxies>(clock, askSystemForProxies, hosts);
        system->followNetwork();
        return std::make_shared<OutboundProxies>(std::move(system), QByteArray(), nullptr);
    }
    case Via::Kind::Proxy:
        return std::make_shared<OutboundProxies>(
            std::make_shared<NamedProxy>(ProxyHop{via.host, via.port}), via.user,
            passwordOf(via, vault));
    }
    Q_UNREACHABLE();
}

} // namespace sallyport
