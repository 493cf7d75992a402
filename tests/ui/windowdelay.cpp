// SPDX-License-Identifier: MIT
// Measures what the log window does to traffic: ./dev bench --only window. The core runs on its own
// thread, as in the application; 200 event streams at 50 events a second each go through it, from
// and to the load program, in turns with the window hidden and with it open and following.
#include "app/desktop/corethread.h"
#include "tests/bench/budgetreport.h"
#include "ui/log/logtable.h"
#include "ui/log/logwindow.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QMenu>
#include <QProcess>
#include <QSettings>
#include <QTcpServer>
#include <QTemporaryDir>

#include <algorithm>
#include <ctime>
#include <vector>

using namespace sallyport;

namespace {

constexpr int kRounds = 9;
constexpr int kStreams = 200;
constexpr int kGapMillis = 20;
constexpr int kEvents = 100;

quint16 freePort() {
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : quint16{0};
}

bool writeRoutes(const QString& dir, quint16 origin) {
    QFile file(dir + QStringLiteral("/routes.yaml"));
    const QByteArray text = "upstreams:\n  - {name: origin, targets: [{url: \"http://127.0.0.1:" +
                            QByteArray::number(origin) +
                            "\"}]}\n"
                            "routes:\n  - {name: all, match: {path: /}, upstream: origin, "
                            "access: open}\n";
    return file.open(QFile::WriteOnly) && file.write(text) == text.size();
}

/// Of one run, in milliseconds but for the last.
struct Figures {
    double middle = 0;
    double high = 0;    ///< 99th percentile
    double highest = 0; ///< 99.9th percentile
    double ofACore = 0; ///< processor time of this program: core and window
};

/// Of the best round: what other programs take of the processor meanwhile makes a figure larger,
/// never smaller.
double leastOf(const std::vector<Figures>& runs, double Figures::*figure) {
    const auto isLess = [figure](const Figures& a, const Figures& b) {
        return a.*figure < b.*figure;
    };
    return (*std::min_element(runs.begin(), runs.end(), isLess)).*figure;
}

/// Waits in the event loop, in which the window does its work. Empty when an event was lost.
std::optional<Figures> run(const QString& load, quint16 port) {
    QProcess client;
    QEventLoop loop;
    QObject::connect(&client, &QProcess::finished, &loop, &QEventLoop::quit);
    QObject::connect(&client, &QProcess::errorOccurred, &loop, &QEventLoop::quit);
    const std::clock_t before = std::clock();
    QElapsedTimer wall;
    wall.start();
    client.start(load, {QStringLiteral("sse"), QString::number(port), QString::number(kStreams),
                        QString::number(kGapMillis), QString::number(kEvents)});
    loop.exec();
    const double micros = static_cast<double>(std::clock() - before) * 1e6 / CLOCKS_PER_SEC;
    const QList<QByteArray> words = client.readAllStandardOutput().simplified().split(' ');
    constexpr int kWords = 8; // sse COUNT p50 A p99 B p99.9 C
    if (client.exitCode() != 0 || words.size() != kWords) return std::nullopt;
    return Figures{words[3].toDouble(), words[5].toDouble(), words[7].toDouble(),
                   micros / static_cast<double>(wall.nsecsElapsed()) * 1e5};
}

int measure(const QString& load, quint16 port, LogWindow& window) {
    std::vector<Figures> hidden;
    std::vector<Figures> open;
    for (int round = 0; round < 2 * kRounds; ++round) {
        const bool isOpen = round % 2 == 1;
        window.setVisible(isOpen);
        if (isOpen) window.findChild<LogTable*>()->tail().follow();
        const auto figures = run(load, port);
        if (!figures) {
            std::fputs("a stream lost an event, or the load program failed\n", stderr);
            return 2;
        }
        (isOpen ? open : hidden).push_back(*figures);
    }
    for (const auto& [name, runs] : {std::pair("hidden", &hidden), std::pair("open", &open)})
        std::printf("window %-6s: events delayed by %.2f ms (p50), %.2f (p99), %.2f (p99.9); "
                    "%.1f %% of a core\n",
                    name, leastOf(*runs, &Figures::middle), leastOf(*runs, &Figures::high),
                    leastOf(*runs, &Figures::highest), leastOf(*runs, &Figures::ofACore));
    BudgetReport report;
    const auto added = [&](double Figures::*figure) {
        return leastOf(open, figure) - leastOf(hidden, figure);
    };
    report.add("delay that the window adds, 99th percentile", added(&Figures::high), 5, "ms");
    report.add("delay that the window adds, 99.9th percentile", added(&Figures::highest), 5, "ms");
    report.add("core and window, 200 streams: of a core", leastOf(open, &Figures::ofACore), 35,
               "%");
    return report.end();
}

} // namespace

int main(int argc, char** argv) {
    const QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() != 2) {
        std::fputs("windowdelay LOAD\n", stderr);
        return 2;
    }
    const QTemporaryDir home;
    qputenv("HOME", home.path().toUtf8());
    EngineOptions options;
    options.configDir = home.filePath(QStringLiteral("config"));
    options.stateDir = home.filePath(QStringLiteral("state"));
    options.listenPort = freePort();
    const quint16 originPort = freePort();
    if (!QDir().mkpath(options.configDir) || !QDir().mkpath(options.stateDir) ||
        !writeRoutes(options.configDir, originPort))
        return 2;
    QProcess origin;
    origin.start(arguments[1], {QStringLiteral("origin"), QString::number(originPort)});
    CoreThread core(options);
    const SystemClock clock;
    QSettings settings(home.filePath(QStringLiteral("ui.ini")), QSettings::IniFormat);
    QMenu menu;
    LogWindow window(core, clock, settings, menu);
    window.resize(1280, 800);
    QEventLoop starting;
    QObject::connect(&core, &EngineInterface::statusChanged, &starting,
                     [&starting](const EngineStatus& status) {
                         if (status.state == EngineStatus::State::Running) starting.quit();
                     });
    core.open();
    starting.exec();
    const int status = measure(arguments[1], *options.listenPort, window);
    origin.terminate();
    origin.waitForFinished();
    return status;
}
