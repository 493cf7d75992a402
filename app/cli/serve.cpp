// SPDX-License-Identifier: MIT
#include "app/cli/serve.h"

#include "app/cli/console.h"
#include "core/claudecode/listeningfile.h"
#include "core/engine/engine.h"
#include "core/observe/log.h"
#include "core/support/descriptorlimit.h"
#include "core/support/paths.h"
#include "core/support/unixsignals.h"

#include <QCoreApplication>

#include <csignal>

namespace sallyport::cli {

namespace {

std::vector<int> watchedSignals() {
#ifdef Q_OS_UNIX
    std::signal(SIGPIPE, SIG_IGN);
    return {SIGTERM, SIGINT, SIGHUP};
#else
    return {};
#endif
}

EngineOptions engineOptions(const Invocation& invocation) {
    EngineOptions options;
    options.configDir = invocation.configDir;
    options.stateDir = invocation.stateDir;
    options.keepsBodies = false;
    if (!invocation.listen) return options;
    options.listenAddress = invocation.listen->first;
    options.listenPort = invocation.listen->second;
    return options;
}

/// The engine, and the signals that end and reload it.
class Service : public QObject {
public:
    explicit Service(const Invocation& invocation)
        : m_stateDir(invocation.stateDir)
        , m_engine(engineOptions(invocation))
        , m_signals(watchedSignals()) {
        connect(&m_signals, &UnixSignals::arrived, this,
                [this](int number) { handleSignal(number); });
        connect(&m_engine, &Engine::drained, this, [] { QCoreApplication::exit(kExitDone); });
    }
    ~Service() override { removeListeningFile(m_stateDir); }

    /// The exit code when it does not start.
    [[nodiscard]] std::optional<int> start();

private:
    void handleSignal(int number);

    QString m_stateDir;
    Engine m_engine;
    UnixSignals m_signals;
    bool m_isEnding = false;
};

std::optional<int> Service::start() {
    QString rejection;
    const auto listening = connect(&m_engine, &Engine::configRejected, this,
                                   [&rejection](const QString& text) { rejection = text; });
    const bool isOpen = m_engine.open();
    disconnect(listening);
    const EngineStatus status = m_engine.status();
    if (!isOpen) {
        // `FILE:LINE:COLUMN: …` begins its line, so that editors find the place.
        if (!rejection.isEmpty())
            printErrorAsIs(rejection);
        else
            printError(status.problem);
        return status.isPortTaken ? kExitPortTaken : kExitWrong;
    }
    if (auto written = writeListeningFile(m_stateDir, status.address); !written)
        log::write(log::Level::Warn, "listening_file", {{"reason", written.error()}});
    printOutput(QString(QLatin1String("listening on http://") + status.address + u'\n'));
    return {};
}

void Service::handleSignal(int number) {
#ifdef Q_OS_UNIX
    if (number == SIGHUP) {
        m_engine.reload();
        return;
    }
#endif
    log::write(log::Level::Info, "ending", {{"signal", number}});
    if (m_isEnding) {
        QCoreApplication::exit(kExitNo);
        return;
    }
    m_isEnding = true;
    m_engine.drain();
}

} // namespace

int serve(const Invocation& invocation) {
    raiseDescriptorLimit();
    log::Options options;
    // Without a folder for it there is no log file; the console has all of it.
    const QString folder = invocation.stateDir + QLatin1String("/log");
    if (paths::ensurePrivateDir(folder)) options.file = folder + QLatin1String("/sallyport.log");
    log::configure(options);
    Service service(invocation);
    if (const auto code = service.start()) return *code;
    const int code = QCoreApplication::exec();
    log::flush();
    return code;
}

} // namespace sallyport::cli
