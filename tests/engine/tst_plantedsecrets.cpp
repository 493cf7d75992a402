// SPDX-License-Identifier: MIT
// The local token and an upstream's key, said by clients and upstreams in every place and form,
// then looked for in all that is kept, logged and shown.
#include "core/observe/exchangejson.h"
#include "core/observe/log.h"
#include "rig.h"

#include <QScopeGuard>

#include <map>

using namespace sallyport;
using namespace sallyport::test;

namespace {

// Neither has a shape or stands under a name by which it would be known.
const QByteArray kToken = "planted/token+ABCDEFGHIJKLMNOP~42";
const QByteArray kKey = "planted/key+abcdefghijklmnopqrst~17";

QByteArray escaped(const QByteArray& text, const char* format) {
    QByteArray out;
    for (const char c : text)
        out += QString::asprintf(format, static_cast<unsigned char>(c)).toLatin1();
    return out;
}

/// Each form of a secret in which it may stand in a place, by name.
std::map<QByteArray, QByteArray> formsOf(const QByteArray& secret) {
    QByteArray halfEncoded = secret;
    halfEncoded.replace("a", "%61").replace("E", "%45").replace('/', "%2F");
    return {{"plain", secret},
            {"percent-encoded", escaped(secret, "%%%02x")},
            {"percent-encoded in part", halfEncoded},
            {"in base64", secret.toBase64()},
            {"in base64url as a password",
             QByteArray("me:" + secret).toBase64(QByteArray::Base64UrlEncoding)},
            {"as the user of Basic", QByteArray(secret + ":x").toBase64()}};
}

QByteArray textOf(const FieldList& fields) {
    QByteArray all;
    for (const FieldView field : fields)
        all += field.name.toByteArray() + ": " + field.value.toByteArray() + '\n';
    return all;
}

QByteArray textOf(const QVector<BodyPiece>& pieces) {
    QByteArray all;
    for (const BodyPiece& piece : pieces)
        all += piece.bytes;
    return all + '\n';
}

QByteArray textOf(const ExchangeRecord& record) {
    return jsonText(toJson(record)).toUtf8() + '\n' + record.error.toUtf8() + '\n';
}

QByteArray textOf(const ExchangeDetail& detail) {
    return textOf(detail.record) + textOf(detail.requestFields) + textOf(detail.sentFields) +
           textOf(detail.responseFields) + textOf(detail.responseTrailers) + detail.responseReason +
           '\n' + textOf(detail.requestBody) + textOf(detail.responseBody);
}

/// The key comes as `credential`, some lines of an upstream.
QByteArray keyRoutes(const QByteArray& credential = "credential: env:SALLYPORT_PLANTED_KEY") {
    return Rig::defaultRoutes().replace("credential: none", credential);
}

/// A gateway that holds both secrets, and everything that it says of its exchanges.
class PlantedRig : public Rig {
public:
    explicit PlantedRig(const QByteArray& routes = keyRoutes(),
                        const QByteArray& access = "{token: \"env:SALLYPORT_PLANTED_TOKEN\"}")
        : Rig(routes) {
        writeFile("settings.yaml",
                  "listen: 127.0.0.1:0\nlog: {level: trace}\naccess: " + access + '\n');
        log::configure({log::Level::Trace, false, logFile()});
        QObject::connect(engine.get(), &Engine::exchangesChanged, &m_context,
                         [this](const QVector<ExchangeRecord>& changed) {
                             for (const ExchangeRecord& each : changed)
                                 take(each);
                         });
        QObject::connect(engine.get(), &Engine::detailChanged, &m_context,
                         [this](const ExchangeDetail& detail) { m_detail = detail; });
    }
    ~PlantedRig() { log::configure({log::Level::Error, false, {}}); }

    [[nodiscard]] bool hasEnded(quint64 id) {
        return QTest::qWaitFor([&] { return m_ends[id] != ExchangeEnd::Running; });
    }
    /// Everything that was said of exchanges up to `id`.
    [[nodiscard]] QByteArray everything(quint64 id) {
        QByteArray all = m_said;
        for (quint64 each = 1; each <= id; ++each) {
            engine->watchExchange(each);
            all += textOf(m_detail);
        }
        log::flush();
        QFile file(logFile());
        if (file.open(QIODevice::ReadOnly)) all += file.readAll();
        return all;
    }

private:
    [[nodiscard]] QString logFile() const { return m_logs.filePath(QStringLiteral("l.log")); }
    void take(const ExchangeRecord& record) {
        m_ends.try_emplace(record.id, ExchangeEnd::Running);
        m_ends[record.id] = record.end;
        m_said += textOf(record);
    }

