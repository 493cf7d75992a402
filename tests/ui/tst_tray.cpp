// SPDX-License-Identifier: MIT
#include "resources/resources.h"
#include "ui/tray/gateicon.h"
#include "ui/tray/notificationratelimit.h"
#include "ui/tray/traymenu.h"

#include <QImage>
#include <QSignalSpy>
#include <QTest>

using namespace sallyport;

Q_DECLARE_METATYPE(std::optional<sallyport::Notification>)

class TrayTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { registerResources(); }
    void theMenuHasItsEntriesInOrder();
    void everyActionHasANameOfItsOwn();
    void theStatusLineSaysWhatRuns_data();
    void theStatusLineSaysWhatRuns();
    void aTakenPortIsNamedAndAFreeOneOffered();
    void settingsFollowToAFreePort_data();
    void settingsFollowToAFreePort();
    void theTipSaysWhyTargetsAreNotUp();
    void routesAreSwitchesAndTheirActionsStay();
    void namesAreShownAsTheyAre_data();
    void namesAreShownAsTheyAre();
    void whatIsNotSafeStaysInSight();
    void withoutAFileRoutesCannotBeSwitched();
    void disconnectNeedsSomethingToUndo();
    void entriesAskForWhatTheySay();
    void anUpstreamIsAChoice();
    void theLastErrorsAreListed();
    void theShapeSaysTheState_data();
    void theShapeSaysTheState();
    void everyShapeIsDrawnCrispAtEverySize();
    void thePanelDecidesHowLightTheIconIs_data();
    void thePanelDecidesHowLightTheIconIs();
    void onAnUnknownPanelTheIconIsDarkAndLight();
    void eventsAreWorthANotification_data();
    void eventsAreWorthANotification();
    void oneNotificationOfAKindPassesInAMinute();

private:
    static QAction* action(QMenu& menu, const char* name) {
        return menu.findChild<QAction*>(QString::fromLatin1(name));
    }
};

void TrayTest::theMenuHasItsEntriesInOrder() {
    const TrayMenu menu;
    QStringList names;
    for (const QAction* entry : menu.actions())
        if (!entry->isSeparator()) names += entry->objectName();
    QCOMPARE(names, (QStringList{QStringLiteral("trayStatus"), QStringLiteral("trayWarning"),
                                 QStringLiteral("trayOpenLog"), QStringLiteral("trayProxyOn"),
                                 QStringLiteral("trayFreePort"), QStringLiteral("trayRoutesEntry"),
                                 QStringLiteral("trayUpstreamEntry"),
                                 QStringLiteral("trayClaudeCodeEntry"),
                                 QStringLiteral("trayErrorsEntry"), QStringLiteral("traySetUp"),
                                 QStringLiteral("trayDoctor"), QStringLiteral("trayEditRoutes"),
                                 QStringLiteral("traySettings"), QStringLiteral("trayQuit")}));
    const auto* copy = menu.findChild<QMenu*>(QStringLiteral("trayCopyVariables"));
    QCOMPARE(copy->actions().size(), 6);
}

void TrayTest::everyActionHasANameOfItsOwn() {
    const TrayMenu menu;
    QSet<QString> names;
    for (const QAction* entry : menu.findChildren<QAction*>()) {
        if (entry->isSeparator() || entry->menu()) continue;
        QVERIFY2(!entry->objectName().isEmpty(), qPrintable(entry->text()));
        QVERIFY2(!names.contains(entry->objectName()), qPrintable(entry->objectName()));
        names += entry->objectName();
    }
}

void TrayTest::theTipSaysWhyTargetsAreNotUp() {
    EngineStatus status;
    status.state = EngineStatus::State::Running;
    status.address = QStringLiteral("127.0.0.1:1");
    for (const char* target : {"a", "b", "c", "d"})
        status.upstreamProblems << QString::fromLatin1(target) + QStringLiteral(": refused");
    QCOMPARE(tipText(status, QStringLiteral("the file was refused")),
             QStringLiteral("Sallyport\nRunning on 127.0.0.1:1\nthe file was refused\n"
                            "a: refused\nb: refused\nc: refused"));
}

