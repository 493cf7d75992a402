// SPDX-License-Identifier: MIT
#include "play.h"

using namespace sallyport;
using namespace sallyport::test;

/// What a web page, a strange name or a curious client could try on a proxy of one's own machine.
class TestAttacks : public QObject {
    Q_OBJECT

private slots:
    void init() { skipUnfit(); }
    void foreignHosts_data();
    void foreignHosts();
    void webPages_data();
    void webPages();
    void aPageOfOurOwnPasses();
    void pathsOfOurOwn_data();
    void pathsOfOurOwn();
    void routesAreNotLeft_data();
    void routesAreNotLeft();
    void aBlockedPathStaysBlocked_data();
    void aBlockedPathStaysBlocked();
    void spellingsOfFields_data();
    void spellingsOfFields();
    void trailersThatRoutesAskFor();
    void secretsStayHere_data();
    void secretsStayHere();
    void aRouteCannotBringALineEndIn_data();
    void aRouteCannotBringALineEndIn();
    void theLogShowsNoSecret();
    void theRecordHasWhatCameAndWhatWent();

private:
    [[nodiscard]] static QByteArray keyedRoutes();
    [[nodiscard]] int statusOf(const QByteArray& bytes);
    const bool m_hasKey = qputenv("SALLYPORT_TEST_KEY", "sk-upstream-s3cret");
    Play m_play{keyedRoutes(), "access: {token: none, allowed_hosts: [devbox.test]}\n"};
    bool m_isOpen = m_play.rig.engine->open();
};

namespace {
const QByteArray kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const QByteArray kKey = "sk-upstream-s3cret";
} // namespace

QByteArray TestAttacks::keyedRoutes() {
    return "upstreams:\n"
           "  - {name: origin, targets: [{url: \"ORIGIN\"}], credential: none}\n"
           "  - {name: keyed, targets: [{url: \"ORIGIN/base\"}],\n"
           "     credential: \"env:SALLYPORT_TEST_KEY\"}\n"
           "routes:\n"
           "  - {name: keyed, match: {path: /v1}, upstream: keyed, access: open}\n"
           "  - {name: host, match: {path: /, host: keyed.example}, upstream: keyed, access: "
           "open}\n"
           "  - {name: blocked, match: {path: /p/admin}, block: true}\n"
           "  - {name: rewritten, match: {path: /o}, rewrite: {prefix: /w}, upstream: keyed,\n"
           "     access: open}\n"
           "  - {name: ruled, match: {path: /ruled}, upstream: origin, access: open,\n"
           "     request_headers: {set: {X-Set: ours}, remove: [X-Gone]},\n"
           "     response_headers: {set: {X-Set: ours}, remove: [X-Gone]},\n"
           "     request_trailers: [X-Sum, X-Set, X-Gone]}\n"
           "  - {name: rest, match: {path: /}, upstream: origin, access: open}\n"
           "forward: {enabled: true, ports: [1-65535]}\n";
}

int TestAttacks::statusOf(const QByteArray& bytes) {
    m_play.origin.expect({{kOk}});
    Client client = m_play.connect();
    const QByteArray sent = m_play.placed(bytes, Mode::Gateway);
    if (!m_play.tell(client, sent, {sent.left(sent.indexOf(' '))})) return -1;
    const Reader read = client.read();
    return read.responses.empty() ? 0 : read.responses.front().head.status;
}

void TestAttacks::foreignHosts_data() {
    QTest::addColumn<QByteArray>("host");
    QTest::newRow("a name that was rebound") << QByteArray("evil.example");
    QTest::newRow("a name that was rebound, with our port") << QByteArray("evil.example:@P@");
    QTest::newRow("a name that starts like ours") << QByteArray("localhost.evil.example:@P@");
    QTest::newRow("a name that ends like ours") << QByteArray("evil-localhost:@P@");
    QTest::newRow("our name below another") << QByteArray("a.localhost:@P@");
    QTest::newRow("our name with a dot behind") << QByteArray("localhost.:@P@");
    QTest::newRow("our address in a name") << QByteArray("127.0.0.1.nip.io:@P@");
    QTest::newRow("our address as a number") << QByteArray("2130706433:@P@");
    QTest::newRow("our address in hexadecimal") << QByteArray("0x7f000001:@P@");
    QTest::newRow("our address in short") << QByteArray("127.1:@P@");
    QTest::newRow("any address") << QByteArray("0.0.0.0:@P@");
    QTest::newRow("our address with another port") << QByteArray("127.0.0.1:1");
    QTest::newRow("IPv4 in IPv6") << QByteArray("[::ffff:127.0.0.1]:@P@");
    QTest::newRow("any address of IPv6") << QByteArray("[::]:@P@");
}

