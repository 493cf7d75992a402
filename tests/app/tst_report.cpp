// SPDX-License-Identifier: MIT
#include "app/cli/report.h"

#include "core/support/visibletext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace sallyport;

class ReportTest : public QObject {
    Q_OBJECT

    static ConnectStatus status() {
        return {
            QStringLiteral("/h/settings.json"),
            {{QStringLiteral("env.A"),
              KeyState::Applied,
              QStringLiteral("1"),
              QStringLiteral("1"),
              {}},
             {QStringLiteral("env.LONGER"), KeyState::Missing, {}, QStringLiteral("2"), {}},
             {QStringLiteral("b"), KeyState::Differs, QStringLiteral("x"), QStringLiteral("y"), {}},
             {QStringLiteral("c"), KeyState::Blocked, QStringLiteral("1"), QStringLiteral("1"),
              QStringLiteral("/etc/m.json")}},
            false,
            true,
            {}};
    }

private slots:
    void statusForPeople() {
        QCOMPARE(cli::statusText(status()),
                 QStringLiteral(
                     "/h/settings.json\n"
                     "  applied  env.A       1\n"
                     "  missing  env.LONGER\n"
                     "  differs  b           x  (would be y)\n"
                     "  blocked  c           1  (/etc/m.json wins)\n"
                     "Sallyport wrote its keys, and /etc/m.json wins over them: change it there. "
                     "`sallyport env undo` takes it back.\n"));
    }

    void noTerminalObeysAStatus() {
        const QString evil = QStringLiteral("\x1b]0;x\x07\x1b[2J\u202e");
        ConnectStatus status;
        status.file = evil;
        status.hasJournal = true;
        for (const KeyState state : {KeyState::Differs, KeyState::Blocked})
            status.keys.push_back(
                {QStringLiteral("env.ANTHROPIC_BASE_URL"), state, evil, evil, evil});
        for (const QChar c : cli::statusText(status))
            QVERIFY2(c == u'\n' || !needsEscape(c.unicode()),
                     qPrintable(QString::number(c.unicode(), 16)));
    }

    void statusOfAnAddressThatWasLeft() {
        ConnectStatus status;
        status.hasJournal = true;
        status.runningAddress = QStringLiteral("127.0.0.1:9001");
        status.keys = {{QStringLiteral("env.ANTHROPIC_BASE_URL"), KeyState::Differs,
                        QStringLiteral("http://127.0.0.1:8899")}};
        const QString left = cli::statusText(status);
        QVERIFY(left.contains(QStringLiteral("http://127.0.0.1:8899, which Sallyport has left")));
        QVERIFY(left.contains(QStringLiteral("127.0.0.1:9001 now; `sallyport env apply`")));
    }

    void statusOfAGatewayThatIsGone() {
        ConnectStatus connected;
        connected.isConnected = true;
        connected.keys = {{QStringLiteral("env.ANTHROPIC_BASE_URL"),
                           KeyState::Applied,
                           QStringLiteral("http://127.0.0.1:8899"),
                           {},
                           {}}};
        const QString gone = cli::statusText(connected);
        QVERIFY(gone.contains(QStringLiteral("pointed at http://127.0.0.1:8899, and no Sallyport "
                                             "listens there")));
        QVERIFY(gone.contains(QStringLiteral("`sallyport serve`")));
        QVERIFY(cli::statusJson(connected).contains("\"listening\": false"));
        connected.runningAddress = QStringLiteral("127.0.0.1:8899");
        QVERIFY(cli::statusText(connected).contains(
            QStringLiteral("Claude Code is pointed at Sallyport.")));
        QVERIFY(cli::statusJson(connected).contains("\"listening\": true"));
    }

    void requestsFailWhereNoSallyportListens_data() {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("running");
        QTest::addColumn<bool>("isConnected");
        QTest::addColumn<bool>("hasJournal");
        QTest::addColumn<bool>("fails");
        const QString here = QStringLiteral("http://127.0.0.1:8899");
        const QString runs = QStringLiteral("127.0.0.1:8899");
        QTest::newRow("it runs there") << here << runs << true << true << false;
        QTest::newRow("nothing runs") << here << QString() << true << true << true;
        QTest::newRow("a target of files, and nothing runs")
            << QString() << QString() << true << true << true;
        QTest::newRow("it runs elsewhere")
            << here << QStringLiteral("127.0.0.1:9001") << false << true << true;
        QTest::newRow("the address was another port's, and nothing runs")
            << QStringLiteral("http://localhost:9001") << QString() << false << true << true;
        QTest::newRow("changed to somewhere else")
            << QStringLiteral("https://a.example") << QString() << false << true << false;
        QTest::newRow("a local gateway of somebody else")
            << here << QString() << false << false << false;
        QTest::newRow("not connected") << QString() << QString() << false << false << false;
    }
    void requestsFailWhereNoSallyportListens() {
        QFETCH(QString, address);
        QFETCH(QString, running);
        QFETCH(bool, isConnected);
        QFETCH(bool, hasJournal);
        ConnectStatus status;
        status.keys = {{QStringLiteral("env.ANTHROPIC_BASE_URL"), KeyState::Applied, address}};
        status.runningAddress = running;
        status.isConnected = isConnected;
        status.hasJournal = hasJournal;
        QTEST(cli::leadsNowhere(status), "fails");
    }

    void statusForPrograms() {
        const QJsonObject root = QJsonDocument::fromJson(cli::statusJson(status())).object();
        QCOMPARE(root[QLatin1String("connected")].toBool(), false);
        QCOMPARE(root[QLatin1String("undoable")].toBool(), true);
        const QJsonArray keys = root[QLatin1String("keys")].toArray();
        QCOMPARE(keys.size(), 4);
        QCOMPARE(keys[3].toObject()[QLatin1String("blocked_by")].toString(),
                 QStringLiteral("/etc/m.json"));
        QVERIFY(!keys[1].toObject().contains(QLatin1String("current")));
    }

    void undoForPeople() {
        const UndoReport report{
            QStringLiteral("/f"), {QStringLiteral("a")}, {QStringLiteral("b")}, false, false};
        const QString text = cli::undoText(report);
        QVERIFY(text.contains(QStringLiteral("put back    a")));
        QVERIFY(text.contains(QStringLiteral("left alone  b")));
        QVERIFY(text.contains(QStringLiteral("restart")));
        QVERIFY(cli::undoText({QStringLiteral("/f"), {}, {}, false, true})
                    .contains(QStringLiteral("Nothing to take back")));
    }

    void plans() {
        const ConnectPlan nothing{QStringLiteral("/f"), false, {}, "secret"};
        QVERIFY(cli::planText(nothing).contains(QStringLiteral("Nothing to do")));
        QVERIFY(!cli::appliedText(nothing).contains(QStringLiteral("Done")));
        const ConnectPlan some{QStringLiteral("/f"), true, QStringLiteral("+x\n"), "secret"};
        QCOMPARE(cli::planText(some), QStringLiteral("+x\n"));
        QVERIFY(cli::appliedText(some).contains(QStringLiteral("env undo")));
        QVERIFY(!cli::planJson(some).contains("secret"));
    }
};

QTEST_APPLESS_MAIN(ReportTest)
#include "tst_report.moc"
