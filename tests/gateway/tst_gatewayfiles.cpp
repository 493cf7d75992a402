// SPDX-License-Identifier: MIT
#include "rig.h"

using namespace sallyport;
using namespace sallyport::test;

class TestGatewayFiles : public QObject {
    Q_OBJECT
private slots:
    void aBadFileChangesNothing();
    void exchangesEndUnderTheRulesTheyBeganWith();
    void aSwitchEditsItsOwnLine();
    void theTokenIsAskedForAndNeverSentOn();
    void aTakenPortIsSaid();
    void withoutRoutesTheSandboxIsServed();
    void anOpenListenerNeedsAToken();
};

void TestGatewayFiles::aBadFileChangesNothing() {
    Rig rig;
    QVERIFY(rig.gateway->open());
    QSignalSpy rejected(rig.gateway.get(), &Gateway::configRejected);
    rig.writeFile("routes.yaml", "upstreams:\n  - nmae: x\n");
    rig.gateway->reload();
    QCOMPARE(rejected.count(), 1);
    QVERIFY(rejected.first().first().toString().contains(QLatin1String("routes.yaml:2:5:")));
    LoopbackPeer client = rig.client();
    client.send(rig.get("/x"));
    LoopbackPeer origin = accepted(rig.origin);
    QByteArray request;
    QVERIFY(receives(origin, request, "GET /x "));
}

void TestGatewayFiles::exchangesEndUnderTheRulesTheyBeganWith() {
    Rig rig;
    QVERIFY(rig.gateway->open());
    LoopbackPeer client = rig.client();
    client.send(rig.get("/x"));
    LoopbackPeer origin = accepted(rig.origin);
    QByteArray request;
    QVERIFY(receives(origin, request, "\r\n\r\n"));
    rig.writeFile("routes.yaml", "routes:\n  - {name: no, match: {path: /}, block: true, "
                                 "access: open}\n");
    rig.gateway->reload();
    origin.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nold");
    QByteArray got;
    QVERIFY(receives(client, got, "\r\n\r\nold"));
    client.send(rig.get("/x"));
    QVERIFY(receives(client, got, "X-Sallyport-Error: blocked"));
}

void TestGatewayFiles::aSwitchEditsItsOwnLine() {
    Rig rig("# mine\nupstreams:\n  - name: o   # origin\n    targets: [{url: \"ORIGIN\"}]\n"
            "routes:\n  - name: all\n    enabled: true   # the switch\n    match: {path: /}\n"
            "    upstream: o\n    access: open\n");
    QVERIFY(rig.gateway->open());
    const QByteArray before = rig.readFile("routes.yaml");
    QSignalSpy changed(rig.gateway.get(), &Gateway::configChanged);
    rig.gateway->setRouteEnabled(QStringLiteral("all"), false);
    QByteArray expected = before;
    expected.replace("enabled: true ", "enabled: false ");
    QCOMPARE(rig.readFile("routes.yaml"), expected);
    QCOMPARE(changed.count(), 1);
    QVERIFY(!rig.gateway->summary().routes.first().isEnabled);
    rig.gateway->setRouteEnabled(QStringLiteral("all"), true);
    QCOMPARE(rig.readFile("routes.yaml"), before);
}

void TestGatewayFiles::theTokenIsAskedForAndNeverSentOn() {
    qputenv("SALLYPORT_TEST_TOKEN", "sp-local-0123456789");
    qputenv("SALLYPORT_TEST_KEY", "real-key-9876543210");
    QByteArray routes = Rig::defaultRoutes();
    routes.replace("credential: none", "credential: env:SALLYPORT_TEST_KEY");
    routes.replace("access: open", "access: token");
    Rig rig(routes);
    rig.writeFile("settings.yaml",
                  "listen: 127.0.0.1:0\naccess: {token: \"env:SALLYPORT_TEST_TOKEN\"}\n");
    QVERIFY(rig.gateway->open());
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

void TestGatewayFiles::aTakenPortIsSaid() {
    LoopbackServer other;
    Rig rig(Rig::defaultRoutes());
    rig.writeFile("settings.yaml", "listen: 127.0.0.1:" + QByteArray::number(other.port()) + "\n");
    QVERIFY(!rig.gateway->open());
    QCOMPARE(rig.gateway->status().state, GatewayStatus::State::Failed);
    QVERIFY(rig.gateway->status().isPortTaken);
    QVERIFY(rig.gateway->status().problem.contains(QString::number(other.port())));
}

void TestGatewayFiles::withoutRoutesTheSandboxIsServed() {
    QTemporaryDir empty;
    QTemporaryDir state;
    GatewayOptions options;
    options.configDir = empty.path();
    options.stateDir = state.path();
    options.listenPort = quint16(0);
    Gateway gateway(options);
    QVERIFY(gateway.open());
    QVERIFY(gateway.summary().isSandboxOnly);
    QVERIFY(!gateway.summary().hasRoutesFile);
    QVERIFY(gateway.localToken().startsWith("sp-"));
}

void TestGatewayFiles::anOpenListenerNeedsAToken() {
    Rig rig;
    GatewayOptions options;
    QTemporaryDir empty;
    QTemporaryDir state;
    options.configDir = empty.path();
    options.stateDir = state.path();
    options.listenAddress = QHostAddress(QHostAddress::AnyIPv4);
    options.listenPort = quint16(0);
    Gateway gateway(options);
    QVERIFY(!gateway.open());
    QVERIFY(gateway.status().problem.contains(QLatin1String("allow_remote")));
}

QTEST_GUILESS_MAIN(TestGatewayFiles)
#include "tst_gatewayfiles.moc"