void TrayTest::theStatusLineSaysWhatRuns_data() {
    using State = EngineStatus::State;
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("active");
    QTest::addColumn<QString>("says");
    QTest::addColumn<bool>("isOn");
    QTest::newRow("off") << static_cast<int>(State::Stopped) << 0 << QStringLiteral("Off") << false;
    QTest::newRow("running") << static_cast<int>(State::Running) << 0
                             << QStringLiteral("Running on 127.0.0.1:8899") << true;
    QTest::newRow("busy") << static_cast<int>(State::Running) << 3 << QStringLiteral("· 3 active")
                          << true;
    QTest::newRow("trouble") << static_cast<int>(State::Failed) << 0 << QStringLiteral("Trouble")
                             << false;
}

void TrayTest::theStatusLineSaysWhatRuns() {
    QFETCH(int, state);
    QFETCH(int, active);
    QFETCH(QString, says);
    QFETCH(bool, isOn);
    TrayMenu menu;
    menu.setStatus({static_cast<EngineStatus::State>(state),
                    QStringLiteral("127.0.0.1:8899"),
                    {},
                    false,
                    active,
                    {}});
    const QString text = action(menu, "trayStatus")->text();
    QVERIFY2(text.contains(says), qPrintable(text));
    QCOMPARE(action(menu, "trayProxyOn")->isChecked(), isOn);
}

void TrayTest::aTakenPortIsNamedAndAFreeOneOffered() {
    TrayMenu menu;
    EngineStatus status;
    QVERIFY(!action(menu, "trayFreePort")->isVisible());
    status.state = EngineStatus::State::Failed;
    status.isPortTaken = true;
    status.problem = QStringLiteral("127.0.0.1:8899 is taken by a_b&c (process 7)");
    menu.setStatus(status);
    QCOMPARE(action(menu, "trayStatus")->text(),
             QStringLiteral("Trouble: 127.0.0.1:8899 is taken by a_b&&c (process 7)"));
    menu.setLabels(MenuLabels::DBus);
    QCOMPARE(action(menu, "trayStatus")->text(),
             QStringLiteral("Trouble: 127.0.0.1:8899 is taken by a__b&&c (process 7)"));
    QCOMPARE(tipText(status, {}), QStringLiteral("Sallyport\nTrouble: ") + status.problem);
    QSignalSpy wanted(&menu, &TrayMenu::freePortRequested);
    QVERIFY(action(menu, "trayFreePort")->isVisible());
    action(menu, "trayFreePort")->trigger();
    QCOMPARE(wanted.size(), 1);
}

void TrayTest::settingsFollowToAFreePort_data() {
    using State = EngineStatus::State;
    QTest::addColumn<bool>("wasTaken");
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("baseUrl");
    QTest::addColumn<bool>("canUndo");
    QTest::addColumn<bool>("follows");
    const auto row = [](const char* tag, bool wasTaken, State now, const char* url, bool canUndo,
                        bool follows) {
        QTest::newRow(tag) << wasTaken << static_cast<int>(now) << QString::fromLatin1(url)
                           << canUndo << follows;
    };
    const char* here = "http://127.0.0.1:8899";
    row("connected, and the port was taken", true, State::Running, here, true, true);
    row("it is taken still", true, State::Failed, here, true, false);
    row("another address for another reason", false, State::Running, here, true, false);
    row("settings that are not ours", true, State::Running, here, false, false);
    row("settings that lead elsewhere", true, State::Running, "https://a.example", true, false);
}

void TrayTest::settingsFollowToAFreePort() {
    QFETCH(bool, wasTaken);
    QFETCH(int, state);
    QFETCH(QString, baseUrl);
    QFETCH(bool, canUndo);
    EngineStatus before;
    before.isPortTaken = wasTaken;
    EngineStatus after;
    after.state = static_cast<EngineStatus::State>(state);
    const ClaudeCodeState claude{false, canUndo, baseUrl, QStringLiteral("http://127.0.0.1:8900")};
    QTEST(followsFreePort(before, after, claude), "follows");
}