/// DNS rebinding: the browser believes that it talks to the page's own host.
void TestAttacks::foreignHosts() {
    QFETCH(QByteArray, host);
    QVERIFY(m_isOpen && m_hasKey);
    host.replace("@P@", QByteArray::number(m_play.rig.port()));
    for (const QByteArray target : {"/v1/x", "/x", "/healthz", "/"}) {
        const int status =
            statusOf(QByteArray("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n"));
        QCOMPARE(status, 403);
        QVERIFY(m_play.origin.seen().empty());
    }
}

void TestAttacks::webPages_data() {
    QTest::addColumn<QByteArray>("fields");
    const auto row = [](const char* tag, const char* fields) {
        QTest::newRow(tag) << QByteArray(fields) + "\r\n";
    };
    row("a foreign Origin", "Origin: https://evil.example");
    row("no Origin to speak of", "Origin: null");
    row("an empty Origin", "Origin:");
    row("the same host with another port", "Origin: http://127.0.0.1:3000");
    row("our own Origin by https", "Origin: https://@H@");
    row("a browser's extension", "Origin: chrome-extension://abcdef");
    row("a file", "Origin: file://");
    row("a user before our name", "Origin: http://@H@@evil.example");
    row("our own Origin and a foreign one", "Origin: http://@H@\r\nOrigin: http://evil.example");
    row("our own Origin before a foreign one", "Origin: http://@H@, http://evil.example");
    row("a request across sites", "Sec-Fetch-Site: cross-site");
    row("a request of the same site", "Sec-Fetch-Site: same-site");
    row("a foreign Referer alone", "Referer: https://evil.example/x");
    row("a form of a foreign page",
        "Content-Type: text/plain\r\nOrigin: http://evil.example\r\nSec-Fetch-Mode: no-cors");
    row("a page on another port of an allowed name", "Origin: http://devbox.test:3000");
    row("a page of https with an allowed name", "Origin: https://devbox.test:@P@");
    row("a Referer on another port of an allowed name", "Referer: http://devbox.test:3000/x");
    row("a WebSocket of a page on another port of an allowed name",
        "Origin: http://devbox.test:3000\r\nConnection: Upgrade\r\nUpgrade: websocket");
    row("a WebSocket of a foreign page",
        "Origin: http://evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket");
}

/// The route has a key behind it; no page may spend it, nor learn that it might.
void TestAttacks::webPages() {
    QFETCH(QByteArray, fields);
    const QByteArray port = QByteArray::number(m_play.rig.port());
    fields.replace("@P@", port);
    const QByteArray host =
        fields.contains("devbox") ? QByteArray("devbox.test:" + port) : QByteArray("@H@");
    for (const QByteArray method : {"GET", "POST", "OPTIONS"}) {
        m_play.origin.expect({{kOk}});
        Client client = m_play.connect();
        QVERIFY(m_play.tell(
            client,
            m_play.placed(QByteArray(method + " /v1/x HTTP/1.1\r\nHost: " + host + "\r\n" + fields +
                                     "Access-Control-Request-Method: POST\r\n"
                                     "Access-Control-Request-Private-Network: true\r\n\r\n"),
                          Mode::Gateway)));
        QVERIFY2(client.bytes.startsWith("HTTP/1.1 403 "), client.bytes.constData());
        QVERIFY(!client.bytes.toLower().contains("access-control-"));
        QVERIFY(m_play.origin.seen().empty());
    }
}

/// A page that was loaded by an allowed name from here may use its own origin.
void TestAttacks::aPageOfOurOwnPasses() {
    const QByteArray own = "devbox.test:" + QByteArray::number(m_play.rig.port());
    QCOMPARE(statusOf(QByteArray("GET /v1/x HTTP/1.1\r\nHost: " + own + "\r\nOrigin: http://" +
                                 own + "\r\n\r\n")),
             200);
}

