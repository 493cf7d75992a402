// SPDX-License-Identifier: MIT
#pragma once

#include "core/credential/credentialsupply.h"
#include "core/net/deferredtask.h"
#include "core/support/deadline.h"
#include "core/upstream/upstreamconfig.h"

#include <QByteArrayList>
#include <QObject>

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace sallyport {

/// The sources of all credentials of this process. A source that stays in the configuration keeps
/// what it has read, and a supply its rotation. Lives on the thread of its deadlines, and longer
/// than all that it hands out.
class CredentialVault {
public:
    explicit CredentialVault(DeadlineQueue& deadlines);
    ~CredentialVault();
    CredentialVault(const CredentialVault&) = delete;
    CredentialVault& operator=(const CredentialVault&) = delete;

    /// The supply for the sources of one upstream, which begin to be read; null for none.
    [[nodiscard]] std::shared_ptr<CredentialSupply>
    supplyFor(const std::vector<CredentialSource>& sources);
    /// What the sources in use have read last.
    [[nodiscard]] QByteArrayList secrets() const;
    /// Called when a source has read another secret than before, before any request gets it.
    void setLearnedCallback(std::function<void()> learned) { m_learned = std::move(learned); }

private:
    class Watched;
    struct KeptSupply {
        std::vector<CredentialSource> of;
        std::weak_ptr<CredentialSupply> supply;
    };
    struct KeptSource {
        CredentialSource of;
        std::weak_ptr<Watched> source;
    };

    [[nodiscard]] std::shared_ptr<SecretSource> sourceFor(const CredentialSource& source);
    [[nodiscard]] std::unique_ptr<SecretSource> makeSource(const CredentialSource& source);
    void wakeLater();

    DeadlineQueue& m_deadlines;
    std::vector<KeptSupply> m_supplies;
    std::vector<KeptSource> m_sources;
    std::function<void()> m_learned;
    DeferredTaskQueue m_waiting;
    QObject m_context;
    bool m_isToWake = false;
};

} // namespace sallyport
