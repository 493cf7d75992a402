// SPDX-License-Identifier: MIT
#pragma once

#include "core/credential/secretsource.h"
#include "core/support/clock.h"

namespace sallyport {

/// A file, read again at most once in a second and after a 401. One that is being written, and is
/// empty or gone for a moment, does not take away what it held before: only the second look at it
/// does.
class FileSecret final : public SecretSource {
public:
    FileSecret(QString path, const Clock& clock);
    [[nodiscard]] SecretState state() override;
    void refused(QByteArrayView secret) override;

private:
    void look();

    QString m_path;
    const Clock& m_clock;
    Monotonic m_lookAgain{};
    QByteArray m_secret;
    QString m_problem; ///< of the latest look
    int m_failures = 0;
};

} // namespace sallyport
