// SPDX-License-Identifier: MIT
#include "core/credential/credentialvault.h"

#include "core/credential/commandsecret.h"
#include "core/credential/environmentsecret.h"
#include "core/credential/filesecret.h"
#include "core/credential/keychainsecret.h"

#include <algorithm>

namespace sallyport {

/// A source of which the vault knows what it read last.
class CredentialVault::Watched final : public SecretSource {
public:
    Watched(CredentialVault& vault, std::unique_ptr<SecretSource> source)
        : m_vault(vault)
        , m_source(std::move(source)) {}

    [[nodiscard]] SecretState state() override {
        SecretState state = m_source->state();
        const auto* secret = std::get_if<QByteArray>(&state);
        if (secret && *secret != m_latest) {
            m_latest = *secret;
            if (m_vault.m_learned) m_vault.m_learned();
        }
        return state;
    }
    [[nodiscard]] bool runsProgram() const override { return m_source->runsProgram(); }
    void refused(QByteArrayView secret) override { m_source->refused(secret); }
    [[nodiscard]] const QByteArray& latest() const { return m_latest; }

private:
    CredentialVault& m_vault;
    std::unique_ptr<SecretSource> m_source;
    QByteArray m_latest;
};

CredentialVault::CredentialVault(DeadlineQueue& deadlines)
    : m_deadlines(deadlines) {
    // They wait for a source, and not for the next turn.
    m_waiting.setWaker([] {});
}

CredentialVault::~CredentialVault() = default;

std::shared_ptr<CredentialSupply>
CredentialVault::supplyFor(const std::vector<CredentialSource>& sources) {
    if (sources.empty()) return nullptr;
    std::erase_if(m_supplies, [](const KeptSupply& kept) { return kept.supply.expired(); });
    for (const KeptSupply& kept : m_supplies) {
        auto supply = kept.of == sources ? kept.supply.lock() : nullptr;
        if (!supply) continue;
        supply->readAll();
        return supply;
    }
    std::vector<std::shared_ptr<SecretSource>> made;
    for (const CredentialSource& source : sources)
        made.push_back(sourceFor(source));
    auto supply =
        std::make_shared<CredentialSupply>(std::move(made), m_deadlines.clock(), m_waiting);
    m_supplies.push_back({sources, supply});
    supply->readAll();
    return supply;
}

std::shared_ptr<SecretSource> CredentialVault::sourceFor(const CredentialSource& source) {
    std::erase_if(m_sources, [](const KeptSource& kept) { return kept.source.expired(); });
    for (const KeptSource& kept : m_sources)
        if (auto known = kept.of == source ? kept.source.lock() : nullptr) return known;
    auto made = std::make_shared<Watched>(*this, makeSource(source));
    m_sources.push_back({source, made});
    return made;
}

std::unique_ptr<SecretSource> CredentialVault::makeSource(const CredentialSource& source) {
    const auto changed = [this] { wakeLater(); };
    switch (source.kind) {
    case CredentialSource::Kind::None: break;
    case CredentialSource::Kind::Environment:
        return std::make_unique<EnvironmentSecret>(source.name);
    case CredentialSource::Kind::File:
        return std::make_unique<FileSecret>(source.name, m_deadlines.clock());
    case CredentialSource::Kind::Keychain:
        return std::make_unique<KeychainSecret>(source.name, m_deadlines, changed);
    case CredentialSource::Kind::Command:
        return std::make_unique<CommandSecret>(source, m_deadlines, changed);
    }
    Q_UNREACHABLE();
}

QByteArrayList CredentialVault::secrets() const {
    QByteArrayList all;
    for (const KeptSource& kept : m_sources)
        if (const auto source = kept.source.lock(); source && !source->latest().isEmpty())
            all.append(source->latest());
    return all;
}

/// In a turn of its own: a source that calls this must not be destroyed by what it wakes.
void CredentialVault::wakeLater() {
    if (std::exchange(m_isToWake, true)) return;
    QMetaObject::invokeMethod(
        &m_context,
        [this] {
            m_isToWake = false;
            m_waiting.run();
        },
        Qt::QueuedConnection);
}

} // namespace sallyport