void TrayTest::routesAreSwitchesAndTheirActionsStay() {
    TrayMenu menu;
    ConfigSummary summary;
    summary.hasRoutesFile = true;
    summary.routes = {{QStringLiteral("a&b"), QStringLiteral("/ → corp"), true},
                      {QStringLiteral("c"), {}, false}};
    menu.setConfig(summary);
    auto* routes = menu.findChild<QMenu*>(QStringLiteral("trayRoutes"));
    QAction* first = action(menu, "trayRoute_a&b");
    QVERIFY(first);
    QVERIFY(first->isChecked());
    QVERIFY(first->isEnabled());
    QVERIFY(first->text().contains(QStringLiteral("a&&b")));
    QSignalSpy wanted(&menu, &TrayMenu::routeRequested);
    first->trigger();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].toString(), QStringLiteral("a&b"));
    QCOMPARE(wanted[0][1].toBool(), false);
    summary.routes = {{QStringLiteral("c"), {}, true}};
    menu.setConfig(summary);
    QCOMPARE(routes->actions().first(), first);
    QCOMPARE(first->objectName(), QStringLiteral("trayRoute_c"));
    QVERIFY(!routes->actions()[1]->isVisible());
}

void TrayTest::namesAreShownAsTheyAre_data() {
    QTest::addColumn<bool>("isDBus");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("label");
    const auto row = [](const char* tag, bool isDBus, const char* name, const char* label) {
        QTest::newRow(tag) << isDBus << QString::fromLatin1(name) << QString::fromLatin1(label);
    };
    row("an underscore that Qt draws", false, "second_route", "second_route");
    row("an ampersand that Qt draws", false, "a&b", "a&&b");
    row("an underscore that a panel draws", true, "second_route", "second__route");
    // Qt makes an underscore of the first one, which marks the second.
    row("an ampersand that a panel draws", true, "a&b", "a&&b");
    row("two ampersands that a panel draws", true, "a&b&c", "a&&b&c");
}

void TrayTest::namesAreShownAsTheyAre() {
    QFETCH(bool, isDBus);
    QFETCH(QString, name);
    TrayMenu menu;
    ConfigSummary summary;
    summary.routes = {{name, {}, true}};
    menu.setConfig(summary);
    menu.setLabels(isDBus ? MenuLabels::DBus : MenuLabels::Widget);
    const auto* routes = menu.findChild<QMenu*>(QStringLiteral("trayRoutes"));
    QTEST(routes->actions().constFirst()->text(), "label");
}

void TrayTest::whatIsNotSafeStaysInSight() {
    TrayMenu menu;
    ConfigSummary summary;
    QVERIFY(!action(menu, "trayWarning")->isVisible());
    summary.warnings = QStringList{QStringLiteral("the certificate is not verified")};
    menu.setConfig(summary);
    QVERIFY(action(menu, "trayWarning")->isVisible());
    QSignalSpy wanted(&menu, &TrayMenu::doctorRequested);
    action(menu, "trayWarning")->trigger();
    QCOMPARE(wanted.size(), 1);
    menu.setConfig({});
    QVERIFY(!action(menu, "trayWarning")->isVisible());
}

void TrayTest::withoutAFileRoutesCannotBeSwitched() {
    TrayMenu menu;
    ConfigSummary summary;
    summary.routes = {{QStringLiteral("sandbox"), {}, true}};
    menu.setConfig(summary);
    QVERIFY(!action(menu, "trayRoute_sandbox")->isEnabled());
}

void TrayTest::disconnectNeedsSomethingToUndo() {
    TrayMenu menu;
    menu.setClaudeCode(false, false);
    QVERIFY(!action(menu, "trayDisconnect")->isEnabled());
    menu.setClaudeCode(true, true);
    QVERIFY(action(menu, "trayDisconnect")->isEnabled());
}

void TrayTest::entriesAskForWhatTheySay() {
    TrayMenu menu;
    QSignalSpy log(&menu, &TrayMenu::logRequested), quit(&menu, &TrayMenu::quitRequested);
    QSignalSpy setUp(&menu, &TrayMenu::setUpRequested),
        connectIt(&menu, &TrayMenu::connectRequested);
    QSignalSpy variables(&menu, &TrayMenu::variablesRequested);
    QSignalSpy listening(&menu, &TrayMenu::listeningRequested);
    for (const char* name :
         {"trayOpenLog", "trayQuit", "traySetUp", "trayConnect", "trayCopy_nushell", "trayProxyOn"})
        action(menu, name)->trigger();
    for (const QSignalSpy* spy : {&log, &quit, &setUp, &connectIt, &variables, &listening})
        QCOMPARE(spy->size(), 1);
    QVERIFY(variables[0][0].value<Shell>() == Shell::Nu);
    QCOMPARE(listening[0][0].toBool(), true);
}

