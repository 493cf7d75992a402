// SPDX-License-Identifier: MIT
// The log window with made-up traffic, to be looked at:
// demowindow [--dark] [--zh] [--empty] [--filter TEXT] [--pause] [--setup] [--off] [--taken]
// [--stale] [--size 800x500] [--doctor] [--turn TAB] [--row ID] [--grouped]: row 41 with a turn, in
// the tab of that object name; with --row 39 also --resend and --compare; the doctor looks at the
// real files of HOME
#include "core/doctor/doctorfix.h"
#include "core/doctor/doctorrun.h"
#include "core/history/filtermatcher.h"
#include "core/support/paths.h"
#include "tests/ui/demofeed.h"
#include "tests/ui/fakehistory.h"
#include "tests/ui/fakeport.h"
#include "ui/doctor/doctorwindow.h"
#include "ui/log/logwindow.h"
#include "ui/pricefile.h"
#include "ui/readablepalette.h"
#include "ui/setup/setupdialog.h"
#include "ui/tray/trayicon.h"

#include <QApplication>
#include <QFile>
#include <QLineEdit>
#include <QSettings>
#include <QStyleFactory>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTimer>
#include <QToolButton>
#include <QTranslator>

#include <memory>

#include "resources/resources.h"

using namespace sallyport;