void TestAttacks::pathsOfOurOwn_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("isOurs");
    const auto row = [](const char* tag, const char* path, bool isOurs) {
        QTest::newRow(tag) << QByteArray(path) << isOurs;
    };
    row("the path itself", "/healthz", true);
    row("with a query", "/healthz?a=b", true);
    row("by its whole URI", "http://@H@/healthz", true);
    row("in another case", "/Healthz", false);
    row("with a slash behind", "/healthz/", false);
    row("with a slash more in front", "//healthz", false);
    row("with a dot", "/./healthz", false);
    row("with a parameter", "/healthz;x", false);
    row("with an encoded letter", "/health%7a", false);
    row("with a line end in it", "/healthz%0d%0a", false);
}

void TestAttacks::pathsOfOurOwn() {
    QFETCH(const QByteArray, path);
    QFETCH(const bool, isOurs);
    const int status = statusOf(QByteArray("GET " + path + " HTTP/1.1\r\nHost: @H@\r\n\r\n"));
    QCOMPARE(status, 200);
    QCOMPARE(m_play.origin.seen().empty(), isOurs);
    // Another reading of the path goes to the route with no byte changed, and with no key.
    if (isOurs) return;
    QCOMPARE(m_play.origin.seen().front().line(), QByteArray("GET " + path));
    QCOMPARE(m_play.origin.seen().front().all("Authorization"), QByteArray());
}

void TestAttacks::routesAreNotLeft_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("dots") << QByteArray("/v1/../admin");
    QTest::newRow("encoded dots") << QByteArray("/v1/%2e%2e/admin");
    QTest::newRow("half encoded dots") << QByteArray("/v1/.%2e/admin");
    QTest::newRow("an encoded slash") << QByteArray("/v1/..%2fadmin");
    QTest::newRow("an encoded backslash") << QByteArray("/v1/..%5cadmin");
    QTest::newRow("a parameter behind the dots") << QByteArray("/v1/..;/admin");
    QTest::newRow("an encoded percent sign") << QByteArray("/v1/%252e%252e/admin");
    QTest::newRow("behind an endpoint of ours") << QByteArray("/healthz/..;/v1/../admin");
    QTest::newRow("a NUL") << QByteArray("/v1/..%00/admin");
    QTest::newRow("behind parameters alone") << QByteArray("/v1/;/../admin");
    QTest::newRow("behind parameters alone, rewritten") << QByteArray("/o/;/../x");
    QTest::newRow("behind named parameters alone, rewritten") << QByteArray("/o/a/;b=c/../../x");
    QTest::newRow("behind an empty segment, rewritten") << QByteArray("/o/a//../../x");
    QTest::newRow("a dot in two bytes of UTF-8") << QByteArray("/v1/%c0%ae%c0%ae/admin");
    QTest::newRow("a slash in three bytes of UTF-8") << QByteArray("/o/..%e0%80%afx");
    QTest::newRow("full-width dots") << QByteArray("/v1/%ef%bc%8e%ef%bc%8e/admin");
    QTest::newRow("a full-width slash, rewritten") << QByteArray("/o/..%ef%bc%8fx");
    QTest::newRow("%u002e") << QByteArray("/v1/%u002e%u002e/admin");
}

/// Whoever reads the path at the end must not find it outside of the route's base: no byte is
/// changed below it, and what climbs out is refused or goes where it has no key.
void TestAttacks::routesAreNotLeft() {
    QFETCH(const QByteArray, path);
    const int status = statusOf(QByteArray("GET " + path + " HTTP/1.1\r\nHost: @H@\r\n\r\n"));
    QVERIFY2(status == 400 || status == 200, QByteArray::number(status).constData());
    QCOMPARE(m_play.origin.seen().empty(), status == 400);
    if (status == 400) return;
    const Seen& seen = m_play.origin.seen().front();
    QVERIFY2(seen.line().endsWith(path), seen.line().constData());
    QVERIFY2(seen.all("Authorization").isEmpty(), "a path that climbs got the key");
}

