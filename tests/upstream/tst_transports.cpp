// SPDX-License-Identifier: MIT
#include "core/net/streamreactor.h"
#include "core/upstream/http2session.h"
#include "core/upstream/http2transport.h"
#include "http2origin.h"
#include "recordingupstream.h"
#include "transportorigin.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTest>

using namespace sallyport;
using namespace sallyport::test;
using namespace std::chrono_literals;

namespace {

enum class Over { Http1, Http2 };

constexpr qsizetype kLarge = qsizetype{32} * 1024 * 1024;

FieldList fieldsOf(std::initializer_list<std::pair<const char*, const char*>> lines) {
    FieldList out;
    for (const auto& [name, value] : lines)
        out.append(name, value);
    return out;
}

/// Either transport toward an origin that speaks its version.
struct Bench {
    explicit Bench(Over over, const std::function<void(SocketTransportOptions&)>& change = {}) {
        if (over == Over::Http1)
            origin = std::make_unique<Http1Origin>();
        else
            origin = std::make_unique<Http2Origin>();
        SocketTransportOptions options;
        UpstreamTarget target;
        target.host = "127.0.0.1";
        target.port = origin->port();
        target.basePath = "/llm";
        target.authority = "127.0.0.1:" + QByteArray::number(origin->port());
        options.targets = {target};
        options.usesHttp2 = over == Over::Http2;
        if (change) change(options);
        transport = makeUpstreamTransport(*reactor, deadlines, std::move(options));
    }
    void start(UpstreamRequest request) {
        exchange = transport->start(std::move(request), observer);
    }
    /// Until `isDone`; 20 seconds at most.
    template <typename Predicate>
    bool until(Predicate isDone) {
        for (QDeadlineTimer deadline(20'000); !deadline.hasExpired();) {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
            origin->step();
            if (isDone()) return true;
        }
        return false;
    }
    bool untilAsked(std::size_t count = 1) {
        return until([&] { return origin->hasWhole(count); });
    }
    bool untilOver() {
        return until([this] { return observer.isOver; });
    }
    void turn(int times) {
        for (int i = 0; i < times; ++i) {
            QCoreApplication::processEvents();
            origin->step();
        }
    }

    SystemClock clock;
    DeadlineQueue deadlines{clock};
    std::unique_ptr<TransportOrigin> origin;
    std::unique_ptr<StreamReactor> reactor = makeStreamReactor(deadlines);
    std::unique_ptr<UpstreamTransport> transport;
    RecordingUpstream observer;
    std::unique_ptr<UpstreamExchange> exchange;
};

UpstreamRequest requestOf(const QByteArray& method, Framing framing = {}) {
    UpstreamRequest request;
    request.method = method;
    request.target = "/v1/messages?beta=true";
    request.fields =
        fieldsOf({{"Accept", "*/*"}, {"X-Api-Key", "k"}, {"X-Twice", "a"}, {"X-Twice", "b"}});
    request.framing = framing;
    return request;
}

constexpr Framing length(quint64 bytes) { return {BodyKind::Length, bytes}; }
constexpr Framing chunked() { return {BodyKind::Chunked, 0}; }

/// Each row once over each version.
void overBoth(const char* tag, const std::function<QTestData&(QTestData&)>& rest = {}) {
    for (const auto& [over, name] : {std::pair{Over::Http1, "HTTP/1.1"}, {Over::Http2, "HTTP/2"}}) {
        const QByteArray whole = QByteArray(tag) + ", over " + name;
        QTestData& row = QTest::newRow(whole.constData()) << over;
        if (rest) rest(row);
    }
}
void addBoth(const char* tag) { overBoth(tag); }

} // namespace

Q_DECLARE_METATYPE(Over)
Q_DECLARE_METATYPE(sallyport::Framing)

class TestTransports : public QObject {
    Q_OBJECT
private slots:
    void everyMethodGoesOn_data() {
        QTest::addColumn<Over>("over");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<Framing>("framing");
        for (const char* method : {"GET", "HEAD", "OPTIONS", "TRACE", "DELETE", "PURGE"})
            overBoth(QByteArray(QByteArray(method) + " without content").constData(),
                     [&](QTestData& row) -> QTestData& {
                         return row << QByteArray(method) << Framing();
                     });
        for (const char* method : {"POST", "PUT", "PATCH", "DELETE", "GET", "QUERY"}) {
            overBoth(QByteArray(QByteArray(method) + " with content of a length").constData(),
                     [&](QTestData& row) -> QTestData& {
                         return row << QByteArray(method) << length(7);
                     });
            overBoth(QByteArray(QByteArray(method) + " with content without one").constData(),
                     [&](QTestData& row) -> QTestData& {
                         return row << QByteArray(method) << chunked();
                     });
        }
    }
    void everyMethodGoesOn() {
        QFETCH(Over, over);
        QFETCH(QByteArray, method);
        QFETCH(Framing, framing);
        Bench b(over);
        b.start(requestOf(method, framing));
        if (framing.kind != BodyKind::None) {
            b.exchange->sendBody("content");
            b.exchange->finishBody({});
        }
        QVERIFY(b.untilAsked());
        const OriginRequest& seen = b.origin->request(0);
        QCOMPARE(seen.method, method);
        QCOMPARE(seen.path, QByteArray("/llm/v1/messages?beta=true"));
        QCOMPARE(seen.host, "127.0.0.1:" + QByteArray::number(b.origin->port()));
        QCOMPARE(seen.content, QByteArray(framing.kind == BodyKind::None ? "" : "content"));
        QCOMPARE(seen.fields.combined("X-Twice"), QByteArray("a, b"));
        QCOMPARE(seen.fields.combined("X-Api-Key"), QByteArray("k"));
        QCOMPARE(seen.fields.size(), std::size_t{4}); // nothing is added
        b.origin->head(0, 200, fieldsOf({{"X-Own", "1"}}), true);
        QVERIFY(b.untilOver());
        QCOMPARE(b.observer.events.first(), QByteArray("connected"));
        QCOMPARE(b.observer.events.last(), QByteArray("complete"));
        QVERIFY(b.observer.events.contains("sent"));
    }

