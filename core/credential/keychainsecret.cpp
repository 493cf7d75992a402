// SPDX-License-Identifier: MIT
#include "core/credential/keychainsecret.h"

#include "core/credential/keychain.h"

#include <QCoreApplication>

namespace sallyport {

KeychainSecret::KeychainSecret(QString name, DeadlineQueue& deadlines,
                               std::function<void()> changed)
    : m_name(std::move(name))
    , m_clock(deadlines.clock())
    , m_changed(std::move(changed))
    , m_wait(deadlines, [this] {
        m_isLate = true;
        m_problem = QCoreApplication::translate(
            "Keychain", "the keychain does not answer; it may be asking for its password: unlock "
                        "it in your desktop, or use env: or file: in its place");
        m_changed();
    }) {}

KeychainSecret::~KeychainSecret() = default;

SecretState KeychainSecret::state() {
    if (!m_secret.isEmpty()) return m_secret;
    if (!m_isReading && m_clock.now() >= m_readAgain) read();
    if (m_isReading && !m_isLate) return SecretPending{};
    return SecretUnavailable{m_problem};
}

void KeychainSecret::refused(QByteArrayView secret) {
    if (m_isReading || secret != m_secret || m_clock.now() < m_readAgain) return;
    m_secret.clear();
}

void KeychainSecret::read() {
    m_isReading = true;
    m_isLate = false;
    m_wait.arm(kWait);
    keychain::read(m_name, m_context, [this](const Result<QByteArray, QString>& outcome) {
        m_isReading = false;
        m_wait.disarm();
        m_readAgain = m_clock.now() + kAgainAfter;
        auto secret =
            outcome ? checkedSecret(*outcome) : Result<QByteArray, QString>(Failure{QString()});
        m_secret = secret ? *secret : QByteArray();
        m_problem = outcome ? QStringLiteral("the entry \"%1\" of the keychain %2")
                                  .arg(m_name, secret ? QString() : secret.error())
                            : outcome.error();
        m_changed();
    });
}

} // namespace sallyport