void TrayTest::anUpstreamIsAChoice() {
    TrayMenu menu;
    ConfigSummary summary;
    summary.hasRoutesFile = true;
    summary.upstreams = {QStringLiteral("corp"), QStringLiteral("sandbox")};
    summary.destination = {QStringLiteral("corp"), QStringLiteral("gateway.example"), false};
    menu.setConfig(summary);
    QVERIFY(action(menu, "trayUpstream_corp")->isChecked());
    QSignalSpy wanted(&menu, &TrayMenu::upstreamRequested);
    action(menu, "trayUpstream_sandbox")->trigger();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].toString(), QStringLiteral("sandbox"));
    // The mark follows the file, not the click.
    QVERIFY(action(menu, "trayUpstream_corp")->isChecked());
    QVERIFY(!action(menu, "trayUpstream_sandbox")->isChecked());
}

void TrayTest::theLastErrorsAreListed() {
    QVector<ExchangeRecord> records(12);
    for (qsizetype i = 0; i < records.size(); ++i) {
        records[i].id = static_cast<quint64>(i + 1);
        records[i].role = RequestRole::Gateway;
        records[i].path = "/v1/messages";
        records[i].status = i % 2 == 0 ? 529 : 200;
        records[i].end = ExchangeEnd::Complete;
    }
    records[10].end = ExchangeEnd::Running;
    RecentErrors errors;
    QVERIFY(errors.add(records));
    QVERIFY(!errors.add(records));
    QCOMPARE(errors.list().size(), 5);
    QCOMPARE(errors.list().first().id, quint64{9});
    TrayMenu menu;
    QVERIFY(!menu.findChild<QMenu*>(QStringLiteral("trayErrors"))->isEnabled());
    menu.setErrors(errors.list());
    QVERIFY(action(menu, "trayError0")->text().contains(QStringLiteral("529")));
    QSignalSpy wanted(&menu, &TrayMenu::errorRequested);
    action(menu, "trayError1")->trigger();
    QCOMPARE(wanted[0][0].toULongLong(), quint64{7});
}

void TrayTest::theShapeSaysTheState_data() {
    using State = EngineStatus::State;
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("active");
    QTest::addColumn<bool>("hasTrouble");
    QTest::addColumn<int>("shape");
    const auto row = [](const char* tag, State state, int active, bool trouble, GateShape shape) {
        QTest::newRow(tag) << static_cast<int>(state) << active << trouble
                           << static_cast<int>(shape);
    };
    row("stopped is barred", State::Stopped, 0, false, GateShape::Barred);
    row("running is open", State::Running, 0, false, GateShape::Open);
    row("busy has its dot", State::Running, 2, false, GateShape::Busy);
    row("finishing is busy", State::Draining, 2, false, GateShape::Busy);
    row("failed is trouble", State::Failed, 0, false, GateShape::Trouble);
    row("a refused file is trouble even while busy", State::Running, 2, true, GateShape::Trouble);
}

void TrayTest::theShapeSaysTheState() {
    QFETCH(int, state);
    QFETCH(int, active);
    QFETCH(bool, hasTrouble);
    EngineStatus status;
    status.state = static_cast<EngineStatus::State>(state);
    status.active = active;
    QTEST(static_cast<int>(gateShape(status, hasTrouble)), "shape");
}

void TrayTest::everyShapeIsDrawnCrispAtEverySize() {
    for (const int pixels : {16, 22, 24, 32, 48}) {
        QList<QImage> seen;
        for (const GateShape shape :
             {GateShape::Open, GateShape::Busy, GateShape::Trouble, GateShape::Barred}) {
            const QImage image = gatePixmap(shape, Qt::black, pixels).toImage();
            QCOMPARE(image.width(), pixels);
            QVERIFY2(!seen.contains(image), "two shapes look the same");
            seen += image;
            // The left wall stands on whole pixels: its edge is not smeared over two of them.
            const int middle = pixels * 3 / 4;
            int x = 0;
            while (x < pixels && image.pixelColor(x, middle).alpha() == 0)
                ++x;
            QCOMPARE(image.pixelColor(x, middle).alpha(), 255);
        }
    }
}

