// SPDX-License-Identifier: MIT
#include "core/credential/filesecret.h"

#include "core/support/regularfile.h"

namespace sallyport {

namespace {

using namespace std::chrono_literals;

constexpr auto kBetweenLooks = 1s;

} // namespace

FileSecret::FileSecret(QString path, const Clock& clock)
    : m_path(std::move(path))
    , m_clock(clock) {}

void FileSecret::look() {
    m_lookAgain = m_clock.now() + kBetweenLooks;
    const auto bytes = readRegularFile(m_path, kMaxBytes);
    auto secret = bytes ? checkedSecret(*bytes) : Result<QByteArray, QString>(Failure{QString()});
    if (secret) {
        m_secret = std::move(secret).value();
        m_failures = 0;
        return;
    }
    m_problem = bytes ? QString(m_path + u' ' + secret.error())
                      : QString(m_path + QStringLiteral(": ") + bytes.error());
    if (++m_failures > 1) m_secret.clear();
}

SecretState FileSecret::state() {
    if (m_clock.now() >= m_lookAgain) look();
    if (m_secret.isEmpty()) return SecretUnavailable{m_problem};
    return m_secret;
}

/// What was read less than a second ago may be what was refused, and the file a newer one.
void FileSecret::refused(QByteArrayView secret) {
    if (secret == m_secret) look();
}

} // namespace sallyport