void TestAttacks::aBlockedPathStaysBlocked_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("status");
    QTest::newRow("the path itself") << QByteArray("/p/admin") << 403;
    QTest::newRow("with parameters") << QByteArray("/p/admin;x=1/y") << 403;
    QTest::newRow("behind parameters alone") << QByteArray("/p/;/admin") << 403;
    QTest::newRow("behind an empty segment") << QByteArray("/p//admin") << 403;
    QTest::newRow("where dot-dot takes an empty segment") << QByteArray("/p//../admin") << 400;
    QTest::newRow("where dot-dot takes parameters alone") << QByteArray("/p/;/../admin") << 400;
    QTest::newRow("behind a full-width slash") << QByteArray("/p%ef%bc%8fadmin") << 400;
    QTest::newRow("with a letter that is encoded twice") << QByteArray("/p/%2561dmin") << 400;
    QTest::newRow("where one level of decoding finds it")
        << QByteArray("/p/q/%252e/..%2f..%2fadmin") << 400;
    QTest::newRow("before an encoded question mark") << QByteArray("/p/admin%3fx/y") << 400;
}

/// Whatever the origin makes of the path: it never sees it.
void TestAttacks::aBlockedPathStaysBlocked() {
    QFETCH(const QByteArray, path);
    QFETCH(const int, status);
    QCOMPARE(statusOf(QByteArray("GET " + path + " HTTP/1.1\r\nHost: @H@\r\n\r\n")), status);
    QVERIFY(m_play.origin.seen().empty());
}

void TestAttacks::spellingsOfFields_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("field");
    QTest::newRow("of one that is set") << QByteArray("/ruled") << QByteArray("X_Set");
    QTest::newRow("of one that is set, with a dot") << QByteArray("/ruled") << QByteArray("x.set");
    QTest::newRow("of one that is removed") << QByteArray("/ruled") << QByteArray("X_Gone");
    QTest::newRow("of a credential") << QByteArray("/v1/x") << QByteArray("x_api_key");
    QTest::newRow("of framing") << QByteArray("/x") << QByteArray("Content_Length");
    QTest::newRow("of a coding") << QByteArray("/x") << QByteArray("Transfer_Encoding");
    QTest::newRow("of a hop's own") << QByteArray("/x") << QByteArray("Proxy_Connection");
}

/// RFC 3875 4.1.18: a CGI program sees one variable, and the client's value in it.
void TestAttacks::spellingsOfFields() {
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, field);
    QCOMPARE(statusOf(QByteArray("GET " + path + " HTTP/1.1\r\nHost: @H@\r\n" + field +
                                 ": client\r\n\r\n")),
             200);
    QCOMPARE(m_play.origin.seen().front().all(field), QByteArray());
}

/// Both ways: one that is asked for, one that the rules set, one that they remove, one more.
void TestAttacks::trailersThatRoutesAskFor() {
    m_play.origin.expect({{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n"
                           "X-Sum: 1\r\nX_Set: theirs\r\nX-Gone: theirs\r\n\r\n"}});
    Client client = m_play.connect();
    QVERIFY(m_play.tell(
        client,
        m_play.placed(
            "POST /ruled HTTP/1.1\r\nHost: @H@\r\nTE: trailers\r\nConnection: TE\r\n"
            "Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-Sum: 1\r\nX-Set: client\r\n"
            "X_Gone: client\r\nX-Remote-User: admin\r\n\r\n",
            Mode::Gateway),
        {"POST"}));
    const FieldList& sent = m_play.origin.seen().front().trailers;
    QCOMPARE(sent.size(), std::size_t{1});
    QVERIFY(sent.contains("X-Sum"));
    QCOMPARE(m_play.origin.seen().front().all("X-Set"), QByteArray("ours"));
    const Reader read = client.read();
    QCOMPARE(read.responses.front().trailers.size(), std::size_t{1});
    QVERIFY(read.responses.front().trailers.contains("X-Sum"));
}

void TestAttacks::secretsStayHere_data() {
    QTest::addColumn<QByteArray>("request");
    const auto row = [](const char* tag, const char* request) {
        QTest::newRow(tag) << QByteArray(request);
    };
    row("TRACE to the gateway", "TRACE /v1/x HTTP/1.1\r\nHost: @H@\r\n\r\n");
    row("TRACE through the proxy to a route",
        "TRACE http://keyed.example/x HTTP/1.1\r\nHost: x\r\n\r\n");
    row("TRACE through the proxy that ends here",
        "TRACE http://keyed.example/x HTTP/1.1\r\nHost: x\r\nMax-Forwards: 0\r\n\r\n");
    row("OPTIONS that ends here", "OPTIONS /v1/x HTTP/1.1\r\nHost: @H@\r\nMax-Forwards: 0\r\n\r\n");
    row("a request that is not understood", "GET /v1/x HTTP/1.1\r\nHost: @H@\r\nBad\r\n\r\n");
    row("a foreign page", "GET /v1/x HTTP/1.1\r\nHost: @H@\r\nOrigin: null\r\n\r\n");
    row("an origin that answers garbage",
        "GET /v1/x HTTP/1.1\r\nHost: @H@\r\nConnection: close\r\n\r\n");
}

