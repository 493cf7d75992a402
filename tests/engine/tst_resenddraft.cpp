// SPDX-License-Identifier: MIT
#include "core/engine/resenddraft.h"

#include "core/observe/exchangelog.h"
#include "core/secrets/secretmask.h"

#include <QTest>

using namespace sallyport;

class TestResendDraft : public QObject {
    Q_OBJECT
private slots:
    void whatCannotBeSentAgainSaysWhy_data();
    void whatCannotBeSentAgainSaysWhy();
    void theRequestIsThatOfTheClient();
    void aTargetIsOneThatTheListenerTakes_data();
    void aTargetIsOneThatTheListenerTakes();
    void aPlantedKeyIsNowhere();
    void aMaskIsKnown();
};

namespace {

ExchangeDetail kept() {
    ExchangeDetail detail;
    detail.record.id = 12;
    detail.record.method = "POST";
    detail.record.host = "127.0.0.1:8899";
    detail.record.path = "/v1/messages";
    detail.record.phase = ExchangePhase::Ended;
    detail.record.end = ExchangeEnd::Complete;
    detail.record.requestBytes = 2;
    detail.requestFields.append("Host", "127.0.0.1:8899");
    detail.requestFields.append("Content-Type", "application/json");
    detail.requestBody = {{0, "{"}, {1, "}"}};
    return detail;
}

} // namespace

Q_DECLARE_METATYPE(sallyport::RequestRole)

void TestResendDraft::whatCannotBeSentAgainSaysWhy_data() {
    QTest::addColumn<ExchangeDetail>("detail");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* tag, const ExchangeDetail& detail, const char* words) {
        QTest::newRow(tag) << detail << QString::fromLatin1(words);
    };
    ExchangeDetail detail = kept();
    detail.record.role = RequestRole::Tunnel;
    row("a tunnel", detail, "tunnel");
    detail = kept();
    detail.record.isUpgraded = true;
    row("a WebSocket", detail, "WebSocket");
    detail = kept();
    detail.record.end = ExchangeEnd::Running;
    detail.record.phase = ExchangePhase::Routed;
    row("a request that still comes", detail, "not come whole");
    detail = kept();
    detail.requestFields = {};
    detail.requestBody = {};
    row("one whose contents are gone", detail, "no longer kept");
    detail = kept();
    detail.requestBody = {};
    row("one whose body was never kept", detail, "not kept");
    detail = kept();
    detail.isRequestBodyCut = true;
    row("one whose body was cut", detail, "cut");
    detail = kept();
    detail.record.method = {};
    row("one that could not be read", detail, "could not be read");
}

void TestResendDraft::whatCannotBeSentAgainSaysWhy() {
    QFETCH(const ExchangeDetail, detail);
    QFETCH(const QString, words);
    const auto draft = draftOf(detail, QStringLiteral("12"));
    QVERIFY(!draft);
    QVERIFY2(draft.error().contains(words), qPrintable(draft.error()));
}

void TestResendDraft::theRequestIsThatOfTheClient() {
    ExchangeDetail detail = kept();
    detail.requestFields.append("Connection", "keep-alive, X-Hop");
    detail.requestFields.append("X-Hop", "1");
    detail.requestFields.append("Content-Length", "2");
    detail.requestFields.append("X-Sallyport-Resent-From", "3");
    const auto draft = draftOf(detail, QStringLiteral("H12"));
    QVERIFY(draft.isOk());
    QCOMPARE(draft->request.from, QByteArray("H12"));
    QCOMPARE(draft->request.content, QByteArray("{}"));
    QCOMPARE(draft->request.fields.size(), 1U);
    QCOMPARE(draft->request.fields.first("content-type").value(),
             QByteArrayView("application/json"));
    QVERIFY(draft->withheld.isEmpty());
}

void TestResendDraft::aTargetIsOneThatTheListenerTakes_data() {
    QTest::addColumn<RequestRole>("role");
    QTest::addColumn<QByteArray>("interceptedBy");
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("a gateway's: origin-form")
        << RequestRole::Gateway << QByteArray() << QByteArray("/v1/messages");
    QTest::newRow("a proxy's: absolute-form")
        << RequestRole::Forward << QByteArray() << QByteArray("http://example.com/v1/messages");
    QTest::newRow("by an opened tunnel: absolute-form with https")
        << RequestRole::Forward << QByteArray("example.com")
        << QByteArray("https://example.com/v1/messages");
}

void TestResendDraft::aTargetIsOneThatTheListenerTakes() {
    QFETCH(const RequestRole, role);
    QFETCH(const QByteArray, interceptedBy);
    ExchangeDetail detail = kept();
    detail.record.role = role;
    detail.record.host = "example.com";
    detail.record.interceptedBy = interceptedBy;
    const auto draft = draftOf(detail, QStringLiteral("12"));
    QVERIFY(draft.isOk());
    QTEST(draft->request.target, "target");
}

void TestResendDraft::aPlantedKeyIsNowhere() {
    const QByteArray key = "sk-ant-api03-PLANTED0000000000000000000000000000000000000000000";
    SystemClock clock;
    ExchangeLogLimits limits;
    limits.keepsFields = true;
    limits.keepsBodies = true;
    ExchangeLog log(clock, limits);
    const auto recorder = log.begin(QStringLiteral("127.0.0.1"));
    FieldList fields;
    fields.append("Authorization", QByteArray("Bearer " + key));
    fields.append("x-api-key", key);
    fields.append("X-Note", QByteArray("the key is " + key));
    fields.append("X-Plain", "plain");
    const QByteArray target = "/v1/messages?key=" + key;
    recorder->requestHead(RequestRole::Gateway, {"POST", "127.0.0.1:8899", target}, fields);
    recorder->requestBody("{}");
    recorder->requestBodyEnded();
    const quint64 id = recorder->id();
    recorder->ended(ExchangeEnd::Complete);
    const auto draft = draftOf(log.detail(id).value(), QStringLiteral("1"));
    QVERIFY(draft.isOk());
    QVERIFY(draft->isAddressMasked);
    const QStringList withheld{QStringLiteral("Authorization"), QStringLiteral("x-api-key"),
                               QStringLiteral("X-Note")};
    QCOMPARE(draft->withheld, withheld);
    const QByteArray bytes = resendBytes(draft->request, "127.0.0.1:8899", {});
    QVERIFY(!bytes.contains("PLANTED"));
    QVERIFY(bytes.contains("X-Plain: plain"));
}

void TestResendDraft::aMaskIsKnown() {
    QVERIFY(isMasked(QByteArray("a " + maskOf("0123456789abcdef", true))));
    QVERIFY(!isMasked("redacted"));
}

QTEST_GUILESS_MAIN(TestResendDraft)
#include "tst_resenddraft.moc"