namespace {

/// A month of requests, one each hour.
class DemoHistory : public FakeHistory {
public:
    void find(const HistoryRequest& request) override {
        FakeHistory::find(request);
        constexpr quint64 kKept = 700;
        QVector<ExchangeRecord> records;
        quint64 id = std::min(request.before, kKept);
        for (; id > 1 && records.size() < request.limit; --id) {
            const auto at = m_clock.wallNow() - std::chrono::hours(kKept - id + 1);
            ExchangeRecord record = demo::record(id, at);
            record.startedAt = at;
            if (record.end == ExchangeEnd::Running) record.end = ExchangeEnd::Complete;
            if (filter::matches(request.query, record)) records += record;
        }
        QTimer::singleShot(300, this, [this, records, id, at = m_clock.wallNow()] {
            HistoryPage page;
            page.search = searches.last().search;
            page.state = id > 1 ? HistoryPage::State::More : HistoryPage::State::All;
            page.records = records;
            page.before = id;
            page.reached = at - std::chrono::hours(kKept - id);
            emit found(page);
        });
    }

private:
    SystemClock m_clock;
};

/// The checks themselves, on this thread.
class LocalDoctor : public DoctorInterface {
public:
    LocalDoctor() {
        connect(&m_run, &DoctorRun::checked, this, &DoctorInterface::checked);
        connect(&m_run, &DoctorRun::finished, this, &DoctorInterface::checksFinished);
    }
    void startChecks() override { m_run.start(m_options); }
    void cancelChecks() override { m_run.cancel(); }
    void applyFixOf(const CheckResult& result) override {
        const auto done = applyFix(*result.fix, m_options);
        emit fixEnded(done.isOk(), done ? *done : done.error().message);
    }

private:
    DoctorOptions m_options = DoctorOptions::forProcess(paths::configDir(), paths::stateDir());
    DoctorRun m_run;
};

/// The request of every exchange carries a picture, to see base64 folded, and a long line.
ExchangeDetail withPicture(ExchangeDetail detail) {
    QByteArray picture = "\x89PNG\r\n\x1a\n";
    for (int i = 0; i < 300000; ++i)
        picture += static_cast<char>(i * 7919 >> 5);
    detail.requestBody = {{900, "{\"model\":\"" + detail.record.modelAsked +
                                    "\",\"image\":{\"media_type\":\"image/png\",\"data\":\"" +
                                    picture.toBase64() + "\"},\"text\":\"" +
                                    QByteArray(200000, 'x') + "\"}"}};
    return detail;
}

} // namespace

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    registerResources();
    const QStringList arguments = app.arguments();
    if (arguments.contains(QStringLiteral("--dark"))) {
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        QApplication::setPalette(demo::palette(true));
    }
    QTranslator translator;
    const bool isChinese = arguments.contains(QStringLiteral("--zh"));
    if (translator.load(isChinese ? QStringLiteral(":/i18n/sallyport_zh_CN.qm")
                                  : QStringLiteral(":/i18n/sallyport_en.qm")))
        app.installTranslator(&translator);
    QTemporaryDir dir;
    QSettings settings(dir.filePath(QStringLiteral("demo.ini")), QSettings::IniFormat);
    const SystemClock clock;
    FakePort port;
    const ReadablePalette palette;
    TrayMenu menu;
    TrayMenu windowMenu;
    DemoHistory history;
    LogWindow window(port, clock, settings, windowMenu);
    window.setHistory(history);
    TrayIcon tray(menu);
    QObject::connect(&tray, &TrayIcon::logRequested, &window, &LogWindow::raiseToFront);
    QObject::connect(&menu, &TrayMenu::quitRequested, &app, &QApplication::quit);
    QObject::connect(&port, &EngineInterface::statusChanged, &tray, &TrayIcon::setStatus);
    QObject::connect(&port, &EngineInterface::statusChanged, &menu, &TrayMenu::setStatus);
    QObject::connect(&port, &EngineInterface::configChanged, &menu, &TrayMenu::setConfig);
    QObject::connect(&port, &EngineInterface::statusChanged, &windowMenu, &TrayMenu::setStatus);
    QObject::connect(&port, &EngineInterface::configChanged, &windowMenu, &TrayMenu::setConfig);
    QObject::connect(&windowMenu, &TrayMenu::quitRequested, &app, &QApplication::quit);
    ConfigSummary summary;
    summary.routes = {{QStringLiteral("claude"), QStringLiteral("/ → corp"), true},
                      {QStringLiteral("legacy"), QStringLiteral("/v1/claude → corp"), false}};
    summary.upstreams = {QStringLiteral("corp"), QStringLiteral("sandbox")};
    summary.hasRoutesFile = true;
    summary.destination = {QStringLiteral("corp"), QStringLiteral("gateway.corp.example"), false};
    emit port.configChanged(summary);
    emit port.statusChanged(
        {EngineStatus::State::Running, QStringLiteral("127.0.0.1:8899"), {}, false, 3, {}});
    window.setPrices(PriceFile(dir.path()).table());
    window.setTrayProbe([&tray] { return tray.isShown(); });
    window.show();
    tray.start();
    QVector<ExchangeRecord> records;
    if (!arguments.contains(QStringLiteral("--empty"))) records = demo::batch(40, clock.wallNow());
    emit port.exchangesChanged(records);
    if (arguments.contains(QStringLiteral("--off"))) {
        emit port.statusChanged({});
        window.setClaudeCode({false, true, QStringLiteral("http://127.0.0.1:8899"), {}});
    }
    if (arguments.contains(QStringLiteral("--taken")))
        emit port.statusChanged({EngineStatus::State::Failed,
                                 {},
                                 QStringLiteral("127.0.0.1:8899 is taken by nginx (process 4711)."),
                                 true,
                                 0,
                                 {}});
    if (arguments.contains(QStringLiteral("--stale"))) {
        window.setClaudeCode({false, true, QStringLiteral("http://127.0.0.1:9000"),
                              QStringLiteral("http://127.0.0.1:8899")});
        summary.destination = {QStringLiteral("sandbox"), {}, true};
        summary.pendingAddress = QStringLiteral("127.0.0.1:9999");
        emit port.configChanged(summary);
    }
    if (const qsizetype at = arguments.indexOf(QStringLiteral("--size")); at >= 0) {
        const QStringList size = arguments.value(at + 1).split(u'x');
        window.resize(size.value(0).toInt(), size.value(1).toInt());
    }
    if (const qsizetype at = arguments.indexOf(QStringLiteral("--filter")); at >= 0)
        window.findChild<FilterLine*>()->setText(arguments.value(at + 1));
    if (arguments.contains(QStringLiteral("--pause"))) {
        window.findChild<QToolButton*>(QStringLiteral("pauseButton"))->click();
        emit port.exchangesChanged({demo::record(100, clock.wallNow())});
    }
    LocalDoctor doctor;
    std::unique_ptr<DoctorWindow> doctorWindow;
    if (arguments.contains(QStringLiteral("--doctor"))) {
        doctorWindow = std::make_unique<DoctorWindow>(doctor);
        doctorWindow->show();
    }
    std::unique_ptr<SetupDialog> setup;
    if (arguments.contains(QStringLiteral("--setup"))) {
        QFile routes(dir.filePath(QStringLiteral("routes.yaml")));
        if (!routes.open(QFile::WriteOnly)) return 1;
        routes.write("upstreams:\n  - name: corp\n    targets:\n      - {url: "
                     "\"http://127.0.0.1:9/llm\"}\n    credential: env:CORP_KEY\nroutes:\n"
                     "  - {name: claude, match: {path: /}, upstream: corp}\n");
        routes.close();
        setup = std::make_unique<SetupDialog>(port, dir.path());
        setup->findChild<QLineEdit*>(QStringLiteral("gatewayUrl"))
            ->setText(QStringLiteral("https://gateway.corp.example/llm"));
        setup->show();
    }
    const qsizetype turnAt = arguments.indexOf(QStringLiteral("--turn"));
    int pieces = 0;
    if (turnAt >= 0) {
        window.showExchange(41);
        auto* tabs = window.findChild<QTabWidget*>(QStringLiteral("detailTabs"));
        tabs->setCurrentWidget(window.findChild<QWidget*>(arguments.value(turnAt + 1)));
    }
    if (arguments.contains(QStringLiteral("--grouped")))
        window.findChild<SessionTree*>()->setVisible(true);
    if (const qsizetype at = arguments.indexOf(QStringLiteral("--row")); at >= 0)
        window.showExchange(arguments.value(at + 1).toULongLong());
    const auto trigger = [&window](const char* name) {
        window.findChild<QAction*>(QString::fromLatin1(name))->trigger();
    };
    if (arguments.contains(QStringLiteral("--resend"))) {
        trigger("rowEditResend");
        emit port.detailChanged(demo::detail(records.at(38)));
    }
    if (arguments.contains(QStringLiteral("--compare"))) {
        trigger("rowResend");
        emit port.detailChanged(demo::detail(records.at(38)));
        ExchangeRecord again = demo::record(50, clock.wallNow());
        again.id = 60;
        again.resentFrom = QByteArray::number(records.at(38).id);
        emit port.exchangesChanged({again});
        emit port.detailChanged(demo::detail(records.at(38)));
        emit port.detailChanged(demo::detail(again));
    }
    QTimer feed;
    QObject::connect(&feed, &QTimer::timeout, &port, [&] {
        const quint64 asked = port.asked.isEmpty() ? 0 : port.asked.last().mid(6).toULongLong();
        for (const ExchangeRecord& r : std::as_const(records))
            if (r.id == asked)
                emit port.detailChanged(r.webSocket   ? demo::webSocket(r.id, r.startedAt)
                                        : turnAt >= 0 ? demo::turn(r, ++pieces)
                                                      : withPicture(demo::detail(r)));
    });
    feed.start(200);
    return QApplication::exec();
}
