// SPDX-License-Identifier: MIT
#include "core/credential/commandsecret.h"

#include "core/secrets/redact.h"

#include <utility>

#ifdef Q_OS_UNIX
#include <csignal>
#include <unistd.h>
#endif

namespace sallyport {

namespace {

using namespace std::chrono_literals;

constexpr qsizetype kMaxErrors = 4096;
constexpr qsizetype kShownErrors = 200;

/// One that is being killed is deleted when it has ended.
void letGo(QProcess* process) {
    process->disconnect();
    if (process->state() == QProcess::NotRunning)
        process->deleteLater();
    else
        QObject::connect(process, &QProcess::finished, process, &QObject::deleteLater);
}

/// The last line, where programs say what it was, without secrets: programs quote what they were
/// given. Of one whose start was not kept it cannot be told what is one; it is left out.
QString lastLine(const QByteArray& errors, const QByteArray& secret) {
    const QByteArray text = errors.trimmed();
    const qsizetype start = text.lastIndexOf('\n') + 1;
    if (start == 0 && errors.size() >= kMaxErrors) return {};
    const QByteArray line = redactedText(text.sliced(start), KnownSecrets().renewed({secret}));
    return QString::fromUtf8(line).left(kShownErrors);
}

} // namespace

CommandSecret::CommandSecret(CredentialSource source, DeadlineQueue& deadlines,
                             std::function<void()> changed)
    : m_source(std::move(source))
    , m_clock(deadlines.clock())
    , m_changed(std::move(changed))
    , m_process(nullptr, letGo)
    , m_timeout(deadlines, [this] {
        failed(QStringLiteral("did not end within %1 s")
                   .arg(QString::number(double(m_source.timeout.count()) / 1000)));
    }) {}

CommandSecret::~CommandSecret() {
    kill();
    // The event loop may be at its end; a process that was killed is waited for by close().
    if (m_process) m_process->close();
}

SecretState CommandSecret::state() {
    const Monotonic now = m_clock.now();
    const bool isGood = !m_secret.isEmpty() && now < m_expires;
    if (!m_process && now >= m_runAgain) run();
    if (isGood) return m_secret;
    if (m_process) return SecretPending{};
    return SecretUnavailable{m_problem};
}

void CommandSecret::refused(QByteArrayView secret) {
    const Monotonic now = m_clock.now();
    if (secret != m_secret || now < m_keptUntil) return;
    m_refused = std::exchange(m_secret, {});
    m_problem = QStringLiteral("the token that %1 printed was refused").arg(program());
    m_runAgain = now;
}

void CommandSecret::run() {
    m_output.clear();
    m_errors.clear();
    m_process.reset(new QProcess);
    QProcess& process = *m_process;
    process.setProgram(program());
    process.setArguments(m_source.command.mid(1));
    process.setStandardInputFile(QProcess::nullDevice());
#ifdef Q_OS_UNIX
    // A group of its own: what it starts is killed with it, and Ctrl-C is for Sallyport alone.
    process.setChildProcessModifier([] { ::setpgid(0, 0); });
#endif
    QObject::connect(&process, &QProcess::readyReadStandardOutput, [this] { readOutput(); });
    QObject::connect(&process, &QProcess::readyReadStandardError, [this] { readErrors(); });
    QObject::connect(&process, &QProcess::finished,
                     [this](int code, QProcess::ExitStatus status) { finished(code, status); });
    QObject::connect(&process, &QProcess::errorOccurred, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            failed(QStringLiteral("cannot be started: ") + m_process->errorString());
    });
    m_timeout.arm(m_source.timeout);
    // A program that is not there is told of by a signal from inside of start().
    QMetaObject::invokeMethod(
        &process, [&process] { process.start(); }, Qt::QueuedConnection);
}

void CommandSecret::readOutput() {
    m_output += m_process->readAllStandardOutput();
    if (m_output.size() > kMaxBytes) failed(QStringLiteral("printed more than 64 KiB"));
}

void CommandSecret::readErrors() {
    m_errors += m_process->readAllStandardError();
    m_errors = m_errors.right(kMaxErrors);
}

void CommandSecret::finished(int exitCode, QProcess::ExitStatus status) {
    readOutput();
    if (!m_process) return;
    readErrors();
    if (status != QProcess::NormalExit || exitCode != 0) {
        const QString why = status == QProcess::NormalExit
                                ? QStringLiteral("ended with exit code %1").arg(exitCode)
                                : QStringLiteral("was ended by a signal");
        const QString said = lastLine(m_errors, m_secret.isEmpty() ? m_refused : m_secret);
        failed(said.isEmpty() ? why : QString(why + QStringLiteral(": ") + said));
        return;
    }
    auto secret = checkedSecret(m_output);
    if (!secret) {
        failed(QStringLiteral("printed no token: its output ") + secret.error());
        return;
    }
    m_secret = std::move(secret).value();
    m_problem.clear();
    m_expires = m_clock.now() + m_source.ttl;
    m_runAgain = m_clock.now() + m_source.ttl * 4 / 5;
    if (m_secret == m_refused) m_keptUntil = m_clock.now() + kAgainAfter;
    end();
}

void CommandSecret::failed(const QString& reason) {
    kill();
    m_problem = QStringLiteral("the credential_command %1 %2").arg(program(), reason);
    m_runAgain = m_clock.now() + kAgainAfter;
    end();
}

void CommandSecret::end() {
    m_timeout.disarm();
    m_process.reset();
    m_output.clear();
    m_changed();
}

void CommandSecret::kill() {
    if (!m_process || m_process->state() == QProcess::NotRunning) return;
    m_process->disconnect();
#ifdef Q_OS_UNIX
    if (const qint64 id = m_process->processId(); id > 0) ::kill(-static_cast<pid_t>(id), SIGKILL);
#endif
    m_process->kill();
}

} // namespace sallyport
