// SPDX-License-Identifier: MIT
#include "core/config/defaultfiles.h"
#include "core/config/settingsfile.h"

#include <QTest>

using namespace sallyport;

namespace {
const QString kFile = QStringLiteral("/etc/sallyport/settings.yaml");
}

class TestSettings : public QObject {
    Q_OBJECT
private slots:
    void everyKeyIsRead() {
        const auto settings =
            parseSettings("listen: \"[::]:8080\"\n"
                          "access:\n"
                          "  token: file:token\n"
                          "  allow_remote: true\n"
                          "  allowed_hosts: [Box.Example, \"10.0.0.2\", \"::1\"]\n"
                          "  clients:\n"
                          "    - name: ada\n"
                          "      token: env:ADA_TOKEN\n"
                          "      rate: {requests: 60, per: 1m, burst: 20}\n"
                          "      in_flight: 4\n"
                          "      tokens_per_day: 2000000\n"
                          "      upstream: corp\n"
                          "    - {name: bob, token: \"file:bob\"}\n"
                          "log: {level: trace}\n"
                          "capture: {bodies: false, max_body: 64KiB}\n"
                          "history: {enabled: false, metadata: 7d, bodies: 2h, "
                          "max_size: 64MiB}\n"
                          "limits:\n"
                          "  head: 128KiB\n"
                          "  fields: 100\n"
                          "  pipelined: 8KiB\n"
                          "  connections: 10\n"
                          "  connections_per_client: 4\n"
                          "  interim_responses: 3\n"
                          "  header_timeout: 5s\n"
                          "  body_timeout: 6s\n"
                          "  idle_timeout: 7s\n"
                          "  write_timeout: 8s\n"
                          "  tunnel_idle: 1h\n"
                          "  tunnel_half_closed: 9s\n"
                          "drain: 0s\n",
                          kFile);
        QVERIFY2(settings.isOk(), settings.isOk() ? "" : qPrintable(settings.error().toString()));
        Settings wanted;
        wanted.listenAddress = QHostAddress(QStringLiteral("::"));
        wanted.listenPort = 8080;
        wanted.token = {TokenSource::Kind::File, QStringLiteral("/etc/sallyport/token")};
        wanted.allowRemote = true;
        ClientConfig ada;
        ada.name = QStringLiteral("ada");
        ada.token = {TokenSource::Kind::Environment, QStringLiteral("ADA_TOKEN")};
        ada.rate = {60, std::chrono::minutes(1), 20};
        ada.inFlight = {4, 64, std::chrono::seconds(30)};
        ada.tokensPerDay = 2'000'000;
        ada.upstream = QStringLiteral("corp");
        ClientConfig bob;
        bob.name = QStringLiteral("bob");
        bob.token = {TokenSource::Kind::File, QStringLiteral("/etc/sallyport/bob")};
        wanted.clients = {ada, bob};
        wanted.allowedHosts = {"box.example", "10.0.0.2", "::1"};
        wanted.logLevel = LogLevel::Trace;
        wanted.captureBodies = false;
        wanted.captureMaxBody = 64 * 1024;
        wanted.history.isEnabled = false;
        wanted.history.metadata = std::chrono::hours(24 * 7);
        wanted.history.bodies = std::chrono::hours(2);
        wanted.history.maxSize = 64 * 1024 * 1024;
        wanted.limits.head = 128 * 1024;
        wanted.limits.fields = 100;
        wanted.limits.pipelined = 8 * 1024;
        wanted.limits.connections = 10;
        wanted.limits.connectionsPerClient = 4;
        wanted.limits.interimResponses = 3;
        wanted.limits.headerTimeout = std::chrono::seconds(5);
        wanted.limits.bodyTimeout = std::chrono::seconds(6);
        wanted.limits.idleTimeout = std::chrono::seconds(7);
        wanted.limits.writeTimeout = std::chrono::seconds(8);
        wanted.limits.tunnelIdle = std::chrono::hours(1);
        wanted.limits.tunnelHalfClosed = std::chrono::seconds(9);
        wanted.drain = std::chrono::seconds(0);
        QVERIFY(*settings == wanted);
    }

