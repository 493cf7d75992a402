// SPDX-License-Identifier: MIT
#include "core/net/streamreactor.h"
#include "core/upstream/http2session.h"
#include "core/upstream/http2transport.h"
#include "http2origin.h"
#include "recordingupstream.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTest>

using namespace sallyport;
using namespace sallyport::test;
using namespace std::chrono_literals;

namespace {

UpstreamTarget targetOn(quint16 port) {
    UpstreamTarget target;
    target.host = "127.0.0.1";
    target.port = port;
    target.authority = "127.0.0.1:" + QByteArray::number(port);
    return target;
}

struct Bench {
    explicit Bench(const std::function<void(SocketTransportOptions&)>& change = {},
                   std::uint32_t maxStreams = 100)
        : origin(maxStreams) {
        SocketTransportOptions options;
        options.targets = {targetOn(origin.port())};
        options.usesHttp2 = true;
        if (change) change(options);
        transport = makeUpstreamTransport(*reactor, deadlines, std::move(options));
    }
    std::size_t start(const QByteArray& method, const QByteArray& content = {}) {
        UpstreamRequest request;
        request.method = method;
        request.target = "/";
        if (!content.isEmpty())
            request.framing = {BodyKind::Length, static_cast<quint64>(content.size())};
        observers.push_back(std::make_unique<RecordingUpstream>());
        exchanges.push_back(transport->start(std::move(request), *observers.back()));
        if (!content.isEmpty()) {
            exchanges.back()->sendBody(content);
            exchanges.back()->finishBody({});
        }
        return exchanges.size() - 1;
    }
    template <typename Predicate>
    bool until(Predicate isDone) {
        for (QDeadlineTimer deadline(10'000); !deadline.hasExpired();) {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
            origin.step();
            if (isDone()) return true;
        }
        return false;
    }
    bool untilAsked(std::size_t count) {
        return until([&] { return origin.hasWhole(count); });
    }
    bool untilOver(std::size_t i = 0) {
        return until([&] { return observers[i]->isOver; });
    }
    bool untilAnswered(std::size_t request, std::size_t i) {
        origin.head(request, 200, {}, true);
        return untilOver(i) && observers[i]->events.last() == "complete";
    }

    SystemClock clock;
    DeadlineQueue deadlines{clock};
    Http2Origin origin;
    std::unique_ptr<StreamReactor> reactor = makeStreamReactor(deadlines);
    std::unique_ptr<UpstreamTransport> transport;
    std::vector<std::unique_ptr<RecordingUpstream>> observers;
    std::vector<std::unique_ptr<UpstreamExchange>> exchanges;
};

FieldList oneField(const char* name, const QByteArray& value) {
    FieldList out;
    out.append(name, value);
    return out;
}

} // namespace

Q_DECLARE_METATYPE(sallyport::FieldList)

class TestHttp2Transport : public QObject {
    Q_OBJECT
private slots:
    void aRefusedStreamIsSentAgain() {
        Bench b;
        b.start("POST", "content");
        QVERIFY(b.untilAsked(1));
        b.origin.reset(0, NGHTTP2_REFUSED_STREAM);
        QVERIFY(b.untilAsked(2));
        QCOMPARE(b.origin.request(1).content, QByteArray("content"));
        QVERIFY(b.untilAnswered(1, 0));
    }
    void itIsSentAgainOnceAlone() {
        Bench b;
        b.start("POST", "content");
        QVERIFY(b.untilAsked(1));
        b.origin.reset(0, NGHTTP2_REFUSED_STREAM);
        QVERIFY(b.untilAsked(2));
        b.origin.reset(1, NGHTTP2_REFUSED_STREAM);
        QVERIFY(b.untilOver());
        QCOMPARE(b.observers[0]->error.code, ErrorCode::UpstreamReset);
        QCOMPARE(b.observers[0]->error.detail, QStringLiteral("the target refused the stream"));
    }
    void aStreamAfterTheLastOneIsSentAgainOnANewConnection() {
        Bench b;
        b.start("POST", "content");
        QVERIFY(b.untilAsked(1));
        b.origin.goAway(-1);
        QVERIFY(b.untilAsked(2));
        QCOMPARE(b.origin.connections(), std::size_t{2});
        QVERIFY(b.untilAnswered(1, 0));
    }
    void aStreamBeforeTheLastOneGoesOn() {
        Bench b;
        b.start("POST", "content");
        QVERIFY(b.untilAsked(1));
        b.origin.goAway(0);
        QVERIFY(b.untilAnswered(0, 0));
        b.start("GET");
        QVERIFY(b.untilAsked(2));
        QCOMPARE(b.origin.connections(), std::size_t{2});
    }
    void aResetStreamIsNot_data() {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<quint32>("code");
        QTest::addColumn<QString>("detail");
        const auto row = [](const char* tag, const char* method, quint32 code, const char* detail) {
            QTest::newRow(tag) << QByteArray(method) << code << QString::fromLatin1(detail);
        };
        row("of a POST", "POST", NGHTTP2_INTERNAL_ERROR,
            "the target reset the stream (INTERNAL_ERROR)");
        row("of a GET: its request was read", "GET", NGHTTP2_CANCEL,
            "the target reset the stream (CANCEL)");
        row("that wants HTTP/1.1", "GET", NGHTTP2_HTTP_1_1_REQUIRED,
            "the target takes this request by HTTP/1.1 only");
    }
    void aResetStreamIsNot() {
        QFETCH(QByteArray, method);
        QFETCH(quint32, code);
        QFETCH(QString, detail);
        Bench b;
        b.start(method, method == "POST" ? "content" : "");
        QVERIFY(b.untilAsked(1));
        b.origin.reset(0, code);
        QVERIFY(b.untilOver());
        QCOMPARE(b.observers[0]->error.code, ErrorCode::UpstreamReset);
        QCOMPARE(b.observers[0]->error.detail, detail);
        QCOMPARE(b.origin.requests.size(), std::size_t{1});
    }
    void aKeptConnectionThatEnds_data() {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<bool>("isSentAgain");
        QTest::newRow("a GET is sent again") << QByteArray("GET") << true;
        QTest::newRow("a POST is not: its request was read") << QByteArray("POST") << false;
    }
    void aKeptConnectionThatEnds() {
        QFETCH(QByteArray, method);
        QFETCH(bool, isSentAgain);
        Bench b;
        b.start("GET");
        QVERIFY(b.untilAsked(1));
        QVERIFY(b.untilAnswered(0, 0));
        b.start(method, method == "POST" ? "content" : "");
        QVERIFY(b.untilAsked(2));
        b.origin.resetConnection(1);
        if (isSentAgain) {
            QVERIFY(b.untilAsked(3));
            QVERIFY(b.untilAnswered(2, 1));
        } else {
            QVERIFY(b.untilOver(1));
            QCOMPARE(b.observers[1]->error.code, ErrorCode::UpstreamReset);
            QCOMPARE(b.origin.requests.size(), std::size_t{2});
        }
    }
    void theNextTargetTakesWhatTheFirstRefuses() {
        Http2Origin second;
        Bench b([&](SocketTransportOptions& o) { o.targets.push_back(targetOn(second.port())); });
        b.start("POST", "content");
        QVERIFY(b.untilAsked(1));
        b.origin.reset(0, NGHTTP2_REFUSED_STREAM);
        QVERIFY(b.untilAsked(2));
        b.origin.reset(1, NGHTTP2_REFUSED_STREAM);
        QVERIFY(b.until([&] { return (second.step(), second.hasWhole(1)); }));
        QCOMPARE(second.request(0).content, QByteArray("content"));
        QCOMPARE(b.observers[0]->passedOver.size(), 1);
    }
    void aTargetThatSpeaksHttp1IsPassedOver() {
        Http1Origin old;
        Bench b([&](SocketTransportOptions& o) {
            o.targets.insert(o.targets.begin(), targetOn(old.port()));
        });
        b.start("POST", "content");
        LoopbackPeer peer;
        QVERIFY(b.until([&] {
            if (peer.descriptor() < 0) peer = old.server.accept();
            return peer.descriptor() >= 0;
        }));
        QByteArray came;
        QVERIFY(b.until([&] { return (came += peer.receive(), !came.isEmpty()); }));
        QVERIFY(!came.contains("content")); // nothing of the request before its SETTINGS
        peer.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        QVERIFY(b.untilAsked(1));
        QCOMPARE(b.observers[0]->passedOver.size(), 1);
        QVERIFY(b.observers[0]->passedOver.first().endsWith(
            QLatin1String("the target does not speak HTTP/2")));
    }
    void aTargetThatSaysNothingEndsInTime() {
        LoopbackServer silent;
        Bench b([&](SocketTransportOptions& o) {
            o.targets = {targetOn(silent.port())};
            o.timeouts.connect = 80ms;
        });
        b.start("GET");
        QVERIFY(b.untilOver());
        QCOMPARE(b.observers[0]->error.code, ErrorCode::UpstreamConnectTimeout);
    }
    void streamsAreNotMoreThanThePeerAllows() {
        Bench b({}, 3);
        b.start("GET");
        QVERIFY(b.untilAsked(1)); // its SETTINGS are known from here on
        for (int i = 0; i < 5; ++i)
            b.start("GET");
        QVERIFY(b.untilAsked(6));
        QCOMPARE(b.origin.connections(), std::size_t{2});
    }
    void thoseThatWaitedForTheFirstConnectionGoToOthers() {
        Bench b({}, 2);
        for (int i = 0; i < 5; ++i)
            b.start("GET"); // before the peer has said how many it allows
        QVERIFY(b.untilAsked(5));
        QCOMPARE(b.origin.connections(), std::size_t{3});
    }
    void aRequestHeadAboveTheBoundOfTheLibrary() {
        Bench b([](SocketTransportOptions& o) { o.limits.parse.head = 100'000; });
        UpstreamRequest request;
        request.method = "GET";
        request.target = "/";
        for (int i = 0; i < 9; ++i)
            request.fields.append("X-Large", QByteArray(10'000, 'x'));
        RecordingUpstream observer;
        const auto exchange = b.transport->start(std::move(request), observer);
        QVERIFY(b.untilAsked(1));
        QCOMPARE(b.origin.request(0).fields.count("x-large"), std::size_t{9});
    }
    void theVersionIsThatOfHttp2() {
        Bench b;
        b.start("GET");
        QVERIFY(b.untilAsked(1));
        QVERIFY(b.untilAnswered(0, 0));
        QVERIFY(b.observers[0]->head.version == kHttp2);
        // Without a length: an HTTP/1.1 client has to see the end.
        QCOMPARE(b.observers[0]->framing, (Framing{BodyKind::Chunked, 0}));
    }
    void aReaderThatStopsHoldsNobodyUp() {
        Bench b;
        b.start("GET");
        b.start("GET");
        QVERIFY(b.untilAsked(2));
        b.exchanges[0]->setReading(false);
        constexpr qsizetype kLarge = qsizetype{4} * 1024 * 1024;
        for (const std::size_t i : {std::size_t{0}, std::size_t{1}}) {
            b.origin.head(i, 200, {}, false);
            b.origin.body(i, QByteArray(kLarge, 'x'));
            b.origin.end(i, {});
        }
        QVERIFY(b.untilOver(1));
        QCOMPARE(b.observers[1]->total, kLarge);
        QVERIFY(b.observers[0]->total <= Http2Session::kStreamWindow);
        b.exchanges[0]->setReading(true);
        QVERIFY(b.untilOver(0));
        QCOMPARE(b.observers[0]->total, kLarge);
    }
    void aResponseThatEndsBeforeItsRequestIsWhole() {
        Bench b;
        UpstreamRequest request;
        request.method = "POST";
        request.target = "/";
        request.framing = {BodyKind::Length, 1000};
        RecordingUpstream observer;
        const auto exchange = b.transport->start(std::move(request), observer);
        exchange->sendBody("some");
        QVERIFY(b.until([&] { return !b.origin.requests.empty(); }));
        b.origin.head(0, 413, {}, true);
        QVERIFY(b.until([&] { return observer.isOver; }));
        QCOMPARE(observer.events.last(), QByteArray("complete"));
        QVERIFY(b.until([&] { return b.origin.request(0).isCancelled; }));
    }
    void malformedResponses_data() {
        QTest::addColumn<FieldList>("fields");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("detail");
        const auto row = [](const char* tag, const FieldList& fields, const char* body,
                            const char* detail) {
            QTest::newRow(tag) << fields << QByteArray(body) << QString::fromLatin1(detail);
        };
        row("less content than the length", oneField("Content-Length", "9"), "four",
            "the response is not well-formed HTTP/2 (PROTOCOL_ERROR)");
        row("more content than the length", oneField("Content-Length", "2"), "four",
            "the response is not well-formed HTTP/2 (PROTOCOL_ERROR)");
        row("a field that speaks of the connection", oneField("Connection", "close"), "",
            "the response is not well-formed HTTP/2 (PROTOCOL_ERROR)");
        row("a line break in a value", oneField("X-A", "a\r\nb: c"), "",
            "the response is not well-formed HTTP/2 (PROTOCOL_ERROR)");
        row("fields that are too large", oneField("X-A", QByteArray(5000, 'a')), "",
            "the fields of the response are too large");
    }
    void malformedResponses() {
        QFETCH(FieldList, fields);
        QFETCH(QByteArray, body);
        QFETCH(QString, detail);
        Bench b([](SocketTransportOptions& o) { o.limits.parse.head = 4096; });
        b.start("GET");
        QVERIFY(b.untilAsked(1));
        b.origin.head(0, 200, fields, body.isEmpty());
        if (!body.isEmpty()) {
            b.origin.body(0, body);
            b.origin.end(0, {});
        }
        QVERIFY(b.untilOver());
        QCOMPARE(b.observers[0]->error.code, ErrorCode::UpstreamProtocol);
        QCOMPARE(b.observers[0]->error.detail, detail);
    }
    void interimResponsesAreBounded() {
        Bench b([](SocketTransportOptions& o) { o.limits.interimResponses = 2; });
        b.start("GET");
        QVERIFY(b.untilAsked(1));
        for (int i = 0; i < 3; ++i)
            b.origin.interim(0, 103, {});
        QVERIFY(b.untilOver());
        QCOMPARE(b.observers[0]->error.code, ErrorCode::UpstreamProtocol);
    }
    void anUnusedConnectionIsClosed() {
        Bench b([](SocketTransportOptions& o) { o.idleFor = 50ms; });
        b.start("GET");
        QVERIFY(b.untilAsked(1));
        QVERIFY(b.untilAnswered(0, 0));
        QVERIFY(b.until([&] { return b.origin.request(0).isCancelled; })); // its connection ended
        b.start("GET");
        QVERIFY(b.untilAsked(2));
        QCOMPARE(b.origin.connections(), std::size_t{2});
    }
    void withoutIdleConnectionsEachHasItsOwn() {
        Bench b([](SocketTransportOptions& o) { o.maxIdle = 0; });
        for (std::size_t i = 0; i < 2; ++i) {
            b.start("GET");
            QVERIFY(b.untilAsked(i + 1));
            QVERIFY(b.untilAnswered(i, i));
        }
        QCOMPARE(b.origin.connections(), std::size_t{2});
    }
    void whatHttp2HasNotGoesByHttp1_data() {
        QTest::addColumn<QByteArray>("upgrade");
        QTest::addColumn<QByteArray>("authorization");
        QTest::newRow("a WebSocket") << QByteArray("websocket") << QByteArray();
        QTest::newRow("a login that binds the connection")
            << QByteArray() << QByteArray("Negotiate YII");
    }
    void whatHttp2HasNotGoesByHttp1() {
        QFETCH(QByteArray, upgrade);
        QFETCH(QByteArray, authorization);
        Http1Origin old;
        Bench b([&](SocketTransportOptions& o) { o.targets = {targetOn(old.port())}; });
        UpstreamRequest request;
        request.method = "GET";
        request.target = "/";
        request.upgrade = upgrade;
        if (!authorization.isEmpty()) request.fields.append("Authorization", authorization);
        RecordingUpstream observer;
        const auto exchange = b.transport->start(std::move(request), observer);
        QVERIFY(b.until([&] { return (old.step(), old.hasWhole(1)); }));
        QCOMPARE(old.request(0).fields.combined("Upgrade"), upgrade);
        QCOMPARE(observer.facts->way, QString());
    }
    void exchangesOutliveTheirTransport() {
        Bench b;
        b.start("GET");
        b.start("GET");
        QVERIFY(b.untilAsked(2));
        b.transport.reset();
        QVERIFY(b.untilAnswered(0, 0));
        QVERIFY(b.untilAnswered(1, 1));
        QVERIFY(b.until([&] { return b.origin.request(1).isCancelled; })); // then it closes
    }
};

QTEST_GUILESS_MAIN(TestHttp2Transport)
#include "tst_http2transport.moc"
