// SPDX-License-Identifier: MIT
#include "core/claudecode/listeningfile.h"

#include "core/support/atomicfile.h"
#include "core/support/paths.h"
#include "core/support/regularfile.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>

#ifdef Q_OS_UNIX
#include <signal.h>
#endif

namespace sallyport {

namespace {

struct Listener {
    QString address;
    qint64 process = 0;
};

QString pathIn(const QString& stateDir) { return stateDir + QLatin1String("/listening"); }

Listener listenerIn(const QString& stateDir) {
    constexpr qsizetype kMaxBytes = 256;
    const auto bytes = readRegularFile(pathIn(stateDir), kMaxBytes);
    if (!bytes) return {};
    const QByteArrayList words = bytes->simplified().split(' ');
    if (words.size() != 2) return {};
    return {QString::fromLatin1(words[0]), words[1].toLongLong()};
}

bool isAlive(qint64 process) {
#ifdef Q_OS_UNIX
    if (process <= 0) return false;
    return ::kill(static_cast<pid_t>(process), 0) == 0 || errno == EPERM;
#else
    return process > 0;
#endif
}

} // namespace

Result<Done, QString> writeListeningFile(const QString& stateDir, const QString& address) {
    if (!paths::ensurePrivateDir(stateDir))
        return Failure{QCoreApplication::translate("SettingsConnector", "cannot make the folder %1")
                           .arg(stateDir)};
    const QByteArray text =
        address.toLatin1() + '\n' + QByteArray::number(QCoreApplication::applicationPid()) + '\n';
    return writeFileAtomically(pathIn(stateDir), text, kPrivateFile);
}

void removeListeningFile(const QString& stateDir) {
    if (listenerIn(stateDir).process == QCoreApplication::applicationPid())
        QFile::remove(pathIn(stateDir));
}

QString runningAddress(const QString& stateDir) {
    const Listener listener = listenerIn(stateDir);
    return isAlive(listener.process) ? listener.address : QString();
}

} // namespace sallyport