    void everyStatusComesBack_data() {
        QTest::addColumn<Over>("over");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("hasContent");
        for (const int status : {200, 201, 206, 301, 302, 307, 308, 400, 401, 403, 404, 413, 429,
                                 500, 502, 503, 529, 599})
            overBoth(QByteArray::number(status).constData(),
                     [&](QTestData& row) -> QTestData& { return row << status << true; });
        for (const int status : {204, 304})
            overBoth(QByteArray::number(status).constData(),
                     [&](QTestData& row) -> QTestData& { return row << status << false; });
    }
    void everyStatusComesBack() {
        QFETCH(Over, over);
        QFETCH(int, status);
        QFETCH(bool, hasContent);
        Bench b(over);
        b.start(requestOf("GET"));
        QVERIFY(b.untilAsked());
        b.origin->head(0, status,
                       fieldsOf({{"Location", "https://elsewhere.example/"},
                                 {"Content-Encoding", "gzip"},
                                 {"WWW-Authenticate", "Basic realm=\"a\""},
                                 {"Set-Cookie", "a=1"},
                                 {"Set-Cookie", "b=2, c"}}),
                       !hasContent);
        if (hasContent) {
            b.origin->body(0, "not gzip at all");
            b.origin->end(0, {});
        }
        QVERIFY(b.untilOver());
        QCOMPARE(b.observer.head.status, status);
        QCOMPARE(b.observer.body, QByteArray(hasContent ? "not gzip at all" : ""));
        QCOMPARE(b.observer.head.fields.combined("Location"),
                 QByteArray("https://elsewhere.example/"));
        QCOMPARE(b.observer.head.fields.count("Set-Cookie"), std::size_t{2});
        QCOMPARE(b.observer.head.fields.combined("Content-Encoding"), QByteArray("gzip"));
        QCOMPARE(b.observer.events.last(), QByteArray("complete"));
        QCOMPARE(b.origin->requests.size(), std::size_t{1});
        // What HTTP/2 has not: a reason phrase.
        if (over == Over::Http1) QCOMPARE(b.observer.head.reason, QByteArray("Of Its Own"));
    }