    void contentsAreKeptNoLongerThanTheRest() {
        const auto settings = parseSettings("history: {metadata: 1h}\n", kFile);
        QVERIFY(settings.isOk());
        QCOMPARE(settings->history.bodies, std::chrono::milliseconds(std::chrono::hours(1)));
        QCOMPARE(parseSettings("history: {bodies: 0}\n", kFile)->history.bodies.count(), 0);
    }

    void whatMeansTheDefaults_data() {
        QTest::addColumn<QByteArray>("yaml");
        QTest::newRow("an empty file") << QByteArray();
        QTest::newRow("comments") << QByteArray("# nothing\n");
        QTest::newRow("sections without a value") << QByteArray("access:\nlog:\nlimits: {}\n");
        QTest::newRow("the first file that is written") << firstSettingsText();
        QTest::newRow("history as it is")
            << QByteArray("history: {enabled: true, metadata: 30d, bodies: 24h}\n");
        QTest::newRow("history that says nothing") << QByteArray("history: {}\n");
    }
    void whatMeansTheDefaults() {
        QFETCH(QByteArray, yaml);
        const auto settings = parseSettings(yaml, kFile);
        QVERIFY2(settings.isOk(), settings.isOk() ? "" : qPrintable(settings.error().toString()));
        QVERIFY(*settings == Settings());
    }

