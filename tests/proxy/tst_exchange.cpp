// SPDX-License-Identifier: MIT
// What an exchange asks of the connector.
#include "core/proxy/exchange.h"
#include "request.h"
#include "tests/upstream/fakeconnector.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

namespace {

struct NoDownstream final : Downstream {
    void sendDownstream(QByteArrayView, QByteArrayView) override {}
    [[nodiscard]] bool isDownstreamCongested() const override { return false; }
    void holdUpload(bool) override {}
    void exchangeOver(After) override {}
    void handOver(StreamPtr, QByteArray, std::unique_ptr<ExchangeRecorder>) override {}
    void handOverToEvents(QByteArray bytes, std::unique_ptr<ExchangeRecorder>) override {
        handshake = std::move(bytes);
    }
    QByteArray handshake;
};

std::shared_ptr<const Config> configOf() {
    Config config;
    UpstreamConfig upstream;
    upstream.name = QStringLiteral("up");
    UpstreamTarget target;
    target.host = "up.test";
    target.port = 80;
    upstream.targets = {target};
    config.upstreams = {upstream};
    Route toUpstream;
    toUpstream.name = QStringLiteral("up");
    toUpstream.action = ToUpstream{upstream.name};
    toUpstream.access = RouteAccess::Open;
    config.routes = {toUpstream};
    return std::make_shared<const Config>(config);
}

struct Bench {
    Bench() {
        ListenerAccess listener;
        listener.token = "t";
        listener.own.port = 8899;
        context.rules = makeRuleSet(configOf(), listener, connector, deadlines, nullptr);
    }
    void start(const QByteArray& lines) {
        auto [head, framing] = parsed(lines);
        exchange.start(std::move(head), framing);
    }
    SystemClock clock;
    DeadlineQueue deadlines{clock};
    FakeConnector connector;
    ExchangeLog log{clock};
    EventFeed events{deadlines};
    ProxyContext context{connector, deadlines, log, DirectTransports(connector, deadlines),
                         events,    nullptr,   "p"};
    NoDownstream downstream;
    Exchange exchange{context, downstream, QStringLiteral("127.0.0.1"), false};
};

} // namespace

class TestExchange : public QObject {
    Q_OBJECT
private slots:
    void whoNamedTheHost_data() {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("isOfClient");
        QTest::newRow("a route's upstream")
            << QByteArray("GET / HTTP/1.1\nHost: 127.0.0.1:8899") << QByteArray("up.test") << false;
        QTest::newRow("absolute-form") << QByteArray("GET http://a.test/ HTTP/1.1\nHost: a.test")
                                       << QByteArray("a.test") << true;
        QTest::newRow("a tunnel") << QByteArray("CONNECT a.test:443 HTTP/1.1\nHost: a.test:443")
                                  << QByteArray("a.test") << true;
    }
    void whoNamedTheHost() {
        QFETCH(QByteArray, request);
        QFETCH(QByteArray, host);
        QFETCH(bool, isOfClient);
        Bench b;
        b.start(request);
        QCOMPARE(b.connector.targets.size(), 1U);
        QCOMPARE(b.connector.targets.front().host, host);
        QCOMPARE(b.connector.targets.front().namedBy == NamedBy::Client, isOfClient);
    }
};

QTEST_GUILESS_MAIN(TestExchange)
#include "tst_exchange.moc"