    void theHeadOfAHeadRequestHasNoContent_data() { both(); }
    void theHeadOfAHeadRequestHasNoContent() {
        QFETCH(Over, over);
        Bench b(over);
        b.start(requestOf("HEAD"));
        QVERIFY(b.untilAsked());
        b.origin->head(0, 200, fieldsOf({{"Content-Length", "99"}}), true);
        QVERIFY(b.untilOver());
        QCOMPARE(b.observer.story(), QByteArray("connected, sent, head 200, complete"));
        QCOMPARE(b.observer.framing.kind, BodyKind::None);
        QCOMPARE(b.observer.head.fields.combined("Content-Length"), QByteArray("99"));
    }

    void anotherHostIsSent_data() { both(); }
    void anotherHostIsSent() {
        QFETCH(Over, over);
        Bench b(over);
        UpstreamRequest request = requestOf("GET");
        request.hostOverride = "other.example";
        b.start(std::move(request));
        QVERIFY(b.untilAsked());
        QCOMPARE(b.origin->request(0).host, QByteArray("other.example"));
    }

    void interimResponsesComeBefore_data() { both(); }
    void interimResponsesComeBefore() {
        QFETCH(Over, over);
        Bench b(over);
        b.start(requestOf("GET"));
        QVERIFY(b.untilAsked());
        b.origin->interim(0, 103, fieldsOf({{"Link", "</a>; rel=preload"}}));
        b.origin->interim(0, 102, {});
        b.origin->head(0, 200, {}, true);
        QVERIFY(b.untilOver());
        QCOMPARE(b.observer.story(),
                 QByteArray("connected, sent, interim 103, interim 102, head 200, complete"));
    }

    void trailersGoBothWays_data() { both(); }
    void trailersGoBothWays() {
        QFETCH(Over, over);
        Bench b(over);
        b.start(requestOf("POST", chunked()));
        b.exchange->sendBody("content");
        b.exchange->finishBody(fieldsOf({{"X-Check", "up"}}));
        QVERIFY(b.untilAsked());
        QCOMPARE(b.origin->request(0).trailers.combined("X-Check"), QByteArray("up"));
        b.origin->head(0, 200, {}, false);
        b.origin->body(0, "data");
        b.origin->end(0, fieldsOf({{"X-Check", "down"}}));
        QVERIFY(b.untilOver());
        QCOMPARE(b.observer.body, QByteArray("data"));
        QCOMPARE(b.observer.trailers.combined("X-Check"), QByteArray("down"));
    }

    void eachEventOfAStreamComesAtOnce_data() { both(); }
    void eachEventOfAStreamComesAtOnce() {
        QFETCH(Over, over);
        Bench b(over);
        b.start(requestOf("POST", length(2)));
        b.exchange->sendBody("{}");
        b.exchange->finishBody({});
        QVERIFY(b.untilAsked());
        b.origin->head(0, 200, fieldsOf({{"Content-Type", "text/event-stream"}}), false);
        QVERIFY(b.until([&] { return b.observer.events.contains("head 200"); }));
        QCOMPARE(b.observer.framing.kind, BodyKind::Chunked);
        QByteArray all;
        for (int i = 0; i < 50; ++i) {
            const QByteArray event = "data: " + QByteArray::number(i) + "\n\n";
            all += event;
            b.origin->body(0, event);
            QVERIFY(b.until([&] { return b.observer.body == all; }));
        }
        b.origin->end(0, {});
        QVERIFY(b.untilOver());
        QCOMPARE(b.observer.events.last(), QByteArray("complete"));
    }

    void anUploadIsHeldBackAndGoesOn_data() { both(); }
    void anUploadIsHeldBackAndGoesOn() {
        QFETCH(Over, over);
        Bench b(over);
        b.origin->isReading = over == Over::Http2; // its SETTINGS have to go out first
        b.start(requestOf("POST", length(kLarge)));
        QVERIFY(b.until([&] { return b.observer.facts || over == Over::Http1; }));
        b.origin->isReading = false;
        const QByteArray piece(64 * 1024, 'x');
        qsizetype given = 0;
        for (int i = 0; i < 400 && given < kLarge; ++i) {
            while (!b.exchange->isCongested() && given < kLarge) {
                b.exchange->sendBody(piece);
                given += piece.size();
            }
            b.turn(1);
        }
        QVERIFY2(given < kLarge / 2, qPrintable(QString::number(given)));
        b.origin->isReading = true;
        QVERIFY(b.until([&] {
            while (!b.exchange->isCongested() && given < kLarge) {
                b.exchange->sendBody(piece);
                given += piece.size();
            }
            return given == kLarge;
        }));
        b.exchange->finishBody({});
        QVERIFY(b.untilAsked());
        QVERIFY(b.observer.events.contains("writable"));
        QCOMPARE(b.origin->request(0).content.size(), kLarge);
    }