    QTemporaryDir m_logs;
    QObject m_context;
    std::map<quint64, ExchangeEnd> m_ends;
    ExchangeDetail m_detail;
    QByteArray m_said;
};

/// Ten bytes of its middle; of base64 a character at either end may stay.
QByteArray middleOf(const QByteArray& form) { return form.mid(form.size() / 2 - 5, 10); }

} // namespace

class TestPlantedSecrets : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        qputenv("SALLYPORT_PLANTED_TOKEN", kToken);
        qputenv("SALLYPORT_PLANTED_KEY", kKey);
    }
    void saidByAClient_data();
    void saidByAClient();
    void saidByAnUpstream_data();
    void saidByAnUpstream();
    void overTwoPieces();
    void underACoding();
    void anEarlierKey();
    void aKeyInEachWay_data();
    void aKeyInEachWay();
    void thePasswordOfAProxy_data();
    void thePasswordOfAProxy();
    void theTokenOfAClient();
    void inALineOfTheLogOfOurs();
    void inTheWrongPlaceOfAFile();
};

/// Cookies and Basic are known by their names as well; the origin must not see them either.
void TestPlantedSecrets::saidByAClient_data() {
    QTest::addColumn<QByteArray>("request"); ///< AUTHORITY is the gateway's
    QTest::addColumn<QByteArray>("form");
    const auto rows = [](const char* place, const QByteArray& request) {
        for (const auto& [name, form] : formsOf(kToken))
            QTest::addRow("%s, %s", place, name.constData())
                << QByteArray(request).replace("SECRET", form) << form;
    };
    const QByteArray end = " HTTP/1.1\r\nHost: AUTHORITY\r\n";
    rows("in a query", "GET /x?whatever=SECRET&y=1" + end + "\r\n");
    rows("in a query without a name", "GET /x?SECRET" + end + "\r\n");
    rows("in the path", "GET /x/SECRET/y" + end + "\r\n");
    rows("as the user agent", "GET /x" + end + "User-Agent: agent/1 (SECRET)\r\n\r\n");
    rows("in Referer", "GET /x" + end + "Referer: http://AUTHORITY/x/SECRET\r\n\r\n");
    rows("in Cookie", "GET /x" + end + "Cookie: a=b; c=SECRET\r\n\r\n");
    rows("in a field", "GET /x" + end + "X-Note: see SECRET there\r\n\r\n");
    rows("in Basic", "GET /x" + end + "Authorization: Basic SECRET\r\n\r\n");
    rows("in a content", "POST /x" + end + "Transfer-Encoding: chunked\r\n\r\n80\r\n" +
                             QByteArray("SECRET").leftJustified(6) + "PADDING\r\n0\r\n\r\n");
    QTest::newRow("as the model") << "POST /v1/messages" + end +
                                         "Content-Type: application/json\r\nContent-Length: " +
                                         QByteArray::number(kToken.size() + 12) +
                                         "\r\n\r\n{\"model\":\"" + kToken + "\"}"
                                  << kToken;
    const QByteArray json = escaped(kToken, "\\u%04X");
    QTest::newRow("in JSON") << "POST /v1/messages" + end +
                                    "Content-Type: application/json\r\nContent-Length: " +
                                    QByteArray::number(json.size() + 12) + "\r\n\r\n{\"model\":\"" +
                                    json + "\"}"
                             << json;
}

