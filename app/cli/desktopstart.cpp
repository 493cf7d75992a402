// SPDX-License-Identifier: MIT
#include "app/cli/desktopstart.h"

#include "app/cli/console.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace sallyport::cli {

namespace {

bool hasDisplay() {
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    return !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") ||
           !qEnvironmentVariableIsEmpty("DISPLAY");
#else
    return true;
#endif
}

QString desktopExecutable() {
    const QString name = QStringLiteral("sallyport-desktop");
    const QString beside =
        QStandardPaths::findExecutable(name, {QCoreApplication::applicationDirPath()});
    return beside.isEmpty() ? QStandardPaths::findExecutable(name) : beside;
}

/// Only if it fails it comes back.
void become(const QString& executable, const QStringList& arguments) {
#ifdef Q_OS_UNIX
    QByteArrayList words{QFile::encodeName(executable)};
    for (const QString& argument : arguments)
        words << QFile::encodeName(argument);
    std::vector<char*> pointers;
    for (QByteArray& word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    ::execv(pointers.front(), pointers.data());
#else
    if (QProcess::startDetached(executable, arguments)) std::exit(kExitDone);
#endif
}

} // namespace

int startDesktop(const Invocation& invocation) {
    const QString executable = desktopExecutable();
    if (!hasDisplay()) {
        printError(QStringLiteral(
            "there is no display here (neither WAYLAND_DISPLAY nor DISPLAY is set). "
            "`sallyport serve` runs without one; `sallyport --help` shows the rest."));
        return kExitWrong;
    }
    if (executable.isEmpty()) {
        printError(QStringLiteral(
            "sallyport-desktop is installed neither beside this program nor in PATH. Install it "
            "for the tray, or use `sallyport serve`; `sallyport --help` shows the rest."));
        return kExitWrong;
    }
    QStringList arguments{QStringLiteral("--config"), invocation.configDir};
    if (invocation.isHidden) arguments << QStringLiteral("--hidden");
    become(executable, arguments);
    printError(QLatin1String("cannot start ") + executable);
    return kExitWrong;
}

} // namespace sallyport::cli