/// The origin fails; no response of ours, whatever its reason, has the key in it.
void TestAttacks::secretsStayHere() {
    QFETCH(const QByteArray, request);
    m_play.origin.expect({{"garbage\r\n\r\n"}});
    Client client = m_play.connect();
    m_play.tell(client, m_play.placed(request, Mode::Gateway));
    QVERIFY(client.bytes.startsWith("HTTP/1.1 "));
    QVERIFY2(!client.bytes.contains(kKey), client.bytes.constData());
    QVERIFY(!client.bytes.contains(kKey.toBase64()));
}

void TestAttacks::aRouteCannotBringALineEndIn_data() {
    QTest::addColumn<QByteArray>("rule");
    QTest::newRow("in a request field")
        << QByteArray("request_headers: {set: {X-A: \"a\\r\\nX-B: b\"}}");
    QTest::newRow("in a response field")
        << QByteArray("response_headers: {set: {X-A: \"a\\nX-B: b\"}}");
    QTest::newRow("in a field's name")
        << QByteArray("request_headers: {set: {\"X-A: a\\r\\nX-B\": b}}");
    QTest::newRow("in a prefix") << QByteArray("rewrite: {prefix: \"/a HTTP/1.1\\r\\nX: y\"}");
    QTest::newRow("in a length") << QByteArray("response_headers: {set: {Content-Length: \"5\"}}");
    QTest::newRow("in a coding") << QByteArray(
        "request_headers: {set: {Transfer-Encoding: chunked}}");
    QTest::newRow("in Connection") << QByteArray("request_headers: {set: {Connection: X-A}}");
}

/// Such rules are refused when they are read; what ran before runs on.
void TestAttacks::aRouteCannotBringALineEndIn() {
    QFETCH(const QByteArray, rule);
    QByteArray routes = Play::defaultRoutes();
    routes.replace("keepalive_comment: 0s", QByteArray(rule));
    Rig rig(routes);
    QVERIFY(!rig.engine->open());
}

void TestAttacks::theLogShowsNoSecret() {
    QSignalSpy changes(m_play.rig.engine.get(), &Engine::exchangesChanged);
    QCOMPARE(statusOf("GET /v1/x?token=\"q3ry-s3cret HTTP/1.1\r\n"
                      "Host: @H@\r\n\r\n"),
             200);
    QCOMPARE(statusOf("GET /v1/x?token=q3ry-s3cret&key=q3ry-s3cret&a=\x7b%1b%5b31m HTTP/1.1\r\n"
                      "Host: @H@\r\nAuthorization: Bearer f1eld-s3cret\r\n\r\n"),
             200);
    QTRY_VERIFY(!changes.isEmpty());
    for (const QList<QVariant>& change : changes) {
        for (const ExchangeRecord& record : change.at(0).value<QVector<ExchangeRecord>>()) {
            QVERIFY2(!record.path.contains("q3ry-s3cret"), record.path.constData());
            QVERIFY(!record.receivedPath.contains("q3ry-s3cret"));
            QVERIFY(!record.path.contains('\x1b'));
        }
    }
}

void TestAttacks::theRecordHasWhatCameAndWhatWent() {
    QSignalSpy changes(m_play.rig.engine.get(), &Engine::exchangesChanged);
    QCOMPARE(statusOf("GET /x?q=\xc3\xa9< HTTP/1.1\r\nHost: @H@\r\n\r\n"), 200);
    QTRY_VERIFY(!changes.isEmpty());
    const auto records = changes.back().at(0).value<QVector<ExchangeRecord>>();
    QCOMPARE(records.back().path, QByteArray("/x?q=%C3%A9%3C"));
    QCOMPARE(records.back().receivedPath, QByteArray("/x?q=\xc3\xa9<"));
}

QTEST_GUILESS_MAIN(TestAttacks)
#include "tst_attacks.moc"