    void anOriginIsHeldBackAndGoesOn_data() { both(); }
    void anOriginIsHeldBackAndGoesOn() {
        QFETCH(Over, over);
        Bench b(over);
        b.observer.onEvent = [&b](const QByteArray& event) {
            if (event == "body" && b.observer.total < 1024 * 1024) b.exchange->setReading(false);
        };
        b.start(requestOf("GET"));
        QVERIFY(b.untilAsked());
        b.origin->head(
            0, 200, fieldsOf({{"Content-Length", QByteArray::number(kLarge).constData()}}), false);
        b.origin->body(0, QByteArray(kLarge, 'x'));
        QVERIFY(b.until([&] { return b.observer.total > 0; }));
        b.turn(500);
        // What has been received by then still comes: of HTTP/2 the stream's window.
        QVERIFY2(b.observer.total <= Http2Session::kStreamWindow,
                 qPrintable(QString::number(b.observer.total)));
        QVERIFY(b.origin->unsent() > kLarge / 2);
        b.observer.onEvent = {};
        b.exchange->setReading(true);
        b.origin->end(0, {});
        QVERIFY(b.untilOver());
        QCOMPARE(b.observer.total, kLarge);
        QCOMPARE(b.observer.events.last(), QByteArray("complete"));
    }

    void aCutIsACut_data() {
        QTest::addColumn<Over>("over");
        QTest::addColumn<bool>("hasHead");
        QTest::addColumn<bool>("hasLength");
        const auto row = [](const char* tag, bool hasHead, bool hasLength) {
            overBoth(tag, [=](QTestData& r) -> QTestData& { return r << hasHead << hasLength; });
        };
        row("before the head", false, false);
        row("in content of a length", true, true);
        row("in content without one", true, false);
    }
    void aCutIsACut() {
        QFETCH(Over, over);
        QFETCH(bool, hasHead);
        QFETCH(bool, hasLength);
        Bench b(over);
        b.start(requestOf("POST", length(2)));
        b.exchange->sendBody("{}");
        b.exchange->finishBody({});
        QVERIFY(b.untilAsked());
        if (hasHead) {
            b.origin->head(0, 200, hasLength ? fieldsOf({{"Content-Length", "100"}}) : FieldList(),
                           false);
            b.origin->body(0, "half");
            QVERIFY(b.until([&] { return b.observer.body == "half"; }));
        }
        b.origin->cut(0);
        QVERIFY(b.untilOver());
        QCOMPARE(b.observer.events.last(), QByteArray("failed"));
        QCOMPARE(b.observer.error.code, ErrorCode::UpstreamReset);
        QCOMPARE(b.observer.error.side, Side::Upstream);
        QCOMPARE(b.origin->requests.size(), std::size_t{1}); // a POST is not sent again
    }

    void silenceEndsIt_data() {
        QTest::addColumn<Over>("over");
        QTest::addColumn<bool>("hasHead");
        overBoth("before the head", [](QTestData& r) -> QTestData& { return r << false; });
        overBoth("in mid-response", [](QTestData& r) -> QTestData& { return r << true; });
    }
    void silenceEndsIt() {
        QFETCH(Over, over);
        QFETCH(bool, hasHead);
        Bench b(over,
                [](SocketTransportOptions& o) { o.timeouts.firstByte = o.timeouts.idle = 80ms; });
        b.start(requestOf("GET"));
        QVERIFY(b.untilAsked());
        if (hasHead) {
            b.origin->head(0, 200, {}, false);
            b.origin->body(0, "half");
        }
        QVERIFY(b.untilOver());
        QCOMPARE(b.observer.error.code,
                 hasHead ? ErrorCode::UpstreamIdleTimeout : ErrorCode::UpstreamFirstByteTimeout);
        QVERIFY(b.until([&] { return b.origin->request(0).isCancelled; }));
    }