void TrayTest::thePanelDecidesHowLightTheIconIs_data() {
    QTest::addColumn<QByteArray>("desktop");
    QTest::addColumn<int>("scheme");
    QTest::addColumn<int>("tone");
    const auto row = [](const char* tag, const char* desktop, int scheme, PanelTone tone) {
        QTest::newRow(tag) << QByteArray(desktop) << scheme << static_cast<int>(tone);
    };
    row("GNOME's bar is dark", "ubuntu:GNOME", 2, PanelTone::Dark);
    row("a dark wish of the portal", "KDE", 1, PanelTone::Dark);
    row("a light wish of the portal", "KDE", 2, PanelTone::Light);
    row("without a wish nobody knows", "KDE", 0, PanelTone::Unknown);
    row("Xfce's panel has a mode of its own", "XFCE", 2, PanelTone::Unknown);
    row("no desktop", "", 0, PanelTone::Unknown);
}

void TrayTest::thePanelDecidesHowLightTheIconIs() {
    QFETCH(QByteArray, desktop);
    QFETCH(int, scheme);
    QTEST(static_cast<int>(panelTone({desktop, scheme})), "tone");
}

void TrayTest::onAnUnknownPanelTheIconIsDarkAndLight() {
    for (const int pixels : {16, 22, 24, 48}) {
        const QImage image =
            panelIcon(GateShape::Open, PanelTone::Unknown).pixmap(pixels).toImage();
        bool hasDark = false;
        bool hasLight = false;
        for (int x = 0; x < image.width(); ++x) {
            for (int y = 0; y < image.height(); ++y) {
                const QColor color = image.pixelColor(x, y);
                if (color.alpha() < 255) continue;
                hasDark = hasDark || color.lightness() < 64;
                hasLight = hasLight || color.lightness() > 220;
            }
        }
        QVERIFY(hasDark && hasLight);
    }
}

void TrayTest::eventsAreWorthANotification_data() {
    using Kind = NotificationKind;
    QTest::addColumn<std::optional<Notification>>("notification");
    QTest::addColumn<int>("kind");
    const auto row = [](const char* tag, const std::optional<Notification>& got, int kind) {
        QTest::newRow(tag) << got << kind;
    };
    EngineStatus taken;
    taken.state = EngineStatus::State::Failed;
    taken.isPortTaken = true;
    row("a port that is taken", notificationFor({}, taken), static_cast<int>(Kind::PortTaken));
    row("a port that is taken still", notificationFor(taken, taken), -1);
    EngineStatus down;
    down.upstreamProblems = {QStringLiteral("corp: refused")};
    row("an upstream that is passed over", notificationFor({}, down),
        static_cast<int>(Kind::UpstreamDown));
    row("an upstream that is back", notificationFor(down, EngineStatus()), -1);
    ExchangeRecord refused;
    refused.end = ExchangeEnd::Complete;
    refused.status = 401;
    row("a token that Sallyport itself refused", notificationFor(refused), -1);
    refused.upstream = QStringLiteral("corp");
    row("a credential that the upstream refused", notificationFor(refused),
        static_cast<int>(Kind::CredentialRefused));
    const QString here = QStringLiteral("http://127.0.0.1:1");
    const ClaudeCodeState connected{true, true, here, here};
    const ClaudeCodeState changed{false, true, QStringLiteral("https://x.example"), here};
    row("settings that another program changed", notificationFor(connected, changed, false),
        static_cast<int>(Kind::SettingsChanged));
    row("settings that were changed here", notificationFor(connected, changed, true), -1);
    row("a proxy that was turned off", notificationFor(connected, {false, true, here, {}}, false),
        -1);
}

void TrayTest::eventsAreWorthANotification() {
    QFETCH(std::optional<Notification>, notification);
    QTEST(notification ? static_cast<int>(notification->kind) : -1, "kind");
    if (notification) QVERIFY(!notification->title.isEmpty());
}

void TrayTest::oneNotificationOfAKindPassesInAMinute() {
    using namespace std::chrono_literals;
    NotificationRateLimit limit;
    const Monotonic start{1h};
    QVERIFY(limit.passes(NotificationKind::PortTaken, start));
    QVERIFY(!limit.passes(NotificationKind::PortTaken, start + 59s));
    QVERIFY(limit.passes(NotificationKind::UpstreamDown, start + 59s));
    QVERIFY(limit.passes(NotificationKind::PortTaken, start + 61s));
}

QTEST_MAIN(TrayTest)
#include "tst_tray.moc"