    void refusals_data() {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("message"); ///< its beginning, with line and column
        const auto row = [](const char* tag, const char* yaml, const char* message) {
            QTest::newRow(tag) << QByteArray(yaml) << QString::fromUtf8(message);
        };
        const auto client = [&](const char* tag, const QByteArray& text, const char* message) {
            row(tag, QByteArray("access:\n  clients:\n    - " + text + "\n").constData(), message);
        };
        row("clients in a map", "access: {clients: {a: b}}\n",
            "1:19: clients: a list is needed here");
        client("a client that is a word", "ada", "3:7: a client is written as");
        client("a client without a token", "{name: a}", "3:7: a client needs a name and a token");
        client("a client without a name", "{token: env:A}",
               "3:7: a client needs a name and a token");
        client("a token that is made", "{name: a, token: auto}",
               "3:24: token: a client's token is in a variable or a file");
        client("no token", "{name: a, token: none}", "3:24: token: a client's token is in a");
        client("the token itself", "{name: a, token: sp-abc}", "3:24: token: this names no place");
        client("a name twice", "{name: a, token: env:A}\n    - {name: a, token: env:B}",
               "4:7: there is a \"a\" before this one");
        client("a rate without a time", "{name: a, token: env:A, rate: {requests: 1}}",
               "3:37: rate needs requests and per");
        client("no places", "{name: a, token: env:A, in_flight: 0}",
               "3:42: in_flight: \"0\" is not a whole number from 1 to");
        client("a budget of nothing", "{name: a, token: env:A, tokens_per_day: 0}",
               "3:47: tokens_per_day: \"0\" is not a whole number from 1 to");
        client("an unknown key", "{name: a, token: env:A, tokens: 5}",
               "3:31: \"tokens\" is not a key of a client; did you mean \"token\"?");
        row("an unknown key names the nearest", "log: {}\nlisten_on: 1\n",
            "2:1: \"listen_on\" is not a key of settings.yaml; did you mean \"listen\"?");
        row("an unknown key of a section", "access:\n  tokn: auto\n",
            "2:3: \"tokn\" is not a key of \"access\"; did you mean \"token\"?");
        row("a key with nothing near lists what there is", "log: {banana: 1}\n",
            "1:7: \"banana\" is not a key of \"log\"; known here: level");
        row("of two errors the first in the file", "drain: 5\nlisten: x\n",
            "1:8: drain: \"5\" is not a time");
        row("a list for the file", "- a\n", "1:1: settings.yaml is written as");
        row("a word for a section", "log: debug\n", "1:6: \"log\" is written as");
        row("a list for a value", "listen: [a]\n", "1:9: \"listen\" takes a single value");
        row("no value", "listen:\ndrain: 1s\n", "1:1: \"listen\" has no value");
        row("a level that is none", "log: {level: warning}\n",
            "1:14: level: \"warning\" is none of trace, debug, info, warn, error; did you mean "
            "\"warn\"?");
        row("a switch in quotes", "capture: {bodies: \"true\"}\n",
            "1:19: bodies: true and false are written without quotes");
        row("a switch in another word", "capture: {bodies: yes}\n",
            "1:19: bodies: \"yes\" is not a switch; write true or false");
        row("hosts that are no list", "access: {allowed_hosts: a.example}\n",
            "1:25: allowed_hosts: a list is needed here");
        row("a host with a port", "access: {allowed_hosts: [a.example, \"b:80\"]}\n",
            "1:37: allowed_hosts: \"b:80\" is not the name of a host");
        row("a map among hosts", "access: {allowed_hosts: [{a: b}]}\n",
            "1:26: allowed_hosts: each item is a single value");
        row("an address for all without leave", "listen: 0.0.0.0:8899\n",
            "1:9: listen: 0.0.0.0 can be reached from other machines");
        row("leave without a token", "access: {token: none, allow_remote: true}\n",
            "1:9: access: allow_remote: true needs a token");
        row("a head too small", "limits: {head: 10}\n",
            "1:16: head: \"10\" is not from 1024 to 16777216 bytes");
        row("no connections", "limits: {connections: 0}\n",
            "1:23: connections: \"0\" is not a whole number from 1 to");
        row("no time for a head", "limits: {header_timeout: 0s}\n",
            "1:26: header_timeout: \"0s\" is no time at all");
        row("so few fields that nothing works", "limits: {fields: 3}\n",
            "1:18: fields: \"3\" is not a whole number from 16 to");
        row("no time for content", "limits: {body_timeout: 0s}\n",
            "1:24: body_timeout: \"0s\" is no time at all");
        row("a limit with a slip in its name", "limits: {connections_per_clients: 3}\n",
            "1:10: \"connections_per_clients\" is not a key of \"limits\"; did you mean "
            "\"connections_per_client\"?");
        row("a history for no time", "history: {metadata: 0}\n", "1:21: ");
        row("a history that is too small", "history: {max_size: 1MiB}\n", "1:21: ");
        row("contents longer than the rest", "history: {metadata: 1d, bodies: 2d}\n", "1:33: ");
        row("a history that is perhaps on", "history: {enabled: maybe}\n", "1:20: ");
        row("a slip inside history is told", "history: {enabled: false, metdata: 3d}\n",
            "1:27: \"metdata\" is not a key of \"history\"; did you mean \"metadata\"?");
        row("what the YAML parser says", "log: {level\n", "2:1: the map in { } is not closed");
    }
    void refusals() {
        QFETCH(QByteArray, yaml);
        QFETCH(QString, message);
        const auto settings = parseSettings(yaml, kFile);
        QVERIFY(!settings.isOk());
        const QString wanted = kFile + QLatin1Char(':') + message;
        QCOMPARE(settings.error().toString().left(wanted.size()), wanted);
    }

    void loopbackNeedsNoLeave_data() {
        QTest::addColumn<QByteArray>("listen");
        QTest::newRow("127.0.0.1") << QByteArray("127.0.0.1:1");
        QTest::newRow("another one of 127/8") << QByteArray("127.8.9.1:1");
        QTest::newRow("IPv6") << QByteArray("\"[::1]:1\"");
        QTest::newRow("localhost") << QByteArray("localhost:1");
    }
    void loopbackNeedsNoLeave() {
        QFETCH(QByteArray, listen);
        QVERIFY(parseSettings("listen: " + listen + "\naccess: {token: none}\n", kFile).isOk());
    }
};

QTEST_APPLESS_MAIN(TestSettings)
#include "tst_settingsfile.moc"