void TestPlantedSecrets::saidByAClient() {
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, form);
    PlantedRig rig;
    QVERIFY(rig.engine->open());
    request.replace("AUTHORITY", rig.authority());
    if (request.contains("PADDING")) { // a chunk of 128 bytes
        const qsizetype pad = 128 - (request.indexOf("PADDING") - request.indexOf("80\r\n") - 4);
        request.replace("PADDING", QByteArray(pad, '.'));
    }
    LoopbackPeer client = rig.client();
    client.send(request);
    LoopbackPeer origin;
    QByteArray atOrigin;
    QByteArray response;
    const bool isAnswered = QTest::qWaitFor([&] {
        if (origin.descriptor() < 0) origin = rig.origin.accept();
        const bool was = atOrigin.contains("\r\n\r\n");
        if (origin.descriptor() >= 0) atOrigin += origin.receive();
        if (!was && atOrigin.contains("\r\n\r\n"))
            origin.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        response += client.receive();
        return response.contains("\r\n\r\n");
    });
    QVERIFY(isAnswered);
    client.close();
    QVERIFY(rig.hasEnded(1));
    const QByteArray all = rig.everything(1);
    QVERIFY(all.contains("exchange id=1"));
    QVERIFY2(!all.contains(middleOf(form)), all.constData());
    QVERIFY2(!all.contains(middleOf(kToken)), all.constData());
    QVERIFY2(!all.contains(middleOf(kKey)), all.constData());
    QVERIFY2(!atOrigin.contains("Basic"), atOrigin.constData());
}

/// Interim responses, what is no HTTP, and lengths are kept nowhere, and should not be.
void TestPlantedSecrets::saidByAnUpstream_data() {
    QTest::addColumn<QByteArray>("response");
    QTest::addColumn<QByteArray>("form");
    const auto row = [](const QByteArray& place, QByteArray response, const QByteArray& form) {
        response.replace("SECRET", form);
        const qsizetype content = response.indexOf("\r\n\r\n") + 4;
        response.replace("LENGTH", QByteArray::number(response.size() - content));
        QTest::newRow(place.constData()) << response << form;
    };
    for (const auto& [name, form] : formsOf(kKey)) {
        const QByteArray as = ", " + name;
        row("in the message of an error" + as,
            "HTTP/1.1 401 No\r\nContent-Type: application/json\r\nContent-Length: LENGTH\r\n\r\n"
            R"({"type":"error","error":{"type":"x","message":"bad key: SECRET!"}})",
            form);
        row("in a content" + as,
            "HTTP/1.1 500 No\r\nContent-Type: text/html\r\nContent-Length: "
            "LENGTH\r\n\r\n<b>SECRET</b>",
            form);
        row("in a field" + as, "HTTP/1.1 401 No\r\nX-Echo: got SECRET\r\nContent-Length: 0\r\n\r\n",
            form);
        row("in a challenge" + as,
            "HTTP/1.1 401 No\r\nWWW-Authenticate: X realm=\"SECRET\"\r\nContent-Length: 0\r\n\r\n",
            form);
        row("in the reason" + as, "HTTP/1.1 401 bad SECRET\r\nContent-Length: 0\r\n\r\n", form);
        row("in a trailer" + as,
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nX-Echo: "
            "SECRET\r\n\r\n",
            form);
        row("in an interim response" + as,
            "HTTP/1.1 103 See SECRET\r\nLink: <SECRET>\r\n\r\n"
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            form);
        row("in an event" + as,
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
            "event: error\ndata: {\"type\":\"error\",\"error\":{\"message\":\"SECRET\"}}\n\n",
            form);
        row("in what is no HTTP" + as, "SECRET SECRET\r\nSECRET: SECRET\r\n\r\nSECRET", form);
        row("in a length" + as, "HTTP/1.1 200 OK\r\nContent-Length: SECRET\r\n\r\n", form);
    }
    row("in JSON",
        "HTTP/1.1 401 No\r\nContent-Type: application/json\r\nContent-Length: LENGTH\r\n\r\n"
        R"({"error":{"message":"bad key: SECRET!"}})",
        escaped(kKey, "\\u%04x"));
    row("in JSON with slashes escaped",
        "HTTP/1.1 401 No\r\nContent-Type: application/json\r\nContent-Length: LENGTH\r\n\r\n"
        R"({"error":{"message":"bad key: SECRET!"}})",
        QByteArray(kKey).replace("/", "\\/"));
}

