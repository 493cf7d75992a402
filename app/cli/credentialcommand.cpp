// SPDX-License-Identifier: MIT
#include "app/cli/credentialcommand.h"

#include "app/cli/console.h"
#include "core/config/scalars.h"
#include "core/credential/keychain.h"
#include "core/credential/secretsource.h"
#include "core/support/boundedread.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>

#ifdef Q_OS_UNIX
#include <termios.h>
#include <unistd.h>
#endif

namespace sallyport::cli {

namespace {

/// Keeps a terminal from showing what is typed.
class HiddenInput {
public:
#ifdef Q_OS_UNIX
    HiddenInput() {
        m_isTerminal = ::tcgetattr(STDIN_FILENO, &m_before) == 0;
        if (!m_isTerminal) return;
        termios hidden = m_before;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    ~HiddenInput() {
        if (m_isTerminal) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }
    HiddenInput(const HiddenInput&) = delete;
    HiddenInput& operator=(const HiddenInput&) = delete;
    [[nodiscard]] bool isTerminal() const { return m_isTerminal; }

private:
    termios m_before{};
    bool m_isTerminal = false;
#else
    [[nodiscard]] bool isTerminal() const { return false; }
#endif
};

/// A line of a terminal, or all of a pipe. The error is a clause.
Result<QByteArray, QString> readSecret(const QString& name) {
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly)) return Failure{input.errorString()};
    const HiddenInput hidden;
    if (hidden.isTerminal())
        std::fputs(
            qPrintable(QStringLiteral("The credential for %1 (it is not shown): ").arg(name)),
            stderr);
    const QByteArray bytes = hidden.isTerminal() ? input.readLine(SecretSource::kMaxBytes)
                                                 : readAtMost(input, SecretSource::kMaxBytes + 1);
    if (hidden.isTerminal()) std::fputs("\n", stderr);
    if (bytes.size() > SecretSource::kMaxBytes) return Failure{QStringLiteral("is above 64 KiB")};
    return checkedSecret(bytes);
}

int finish(const Result<Done, QString>& outcome, const QString& done) {
    if (outcome)
        printOutput(QString(done + u'\n'));
    else
        printError(outcome.error());
    return outcome ? kExitDone : kExitNo;
}

} // namespace

int runCredentialCommand(const Invocation& invocation) {
    const QString& name = invocation.entry;
    // The same names as in routes.yaml: one that looks like a secret is one in the wrong place.
    const auto source =
        scalars::credentialSource(QByteArray("keychain:").append(name.toUtf8()), QString());
    if (!source) {
        printError(source.error());
        return kExitWrong;
    }
    QObject context;
    if (invocation.command == Command::CredentialRemove) {
        keychain::remove(name, context, [&](const Result<Done, QString>& outcome) {
            QCoreApplication::exit(
                finish(outcome, QStringLiteral("removed \"%1\" from the keychain").arg(name)));
        });
        return QCoreApplication::exec();
    }
    const auto secret = readSecret(name);
    if (!secret) {
        printError(QStringLiteral("what was given for \"%1\" %2").arg(name, secret.error()));
        return kExitWrong;
    }
    keychain::write(name, *secret, context, [&](const Result<Done, QString>& outcome) {
        QCoreApplication::exit(
            finish(outcome, QStringLiteral("kept in the keychain; routes.yaml names it by "
                                           "credential: \"keychain:%1\"")
                                .arg(name)));
    });
    return QCoreApplication::exec();
}

} // namespace sallyport::cli
