// SPDX-License-Identifier: MIT
#include "app/desktop/corethread.h"
#include "app/desktop/language.h"
#include "app/desktop/singleinstance.h"
#include "app/desktop/translateddesktop.h"
#include "core/observe/log.h"
#include "core/support/descriptorlimit.h"
#include "core/support/homevariable.h"
#include "core/support/paths.h"
#include "core/support/unixsignals.h"
#include "resources/resources.h"
#include "ui/readablestyle.h"

#include <QApplication>
#include <QSessionManager>
#include <QSettings>
#include <QStandardPaths>

#include <csignal>
#include <cstdio>

namespace {

using namespace sallyport;

constexpr int kExitNo = 1;

bool hasDisplay() {
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    return !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") ||
           !qEnvironmentVariableIsEmpty("DISPLAY") ||
           !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
#else
    return true;
#endif
}

int printError(const QString& text) {
    std::fputs(qPrintable(QLatin1String("sallyport-desktop: ") + text + u'\n'), stderr);
    return kExitNo;
}

void startLog(const QString& stateDir) {
    log::Options options;
    const QString folder = stateDir + QLatin1String("/log");
    if (paths::ensurePrivateDir(folder)) options.file = folder + QLatin1String("/desktop.log");
    log::configure(options);
}

LanguageChoice rememberedLanguage(const QString& stateDir) {
    QSettings settings(Preferences::fileIn(stateDir), QSettings::IniFormat);
    return Preferences(settings).languageChoice();
}

QString runtimeFolder(const QString& stateDir) {
    // Without a session there is no runtime folder; the state folder is as private.
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return runtime.isEmpty() ? stateDir : runtime;
}

int askFirst(SingleInstance& instance) {
    bool isShown = false;
    QObject::connect(&instance, &SingleInstance::askedFirst, qApp, [&isShown](bool isAnswered) {
        isShown = isAnswered;
        QApplication::quit();
    });
    instance.askFirst();
    QApplication::exec();
    if (isShown) return 0;
    return printError(QStringLiteral("another one is running but does not answer. End it, then "
                                     "start again."));
}

int runFirst(SingleInstance& instance, const StartOptions& options, Language& language) {
    startLog(options.stateDir);
    raiseDescriptorLimit();
    EngineOptions engineOptions;
    engineOptions.configDir = options.configDir;
    engineOptions.stateDir = options.stateDir;
    if (options.listen) {
        engineOptions.listenAddress = options.listen->first;
        engineOptions.listenPort = options.listen->second;
    }
    CoreThread core(engineOptions);
    TranslatedDesktop desktop(core, options, language);
    std::signal(SIGPIPE, SIG_IGN);
    UnixSignals unixSignals({SIGTERM, SIGINT, SIGHUP});
    QObject::connect(&unixSignals, &UnixSignals::arrived, &desktop, [&core, &desktop](int number) {
        number == SIGHUP ? core.reload() : desktop.endSession();
    });
    QObject::connect(&instance, &SingleInstance::showRequested, &desktop,
                     [&desktop](const QByteArray& token) {
                         // Qt takes it from here when a window asks to be activated.
                         if (!token.isEmpty()) qputenv("XDG_ACTIVATION_TOKEN", token);
                         desktop.showWindow();
                     });
    QObject::connect(qApp, &QGuiApplication::commitDataRequest, &desktop,
                     [&desktop](auto& session) {
                         // Autostart starts us, not a remembered session.
                         session.setRestartHint(QSessionManager::RestartNever);
                         desktop.endSession();
                     });
    desktop.start();
    core.open();
    const int code = QApplication::exec();
    log::flush();
    return code;
}

} // namespace

int main(int argc, char** argv) {
    setHomeVariable();
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments += QString::fromLocal8Bit(argv[i]);
    const StartOptions options = readStartOptions(arguments);
    if (options.action == StartOptions::Action::PrintAndEnd) {
        std::fputs(options.output.toLocal8Bit().constData(),
                   options.exitCode == 0 ? stdout : stderr);
        return options.exitCode;
    }
    if (!hasDisplay())
        return printError(QStringLiteral("there is no display here (neither WAYLAND_DISPLAY nor "
                                         "DISPLAY is set). `sallyport serve` runs without one."));
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("sallyport"));
    QApplication::setApplicationDisplayName(QStringLiteral("Sallyport"));
    QApplication::setApplicationVersion(QStringLiteral(SALLYPORT_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("io.github.sallyport.Sallyport"));
    QApplication::setQuitOnLastWindowClosed(false);
    ReadableStyle::install();
    registerResources();
    QApplication::setWindowIcon(applicationIcon());
    Language language(application, rememberedLanguage(options.stateDir));
    if (!paths::ensurePrivateDir(options.stateDir))
        return printError(QLatin1String("cannot make the folder ") + options.stateDir);
    SingleInstance instance(runtimeFolder(options.stateDir));
    return instance.claim() ? runFirst(instance, options, language) : askFirst(instance);
}
