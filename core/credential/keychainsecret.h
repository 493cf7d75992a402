// SPDX-License-Identifier: MIT
#pragma once

#include "core/credential/secretsource.h"
#include "core/support/deadline.h"

#include <QObject>

#include <functional>

namespace sallyport {

/// The name under which entries of ours stand in the keychain.
inline constexpr const char* kKeychainService = "sallyport";

/// An entry of the desktop's keychain (the Secret Service, KWallet). Read once, and again after a
/// 401 or, at most every five seconds, while there is none. A keychain that is locked may ask its
/// user: requests wait ten seconds for that, and later ones get the secret once it is there.
class KeychainSecret final : public SecretSource {
public:
    static constexpr std::chrono::milliseconds kAgainAfter{5000};
    static constexpr std::chrono::milliseconds kWait{10'000};

    /// `changed` is called from the event loop.
    KeychainSecret(QString name, DeadlineQueue& deadlines, std::function<void()> changed);
    ~KeychainSecret() override;
    [[nodiscard]] SecretState state() override;
    void refused(QByteArrayView secret) override;

private:
    void read();

    QString m_name;
    const Clock& m_clock;
    std::function<void()> m_changed;
    Deadline m_wait;
    QObject m_context; ///< a job cannot be called off: what it says after this is not heard
    QByteArray m_secret;
    QString m_problem;
    Monotonic m_readAgain{};
    bool m_isReading = false;
    bool m_isLate = false; ///< still being read, and nobody waits any more
};

} // namespace sallyport
