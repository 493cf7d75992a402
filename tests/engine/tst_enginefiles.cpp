// SPDX-License-Identifier: MIT
#include "rig.h"
#include "tests/support/pipe.h"

#include <QDir>
#include <QFileInfo>

using namespace sallyport;
using namespace sallyport::test;

class TestEngineFiles : public QObject {
    Q_OBJECT
private slots:
    void aBadFileChangesNothing();
    void aPipeForAFileChangesNothing();
    void aFileThatCannotBeReadIsAProblemOfItsUpstream_data();
    void aFileThatCannotBeReadIsAProblemOfItsUpstream();
    void exchangesEndUnderTheRulesTheyBeganWith();
    void aSwitchEditsItsOwnLine();
    void aSwitchIsLoadedOnce();
    void aFileThatWasBadAtTheStartIsReadOnceItIsMended();
    void theTokenIsAskedForAndNeverSentOn();
    void aTakenPortIsSaid();
    void aChangedAddressIsToldUntilItIsOpened();
    void anotherUpstreamIsChosen();
    void withoutRoutesTheSandboxIsServed();
    void anOpenListenerNeedsAToken();
};

void TestEngineFiles::aBadFileChangesNothing() {
    Rig rig;
    QVERIFY(rig.engine->open());
    QSignalSpy rejected(rig.engine.get(), &Engine::configRejected);
    rig.writeFile("routes.yaml", "upstreams:\n  - nmae: x\n");
    rig.engine->reload();
    QCOMPARE(rejected.count(), 1);
    QVERIFY(rejected.first().first().toString().contains(QLatin1String("routes.yaml:2:5:")));
    LoopbackPeer client = rig.client();
    client.send(rig.get("/x"));
    LoopbackPeer origin = accepted(rig.origin);
    QByteArray request;
    QVERIFY(receives(origin, request, "GET /x "));
}

void TestEngineFiles::aPipeForAFileChangesNothing() {
    Rig rig;
    QVERIFY(rig.engine->open());
    QSignalSpy rejected(rig.engine.get(), &Engine::configRejected);
    if (!makePipe(rig.pathOf("pipe"))) QSKIP("no pipes here");
    rig.writeFile("settings.yaml", "listen: 127.0.0.1:0\naccess: {token: \"file:pipe\"}\n");
    rig.engine->reload();
    QCOMPARE(rejected.count(), 1);
    QVERIFY(rejected.last().first().toString().contains(QLatin1String("pipe: it is a pipe")));
    QVERIFY(QFile::remove(rig.pathOf("routes.yaml")));
    QVERIFY(makePipe(rig.pathOf("routes.yaml")));
    rig.engine->reload();
    QCOMPARE(rejected.count(), 2);
    rig.engine->setRouteEnabled(QStringLiteral("all"), false);
    QCOMPARE(rejected.count(), 3);
    QVERIFY(rejected.last().first().toString().contains(QLatin1String("routes.yaml cannot be")));
    LoopbackPeer client = rig.client();
    client.send(rig.get("/x"));
    LoopbackPeer origin = accepted(rig.origin);
    QByteArray request;
    QVERIFY(receives(origin, request, "GET /x "));
}

void TestEngineFiles::aFileThatCannotBeReadIsAProblemOfItsUpstream_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char* tag, const char* line, const char* kind, const char* reason) {
        QTest::newRow(tag) << QByteArray(line) << QByteArray(kind) << QByteArray(reason);
    };
    const char* key = "credential: \"file:FILE\"";
    const char* ca = "tls: {ca_file: \"FILE\"}";
    row("a credential in a pipe", key, "pipe", "it is a pipe");
    row("a credential in an endless device", key, "device", "it is a pipe");
    row("a credential in a folder", key, "folder", "file to open is a directory");
    row("a credential of a hundred KiB", key, "large", "it is larger than 64 KiB");
    row("a credential that is not there", key, "none", "No such file");
    row("a CA file that is a pipe", ca, "pipe", "it is a pipe");
    row("a CA file that is an endless device", ca, "device", "it is a pipe");
    row("a CA file that is a folder", ca, "folder", "file to open is a directory");
    row("a CA file of 16 MiB and more", ca, "huge", "it is larger than 16 MiB");
    row("a CA file without a certificate", ca, "large", "it holds no PEM certificate");
    row("a CA file that is not there", ca, "none", "No such file");
    const char* cert = "tls: {cert: \"FILE\"}";
    row("a client certificate in a pipe", cert, "pipe", "it is a pipe");
    row("a client certificate that is none", cert, "large", "cannot be used");
    row("a client certificate that is not there", cert, "none", "No such file");
    row("a key that is not there", "tls: {cert: \"/dev/null\", key: \"FILE\"}", "none",
        "it is a pipe");
}

