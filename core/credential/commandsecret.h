// SPDX-License-Identifier: MIT
#pragma once

#include "core/credential/secretsource.h"
#include "core/support/deadline.h"
#include "core/upstream/upstreamconfig.h"

#include <QProcess>

#include <functional>
#include <memory>

namespace sallyport {

/// `credential_command`: a program that prints a short-lived token. Run when a request needs it,
/// one run for all that wait; once four fifths of its TTL have passed it is run again while the
/// token is still used. No shell reads it, its standard input is empty, of its output 64 KiB are
/// read and of its errors 4 KiB; beyond its time-out it is killed, with what it has started.
class CommandSecret final : public SecretSource {
public:
    /// After a run that failed, or printed the token again that was refused, the next one.
    static constexpr std::chrono::milliseconds kAgainAfter{5000};

    /// `source` is of kind Command. `changed` is called from the event loop.
    CommandSecret(CredentialSource source, DeadlineQueue& deadlines, std::function<void()> changed);
    ~CommandSecret() override;
    [[nodiscard]] SecretState state() override;
    [[nodiscard]] bool runsProgram() const override { return true; }
    void refused(QByteArrayView secret) override;

private:
    void run();
    void readOutput();
    void readErrors();
    void finished(int exitCode, QProcess::ExitStatus status);
    void failed(const QString& reason);
    void end();
    void kill();
    [[nodiscard]] QString program() const { return m_source.command.constFirst(); }

    CredentialSource m_source;
    const Clock& m_clock;
    std::function<void()> m_changed;
    std::unique_ptr<QProcess, void (*)(QProcess*)> m_process;
    Deadline m_timeout;
    QByteArray m_output;
    QByteArray m_errors;
    QByteArray m_secret;
    QByteArray m_refused; ///< the latest secret that an upstream did not take
    QString m_problem;
    Monotonic m_expires{};   ///< the secret
    Monotonic m_runAgain{};  ///< not before; also while the secret is still good
    Monotonic m_keptUntil{}; ///< a refused secret that it printed again
};

} // namespace sallyport