void TestPlantedSecrets::saidByAnUpstream() {
    QFETCH(QByteArray, response);
    QFETCH(QByteArray, form);
    PlantedRig rig;
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    client.send(rig.get("/v1/messages"));
    LoopbackPeer origin = accepted(rig.origin);
    QByteArray request;
    QVERIFY(receives(origin, request, "\r\n\r\n"));
    QVERIFY(request.contains(QByteArray("Bearer " + kKey)));
    origin.send(response);
    origin.close();
    QByteArray got;
    QVERIFY(receives(client, got, "\r\n\r\n"));
    QVERIFY(rig.hasEnded(1));
    // What Sallyport says itself has it neither.
    if (got.contains("X-Sallyport-Error")) QVERIFY2(!got.contains(middleOf(form)), got.constData());
    const QByteArray all = rig.everything(1);
    QVERIFY(all.contains("exchange id=1"));
    QVERIFY2(!all.contains(middleOf(form)), all.constData());
    QVERIFY2(!all.contains(middleOf(kKey)), all.constData());
}

/// The records hold the content as it came, piece by piece.
void TestPlantedSecrets::overTwoPieces() {
    for (const qsizetype cut : {1, 5, 17, 34}) {
        PlantedRig rig;
        QVERIFY(rig.engine->open());
        LoopbackPeer client = rig.client();
        client.send(rig.get("/x"));
        LoopbackPeer origin = accepted(rig.origin);
        QByteArray request;
        QVERIFY(receives(origin, request, "\r\n\r\n"));
        QByteArray got;
        origin.send(
            QByteArray("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(kKey.size() + 8) +
                       "\r\n\r\nhere" + kKey.first(cut)));
        QVERIFY(receives(client, got, "here" + kKey.first(cut)));
        origin.send(QByteArray(kKey.mid(cut) + "gone"));
        QVERIFY(receives(client, got, "here" + kKey + "gone"));
        QVERIFY(rig.hasEnded(1));
        const QByteArray all = rig.everything(1);
        QVERIFY2(all.contains("here‹redacted, 35 bytes, …t~17›gone"), all.constData());
        QVERIFY(!all.contains(middleOf(kKey)));
    }
}

/// The window decodes what is kept as it went over the wire.
void TestPlantedSecrets::underACoding() {
    PlantedRig rig;
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    LoopbackPeer origin;
    for (const QByteArray& said : {QByteArray("nothing"), kKey}) {
        client.send(rig.get("/x"));
        if (said == "nothing") origin = accepted(rig.origin);
        QByteArray request;
        QVERIFY(receives(origin, request, "\r\n\r\n"));
        const QByteArray content = qCompress(QByteArray("the key is " + said)).mid(4);
        origin.send(QByteArray("HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nContent-Length: " +
                               QByteArray::number(content.size()) + "\r\n\r\n" + content));
        QByteArray got;
        QVERIFY(receives(client, got, content));
        const quint64 id = said == "nothing" ? 1 : 2;
        QVERIFY(rig.hasEnded(id));
        QCOMPARE(rig.everything(id).contains(content), said == "nothing");
    }
}

/// A key that was replaced while an exchange runs is still a secret of that exchange.
void TestPlantedSecrets::anEarlierKey() {
    PlantedRig rig;
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    client.send(rig.get("/x"));
    LoopbackPeer origin = accepted(rig.origin);
    QByteArray request;
    QVERIFY(receives(origin, request, "\r\n\r\n"));
    qputenv("SALLYPORT_PLANTED_KEY", "another-key-altogether");
    rig.engine->reload();
    qputenv("SALLYPORT_PLANTED_KEY", kKey);
    origin.send(QByteArray("HTTP/1.1 200 " + kKey + "\r\nContent-Length: 0\r\n\r\n"));
    QByteArray got;
    QVERIFY(receives(client, got, "\r\n\r\n"));
    QVERIFY(rig.hasEnded(1));
    const QByteArray all = rig.everything(1);
    QVERIFY2(!all.contains(middleOf(kKey)), all.constData());
}

/// As bearer and as x-api-key, at once and after another one; said back by the upstream in a status
/// line, a field and a content, and by a command among its errors.
void TestPlantedSecrets::aKeyInEachWay_data() {
    QTest::addColumn<QByteArray>("credential"); ///< KEYFILE has the key in it
    QTest::addColumn<int>("tries");
    const auto row = [](const char* tag, const char* credential, int tries) {
        QTest::newRow(tag) << QByteArray(credential) << tries;
    };
    row("of a file", "credential: \"file:KEYFILE\"", 1);
    row("as x-api-key", "credential: \"file:KEYFILE\"\n    credential_as: x-api-key", 1);
    row("after another one was limited",
        "credentials: [env:SALLYPORT_FIRST_KEY, env:SALLYPORT_PLANTED_KEY]", 2);
    row("of a command", "credential_command: {run: [cat, KEYFILE]}", 1);
    row("of a command that says it again in its errors",
        "credential_command: {run: [sh, -c, \"cat KEYFILE; cat KEYFILE >&2\"]}", 1);
}

