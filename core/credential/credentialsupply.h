// SPDX-License-Identifier: MIT
#pragma once

#include "core/credential/credentialretry.h"
#include "core/credential/keyrotation.h"
#include "core/credential/secretsource.h"
#include "core/net/deferredtask.h"

#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace sallyport {

using CredentialChoice = std::variant<CredentialKey, SecretPending, SecretUnavailable>;

/// The keys of one upstream, of which each request gets one. Lives on the thread of its vault.
class CredentialSupply {
public:
    /// How long a key rests after a 429 without Retry-After.
    static constexpr std::chrono::milliseconds kUsualRest{60'000};
    static constexpr std::chrono::milliseconds kLongestRest{3'600'000};

    /// `waiting` is run when a source has changed. Both outlive it.
    CredentialSupply(std::vector<std::shared_ptr<SecretSource>> sources, const Clock& clock,
                     DeferredTaskQueue& waiting);

    /// The first key in the order of rotation that can be read. Pending where none is there yet
    /// and one is being read: see wait().
    [[nodiscard]] CredentialChoice choose();
    /// Runs `task` once in a later turn of the event loop, when any source has changed.
    void wait(DeferredTask& task) { m_waiting.add(task); }
    /// Lets each source begin to read that runs no program, so that what they hold is known before
    /// it is asked for.
    void readAll();
    /// Why the latest choose() gave none; empty when it did not fail.
    [[nodiscard]] const QString& problem() const { return m_problem; }
    /// The upstream answered 401 to this key: its source reads again, and another key goes first.
    void refused(const CredentialKey& key);
    /// The upstream answered 429 to this key: it rests, where there is more than one.
    void limited(const CredentialKey& key, std::optional<std::chrono::milliseconds> retryAfter);
    enum class Next {
        None,    ///< no key that may be tried, or it rests
        Another, ///< that choose() gives now
        Pending, ///< one is being read: see wait()
    };
    /// What there is for a request that was refused with `tries`.
    [[nodiscard]] Next nextAfter(const CredentialRetry& tries);

private:
    std::vector<std::shared_ptr<SecretSource>> m_sources;
    const Clock& m_clock;
    DeferredTaskQueue& m_waiting;
    KeyRotation m_rotation;
    QString m_problem;
};

} // namespace sallyport
