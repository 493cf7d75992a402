// SPDX-License-Identifier: MIT
#include "core/upstream/requesthead.h"
#include "core/upstream/uploadframing.h"
#include "core/upstream/upstreamerror.h"

#include <QTest>

using namespace sallyport;

namespace {

UpstreamTarget corporate() {
    UpstreamTarget target;
    target.host = "gateway.test";
    target.basePath = "/llm";
    target.authority = "gateway.test";
    return target;
}

UpstreamRequest posting(Framing framing) {
    UpstreamRequest request;
    request.method = "POST";
    request.target = "/v1/messages";
    request.fields.append("X-A", "1");
    request.fields.append("x-a", "2");
    request.framing = framing;
    return request;
}

} // namespace

class TestRequestHead : public QObject {
    Q_OBJECT

private slots:
    void isWrittenAsAGatewayShould_data() {
        QTest::addColumn<UpstreamRequest>("request");
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray common = "POST /llm/v1/messages HTTP/1.1\r\nHost: gateway.test\r\n"
                                  "X-A: 1\r\nx-a: 2\r\n";
        QTest::newRow("without content there is no framing")
            << posting({}) << QByteArray(common + "\r\n");
        QTest::newRow("a length is said, also when it is none")
            << posting({BodyKind::Length, 0}) << QByteArray(common + "Content-Length: 0\r\n\r\n");
        QTest::newRow("the largest length fits")
            << posting({BodyKind::Length, 18446744073709551615ULL})
            << QByteArray(common + "Content-Length: 18446744073709551615\r\n\r\n");
        QTest::newRow("an unknown length is chunked")
            << posting({BodyKind::Chunked, 0})
            << QByteArray(common + "Transfer-Encoding: chunked\r\n\r\n");
        UpstreamRequest upgrade = posting({});
        upgrade.upgrade = "websocket";
        QTest::newRow("an upgrade is asked for by both fields")
            << upgrade << QByteArray(common + "Connection: upgrade\r\nUpgrade: websocket\r\n\r\n");
        UpstreamRequest other = posting({});
        other.hostOverride = "public.test:8443";
        QTest::newRow("another Host can be wanted")
            << other
            << QByteArray(common + "\r\n").replace("Host: gateway.test", "Host: public.test:8443");
        UpstreamRequest asterisk = posting({});
        asterisk.method = "OPTIONS";
        asterisk.target = "*";
        QTest::newRow("no base path goes before an asterisk")
            << asterisk
            << QByteArray(common + "\r\n").replace("POST /llm/v1/messages", "OPTIONS *");
    }
    void isWrittenAsAGatewayShould() {
        QFETCH(UpstreamRequest, request);
        QFETCH(QByteArray, bytes);
        QByteArray got;
        appendUpstreamHead(got, request, corporate());
        QCOMPARE(got, bytes);
    }

    void onlySafeRequestsMayBeSentAgain_data() {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<Framing>("framing");
        QTest::addColumn<bool>("may");
        const auto row = [](const char* tag, const char* method, Framing framing, bool may) {
            QTest::newRow(tag) << QByteArray(method) << framing << may;
        };
        row("GET", "GET", {}, true);
        row("HEAD", "HEAD", {}, true);
        row("OPTIONS", "OPTIONS", {}, true);
        row("TRACE", "TRACE", {}, true);
        row("GET with content", "GET", {BodyKind::Length, 3}, false);
        row("POST without content", "POST", {}, false);
        row("PUT, though idempotent", "PUT", {}, false);
        row("DELETE, though idempotent", "DELETE", {}, false);
        row("an unknown method", "QUERY", {}, false);
        row("a method that only looks like one", "get", {}, false);
    }
    void onlySafeRequestsMayBeSentAgain() {
        QFETCH(QByteArray, method);
        QFETCH(Framing, framing);
        QFETCH(bool, may);
        UpstreamRequest request;
        request.method = method;
        request.framing = framing;
        QCOMPARE(mayBeSentAgain(request), may);
    }

    void aLengthIsKept() {
        UploadFraming upload({BodyKind::Length, 5});
        QVERIFY(upload.accept(2));
        QVERIFY(!upload.accept(4));
        QVERIFY(upload.accept(3));
        QVERIFY(upload.finish());
        QVERIFY(!upload.accept(1));
        UploadFraming shorter({BodyKind::Length, 5});
        QVERIFY(shorter.accept(4));
        QVERIFY(!shorter.finish());
        UploadFraming none({});
        QVERIFY(none.isFinished());
        QVERIFY(!none.accept(1));
    }

    void everyFaultHasItsCode_data() {
        QTest::addColumn<StreamFault>("fault");
        QTest::addColumn<ErrorCode>("code");
        const auto row = [](const char* tag, StreamFault fault, ErrorCode code) {
            QTest::newRow(tag) << fault << code;
        };
        row("no address", StreamFault::ResolveFailed, ErrorCode::UpstreamResolve);
        row("refused", StreamFault::Refused, ErrorCode::UpstreamRefused);
        row("reset while connecting", StreamFault::Reset, ErrorCode::UpstreamRefused);
        row("denied by rule", StreamFault::Denied, ErrorCode::Blocked);
        row("not in time", StreamFault::TimedOut, ErrorCode::UpstreamConnectTimeout);
        row("handshake", StreamFault::TlsFailed, ErrorCode::UpstreamTls);
        row("trust", StreamFault::TlsUntrusted, ErrorCode::UpstreamTls);
        row("our own lack of descriptors", StreamFault::NoDescriptors, ErrorCode::Internal);
    }
    void everyFaultHasItsCode() {
        QFETCH(StreamFault, fault);
        QFETCH(ErrorCode, code);
        const ExchangeError error = connectFailure({fault, QStringLiteral("evidence")});
        QCOMPARE(error.code, code);
        QCOMPARE(error.detail, QStringLiteral("evidence"));
    }
};

QTEST_GUILESS_MAIN(TestRequestHead)
#include "tests/support/errornames.h"
#include "tst_requesthead.moc"