void TestPlantedSecrets::aKeyInEachWay() {
    QFETCH(const QByteArray, credential);
    QFETCH(const int, tries);
    qputenv("SALLYPORT_FIRST_KEY", "the-first-key-0123456789");
    PlantedRig rig(keyRoutes(credential));
    rig.writeFile("keyfile", kKey + '\n');
    rig.writeFile("routes.yaml",
                  rig.readFile("routes.yaml").replace("KEYFILE", rig.pathOf("keyfile").toUtf8()));
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    client.send(rig.get("/x"));
    LoopbackPeer origin;
    QByteArray request;
    for (int i = 1; i <= tries; ++i) {
        origin = accepted(rig.origin);
        request.clear();
        QVERIFY(receives(origin, request, "\r\n\r\n"));
        if (i < tries) origin.send("HTTP/1.1 429 R\r\nContent-Length: 0\r\n\r\n");
    }
    QVERIFY(request.contains(QByteArray(kKey + "\r\n")));
    origin.send(QByteArray("HTTP/1.1 403 no " + kKey + "\r\nX-Note: " + kKey +
                           "\r\nContent-Type: application/json\r\nContent-Length: " +
                           QByteArray::number(kKey.size()) + "\r\n\r\n" + kKey));
    QByteArray got;
    QVERIFY(receives(client, got, "\r\n\r\n" + kKey));
    QVERIFY(rig.hasEnded(1));
    const QByteArray all = rig.everything(1);
    QVERIFY(all.contains("exchange id=1"));
    QVERIFY2(!all.contains(middleOf(kKey)), all.constData());
}

void TestPlantedSecrets::thePasswordOfAProxy_data() {
    QTest::addColumn<QByteArray>("via"); ///< lines of upstream or forward, PROXY is host:port
    QTest::addColumn<bool>("isForward");
    QTest::addColumn<QByteArray>("status");
    for (const char* status : {"200", "407", "403"}) {
        QTest::addRow("of a variable, %s", status)
            << QByteArray("via: \"http://alice@PROXY\"\n    via_credential: "
                          "env:SALLYPORT_PLANTED_KEY")
            << false << QByteArray(status);
        QTest::addRow("in the URL, %s", status)
            << QByteArray("via: \"http://alice:" + kKey.toPercentEncoding() + "@PROXY\"") << false
            << QByteArray(status);
        QTest::addRow("in the URL of forward, %s", status)
            << QByteArray("via: \"http://alice:" + kKey.toPercentEncoding() + "@PROXY\"") << true
            << QByteArray(status);
        QTest::addRow("in a variable of the system, %s", status)
            << QByteArray("via: system") << false << QByteArray(status);
        QTest::addRow("in a variable of the system, for forward, %s", status)
            << QByteArray("via: system") << true << QByteArray(status);
    }
}