void TestEngineFiles::aFileThatCannotBeReadIsAProblemOfItsUpstream() {
    QFETCH(const QByteArray, line);
    QFETCH(const QByteArray, kind);
    QFETCH(const QByteArray, reason);
    QByteArray routes = Rig::defaultRoutes();
    routes.replace("credential: none", line).replace("FILE", kind);
    Rig rig(routes);
    const QString path = rig.pathOf(kind.constData());
    if (kind == "pipe" && !makePipe(path)) QSKIP("no pipes here");
    if (kind == "device") QVERIFY(QFile::link(QStringLiteral("/dev/zero"), path));
    if (kind == "folder") QVERIFY(QDir().mkpath(path));
    if (kind == "large") rig.writeFile("large", QByteArray(100 * 1024, 'x'));
    // Of no room on the disk.
    if (kind == "huge") {
        rig.writeFile("huge", "");
        QVERIFY(QFile::resize(path, qint64{17} * 1024 * 1024));
    }
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    client.send(rig.get("/readyz"));
    QByteArray got;
    QVERIFY2(receives(client, got, reason), got.constData());
    QVERIFY(got.startsWith("HTTP/1.1 503 "));
}

void TestEngineFiles::exchangesEndUnderTheRulesTheyBeganWith() {
    Rig rig;
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    client.send(rig.get("/x"));
    LoopbackPeer origin = accepted(rig.origin);
    QByteArray request;
    QVERIFY(receives(origin, request, "\r\n\r\n"));
    rig.writeFile("routes.yaml", "routes:\n  - {name: no, match: {path: /}, block: true, "
                                 "access: open}\n");
    rig.engine->reload();
    origin.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nold");
    QByteArray got;
    QVERIFY(receives(client, got, "\r\n\r\nold"));
    client.send(rig.get("/x"));
    QVERIFY(receives(client, got, "X-Sallyport-Error: blocked"));
}

void TestEngineFiles::aSwitchEditsItsOwnLine() {
    Rig rig("# mine\nupstreams:\n  - name: o   # origin\n    targets: [{url: \"ORIGIN\"}]\n"
            "routes:\n  - name: all\n    enabled: true   # the switch\n    match: {path: /}\n"
            "    upstream: o\n    access: open\n");
    QVERIFY(rig.engine->open());
    const QByteArray before = rig.readFile("routes.yaml");
    QSignalSpy changed(rig.engine.get(), &Engine::configChanged);
    rig.engine->setRouteEnabled(QStringLiteral("all"), false);
    QByteArray expected = before;
    expected.replace("enabled: true ", "enabled: false ");
    QCOMPARE(rig.readFile("routes.yaml"), expected);
    QCOMPARE(changed.count(), 1);
    QVERIFY(!rig.engine->summary().routes.first().isEnabled);
    rig.engine->setRouteEnabled(QStringLiteral("all"), true);
    QCOMPARE(rig.readFile("routes.yaml"), before);
}

/// An engine that watches the files of a rig.
static std::unique_ptr<Engine> watchingEngine(const Rig& rig, const QTemporaryDir& state) {
    EngineOptions options;
    options.configDir = QFileInfo(rig.pathOf("routes.yaml")).path();
    options.stateDir = state.path();
    return std::make_unique<Engine>(options);
}

void TestEngineFiles::aSwitchIsLoadedOnce() {
    const QTemporaryDir state;
    Rig rig;
    const auto engine = watchingEngine(rig, state);
    QVERIFY(engine->open());
    QSignalSpy changed(engine.get(), &Engine::configChanged);
    engine->setRouteEnabled(QStringLiteral("all"), false);
    QCOMPARE(changed.count(), 1);
    // Longer than the watcher waits for quiet.
    QVERIFY(!changed.wait(400));
}

void TestEngineFiles::aFileThatWasBadAtTheStartIsReadOnceItIsMended() {
    const QTemporaryDir state;
    Rig rig("upstreams:\n  - nmae: x\n");
    const auto engine = watchingEngine(rig, state);
    QVERIFY(!engine->open());
    QCOMPARE(engine->status().state, EngineStatus::State::Failed);
    QSignalSpy changed(engine.get(), &Engine::configChanged);
    rig.writeFile("routes.yaml", Rig::defaultRoutes());
    QVERIFY(changed.wait());
    QCOMPARE(engine->status().state, EngineStatus::State::Running);
}