    void leavingCancels_data() { both(); }
    void leavingCancels() {
        QFETCH(Over, over);
        Bench b(over);
        b.start(requestOf("GET"));
        QVERIFY(b.untilAsked());
        b.origin->head(0, 200, {}, false);
        b.origin->body(0, "half");
        QVERIFY(b.until([&] { return b.observer.body == "half"; }));
        b.exchange.reset();
        QVERIFY(b.until([&] { return b.origin->request(0).isCancelled; }));
        QVERIFY(!b.observer.isOver);
    }

    void leavingInACallIsAllowed_data() {
        QTest::addColumn<Over>("over");
        QTest::addColumn<QByteArray>("event");
        for (const char* event :
             {"connected", "sent", "interim 103", "head 200", "body", "complete"})
            overBoth(event, [=](QTestData& r) -> QTestData& { return r << QByteArray(event); });
    }
    void leavingInACallIsAllowed() {
        QFETCH(Over, over);
        QFETCH(QByteArray, event);
        Bench b(over);
        bool isGone = false;
        b.observer.onEvent = [&](const QByteArray& is) {
            if (is != event) return;
            isGone = true;
            b.exchange.reset();
        };
        b.start(requestOf("GET"));
        const bool isEarly = event == "connected" || event == "sent";
        QVERIFY(b.until([&] { return isGone || b.origin->hasWhole(1); }));
        if (!isEarly) {
            b.origin->interim(0, 103, {});
            b.origin->head(0, 200, {}, false);
            b.origin->body(0, "data");
            b.origin->end(0, {});
        }
        QVERIFY(b.until([&] { return isGone; }));
        b.turn(20);
        QCOMPARE(b.observer.events.last(), event);
    }

    void moreThanSixRunAtOnce_data() { both(); }
    void moreThanSixRunAtOnce() {
        QFETCH(Over, over);
        constexpr std::size_t kMany = 40;
        Bench b(over);
        std::vector<std::unique_ptr<RecordingUpstream>> observers;
        std::vector<std::unique_ptr<UpstreamExchange>> exchanges;
        for (std::size_t i = 0; i < kMany; ++i) {
            observers.push_back(std::make_unique<RecordingUpstream>());
            exchanges.push_back(b.transport->start(requestOf("GET"), *observers.back()));
        }
        QVERIFY(b.untilAsked(kMany));
        QCOMPARE(b.origin->connections(), over == Over::Http1 ? kMany : std::size_t{1});
        for (std::size_t i = 0; i < kMany; ++i) {
            b.origin->head(i, 200, {}, false);
            b.origin->body(i, QByteArray::number(i));
            b.origin->end(i, {});
        }
        for (const auto& each : observers)
            QVERIFY(b.until([&] { return each->isOver && !each->body.isEmpty(); }));
    }

    void whatWasAnnouncedIsKept_data() { both(); }
    void whatWasAnnouncedIsKept() {
        QFETCH(Over, over);
        Bench b(over);
        b.start(requestOf("POST", length(2)));
        b.exchange->sendBody("too much");
        QVERIFY(b.untilOver());
        QCOMPARE(b.observer.error.code, ErrorCode::Internal);
    }

    void noTargetIsThere_data() { both(); }
    void noTargetIsThere() {
        QFETCH(Over, over);
        Bench b(over, [](SocketTransportOptions& o) {
            const LoopbackServer closed;
            o.targets[0].port = closed.port();
        });
        b.start(requestOf("GET"));
        QVERIFY(b.untilOver());
        QCOMPARE(b.observer.error.code, ErrorCode::UpstreamRefused);
    }

    void theVersionIsInTheRecord_data() { both(); }
    void theVersionIsInTheRecord() {
        QFETCH(Over, over);
        Bench b(over);
        b.start(requestOf("GET"));
        QVERIFY(b.untilAsked());
        QCOMPARE(b.observer.facts->way, over == Over::Http2 ? QStringLiteral("HTTP/2") : QString());
        QCOMPARE(b.observer.facts->isReused, false);
        b.origin->head(0, 200, {}, true);
        QVERIFY(b.untilOver());
        b.observer.isOver = false;
        b.start(requestOf("GET"));
        QVERIFY(b.untilAsked(2));
        QCOMPARE(b.observer.facts->isReused, true);
        QCOMPARE(b.origin->connections(), std::size_t{1});
    }

private:
    static void both() {
        QTest::addColumn<Over>("over");
        addBoth("the same");
    }
};

QTEST_GUILESS_MAIN(TestTransports)
#include "tst_transports.moc"