/// The origin of the rig plays the proxy, which says all that it was told again.
void TestPlantedSecrets::thePasswordOfAProxy() {
    QFETCH(QByteArray, via);
    QFETCH(const bool, isForward);
    QFETCH(const QByteArray, status);
    PlantedRig rig(Rig::defaultRoutes());
    const QByteArray authority = "127.0.0.1:" + QByteArray::number(rig.origin.port());
    const auto cleared = qScopeGuard([] { qunsetenv("http_proxy"); });
    if (via == "via: system")
        qputenv("http_proxy", "http://alice:" + kKey.toPercentEncoding() + '@' + authority);
    via.replace("PROXY", authority);
    rig.writeFile("routes.yaml",
                  isForward ? QByteArray("forward: {" + via + "}\n")
                            : rig.readFile("routes.yaml").replace("credential: none", via));
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    client.send(isForward ? QByteArray("GET http://far.test/x HTTP/1.1\r\nHost: far.test\r\n\r\n")
                          : rig.get("/x"));
    LoopbackPeer proxy = accepted(rig.origin);
    QByteArray request;
    QVERIFY(receives(proxy, request, "\r\n\r\n"));
    proxy.send("HTTP/1.1 407 L\r\nProxy-Authenticate: Basic realm=r\r\nContent-Length: 0\r\n\r\n");
    request.clear();
    QVERIFY(receives(proxy, request, "\r\n\r\n"));
    const QByteArray login = QByteArray("alice:" + kKey).toBase64();
    QVERIFY2(request.contains(QByteArray("Proxy-Authorization: Basic " + login)),
             request.constData());
    const QByteArray echo = "X-Note: " + kKey + ' ' + login +
                            "\r\nProxy-Authenticate: Basic realm=\"" + kKey +
                            "\"\r\nContent-Length: 0\r\n\r\n";
    proxy.send(QByteArray("HTTP/1.1 " + status + " said " + kKey + "\r\n" + echo));
    if (status != "407") {
        request.clear();
        QVERIFY(receives(proxy, request, "\r\n\r\n"));
        proxy.send(QByteArray("HTTP/1.1 200 said " + kKey + "\r\n" + echo));
    }
    QByteArray got;
    QVERIFY(receives(client, got, "\r\n\r\n"));
    QVERIFY(rig.hasEnded(1));
    const QByteArray all = rig.everything(1);
    QVERIFY(all.contains("exchange id=1"));
    QVERIFY2(!all.contains(middleOf(kKey)), all.constData());
    QVERIFY2(!all.contains(middleOf(login)), all.constData());
}

void TestPlantedSecrets::theTokenOfAClient() {
    const QByteArray token = "planted/client+ABCDEFGHIJKLMNOP~99";
    qputenv("SALLYPORT_PLANTED_CLIENT", token);
    PlantedRig rig(keyRoutes(), "{token: \"env:SALLYPORT_PLANTED_TOKEN\", clients: [{name: ada, "
                                "token: \"env:SALLYPORT_PLANTED_CLIENT\"}]}");
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    client.send(QByteArray("GET /x?" + token + " HTTP/1.1\r\nHost: " + rig.authority() +
                           "\r\nX-Note: see " + token + "\r\nCookie: a=" + token +
                           "\r\nAuthorization: Bearer " + token + "\r\n\r\n"));
    LoopbackPeer origin = accepted(rig.origin);
    QByteArray request;
    QVERIFY(receives(origin, request, "\r\n\r\n"));
    QVERIFY(!request.contains("Cookie"));
    QVERIFY(!request.contains(QByteArray("Bearer " + token)));
    origin.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    QByteArray got;
    QVERIFY(receives(client, got, "ok"));
    QVERIFY(rig.hasEnded(1));
    const QByteArray all = rig.everything(1);
    QVERIFY(all.contains("client_name=ada"));
    QVERIFY2(!all.contains(middleOf(token)), all.constData());
}

void TestPlantedSecrets::inALineOfTheLogOfOurs() {
    PlantedRig rig;
    QVERIFY(rig.engine->open());
    log::write(log::Level::Warn, "probe", {{"reason", QByteArray("no such file: " + kKey)}});
    log::write(log::Level::Warn, "probe", {{"reason", QByteArray("\"" + kToken.toBase64())}});
    const QByteArray all = rig.everything(0);
    QVERIFY(all.contains("probe reason=\"no such file: ‹redacted, 35 bytes, …t~17›\""));
    QVERIFY(!all.contains(middleOf(kToken.toBase64())));
}

/// It looks like any word: only its value tells.
void TestPlantedSecrets::inTheWrongPlaceOfAFile() {
    const QByteArray key = "some-key-of-words";
    qputenv("SALLYPORT_PLANTED_KEY", key);
    PlantedRig rig;
    QVERIFY(rig.engine->open());
    qputenv("SALLYPORT_PLANTED_KEY", kKey);
    rig.writeFile("routes.yaml", "routes: [{name: all, upstream: " + key + "}]\n");
    QSignalSpy rejected(rig.engine.get(), &Engine::configRejected);
    rig.engine->reload();
    QCOMPARE(rejected.count(), 1);
    const QString told = rejected.first().first().toString();
    QVERIFY2(told.contains(QStringLiteral("‹redacted, 17 bytes, …ords›")), qPrintable(told));
    QVERIFY(!rig.everything(0).contains(key));
}

QTEST_GUILESS_MAIN(TestPlantedSecrets)
#include "tst_plantedsecrets.moc"