void TestEngineFiles::theTokenIsAskedForAndNeverSentOn() {
    qputenv("SALLYPORT_TEST_TOKEN", "sp-local-0123456789");
    qputenv("SALLYPORT_TEST_KEY", "real-key-9876543210");
    QByteArray routes = Rig::defaultRoutes();
    routes.replace("credential: none", "credential: env:SALLYPORT_TEST_KEY");
    routes.replace("access: open", "access: token");
    Rig rig(routes);
    rig.writeFile("settings.yaml",
                  "listen: 127.0.0.1:0\naccess: {token: \"env:SALLYPORT_TEST_TOKEN\"}\n");
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    client.send(rig.get("/x"));
    QByteArray got;
    QVERIFY(receives(client, got, "token_required"));
    QVERIFY(got.startsWith("HTTP/1.1 401 "));
    client.send(
        QByteArray("GET /x HTTP/1.1\r\nHost: " + rig.authority() +
                   "\r\nAuthorization: Bearer sp-local-0123456789\r\nx-api-key: other\r\n\r\n"));
    LoopbackPeer origin = accepted(rig.origin);
    QByteArray request;
    QVERIFY(receives(origin, request, "\r\n\r\n"));
    QVERIFY(request.contains("Authorization: Bearer real-key-9876543210\r\n"));
    QVERIFY(!request.contains("sp-local"));
    QVERIFY(!request.contains("x-api-key"));
}

void TestEngineFiles::aTakenPortIsSaid() {
    LoopbackServer other;
    Rig rig(Rig::defaultRoutes());
    rig.writeFile("settings.yaml", "listen: 127.0.0.1:" + QByteArray::number(other.port()) + "\n");
    QVERIFY(!rig.engine->open());
    QCOMPARE(rig.engine->status().state, EngineStatus::State::Failed);
    QVERIFY(rig.engine->status().isPortTaken);
    QVERIFY(rig.engine->status().problem.contains(QString::number(other.port())));
    rig.engine->listenOnFreePort();
    QCOMPARE(rig.engine->status().state, EngineStatus::State::Running);
    QVERIFY(!rig.engine->status().address.endsWith(QString::number(other.port())));
    QVERIFY(rig.engine->summary().pendingAddress.isEmpty());
}

void TestEngineFiles::aChangedAddressIsToldUntilItIsOpened() {
    Rig rig(Rig::defaultRoutes());
    QVERIFY(rig.engine->open());
    QVERIFY(rig.engine->summary().pendingAddress.isEmpty());
    rig.writeFile("settings.yaml", "listen: \"[::1]:0\"\n");
    rig.engine->reload();
    QCOMPARE(rig.engine->summary().pendingAddress, QStringLiteral("[::1]:0"));
    QSignalSpy changed(rig.engine.get(), &Engine::configChanged);
    rig.engine->setListening(false);
    QVERIFY(rig.engine->summary().pendingAddress.isEmpty());
    rig.engine->setListening(true);
    QVERIFY(rig.engine->status().address.startsWith(QLatin1String("[::1]:")));
    QVERIFY(rig.engine->summary().pendingAddress.isEmpty());
    QCOMPARE(changed.count(), 1);
}

void TestEngineFiles::anotherUpstreamIsChosen() {
    Rig rig(Rig::defaultRoutes());
    QVERIFY(rig.engine->open());
    QVERIFY(!rig.engine->summary().destination.isSandbox);
    rig.engine->setUpstream(QStringLiteral("sandbox"));
    QCOMPARE(rig.engine->summary().destination, (Destination{QStringLiteral("sandbox"), {}, true}));
    QSignalSpy rejected(rig.engine.get(), &Engine::configRejected);
    rig.engine->setUpstream(QStringLiteral("nobody"));
    QCOMPARE(rejected.count(), 1);
    QVERIFY(rig.engine->summary().destination.isSandbox);
}

void TestEngineFiles::withoutRoutesTheSandboxIsServed() {
    QTemporaryDir empty;
    QTemporaryDir state;
    EngineOptions options;
    options.configDir = empty.path();
    options.stateDir = state.path();
    options.listenPort = quint16(0);
    Engine engine(options);
    QVERIFY(engine.open());
    QVERIFY(engine.summary().destination.isSandbox);
    QVERIFY(!engine.summary().hasRoutesFile);
    QVERIFY(engine.localToken().startsWith("sp-"));
}

void TestEngineFiles::anOpenListenerNeedsAToken() {
    Rig rig;
    EngineOptions options;
    QTemporaryDir empty;
    QTemporaryDir state;
    options.configDir = empty.path();
    options.stateDir = state.path();
    options.listenAddress = QHostAddress(QHostAddress::AnyIPv4);
    options.listenPort = quint16(0);
    Engine engine(options);
    QVERIFY(!engine.open());
    QVERIFY(engine.status().problem.contains(QLatin1String("allow_remote")));
}

QTEST_GUILESS_MAIN(TestEngineFiles)
#include "tst_enginefiles.moc"
