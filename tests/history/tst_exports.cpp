// SPDX-License-Identifier: MIT
#include "core/history/csvlines.h"
#include "core/history/exchangecontents.h"
#include "core/history/harlog.h"
#include "tests/history/historyrig.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace sallyport;

/// The HAR that the command writes is held against the schema by tests/e2e/cli/history.py.
class TestExports : public QObject {
    Q_OBJECT
private slots:
    void anEntryHasWhatItsReadersAskFor();
    void bytesThatAreNoTextGoInBase64();
    void timesThatAreMissingAreNotCounted();
    void contentsHaveTheirMoments();
    void aLineHasAsManyCellsAsTheHeader();
    void cells_data();
    void cells();
};

namespace {

const WallTime kStart{std::chrono::hours(24 * 20000)};

QJsonObject entryOf(const ExchangeDetail& exchange) {
    return QJsonDocument::fromJson(har::begin() + har::entry(exchange) + har::end())
        .object()
        .value(QLatin1String("log"))
        .toObject()
        .value(QLatin1String("entries"))
        .toArray()
        .first()
        .toObject();
}

QJsonValue at(const QJsonObject& object, const char* path) {
    QJsonValue value = object;
    for (const QString& name : QString::fromLatin1(path).split(u'.'))
        value = value.toObject().value(name);
    return value;
}

} // namespace

void TestExports::anEntryHasWhatItsReadersAskFor() {
    const QJsonObject entry = entryOf(rig::exchange(1, kStart));
    QCOMPARE(at(entry, "startedDateTime").toString(), QStringLiteral("2024-10-04T00:00:00.000Z"));
    QCOMPARE(at(entry, "request.url").toString(),
             QStringLiteral("http://127.0.0.1:8899/v1/messages?beta=true"));
    QCOMPARE(
        at(entry, "request.queryString").toArray().first().toObject().value(QLatin1String("name")),
        QJsonValue(QStringLiteral("beta")));
    QVERIFY(at(entry, "request.postData.text").toString().contains(QStringLiteral("number 1")));
    QCOMPARE(at(entry, "response.status").toInt(), 200);
    QVERIFY(at(entry, "response.content.text").toString().startsWith(QStringLiteral("event: ")));
    QCOMPARE(at(entry, "timings.wait").toDouble(), 1499.8);
    QCOMPARE(at(entry, "timings.receive").toDouble(), 3800.0);
    QCOMPARE(at(entry, "time").toDouble(), 5300.0);
    QCOMPARE(at(entry, "_end").toString(), QStringLiteral("complete"));
}

void TestExports::contentsHaveTheirMoments() {
    ExchangeDetail exchange = rig::exchange(1, kStart);
    exchange.responseBody = {{5, "one"}, {7, QByteArray("\xff", 1)}};
    exchange.isRequestBodyCut = true;
    const QJsonObject contents = exchangeContents(exchange);
    QCOMPARE(at(contents, "response.pieces").toArray(),
             (QJsonArray{QJsonObject{{QStringLiteral("at_us"), 5},
                                     {QStringLiteral("text"), QStringLiteral("one")}},
                         QJsonObject{{QStringLiteral("at_us"), 7},
                                     {QStringLiteral("base64"), QStringLiteral("/w==")}}}));
    QCOMPARE(at(contents, "response.headers").toArray().first(),
             QJsonValue(
                 QJsonArray{QStringLiteral("Content-Type"), QStringLiteral("text/event-stream")}));
    QVERIFY(at(contents, "request.body.text").toString().contains(QStringLiteral("number 1")));
    QVERIFY(at(contents, "request.cut").toBool());
    QVERIFY(at(contents, "response.cut").isUndefined());
}

void TestExports::bytesThatAreNoTextGoInBase64() {
    ExchangeDetail exchange = rig::exchange(1, kStart);
    exchange.responseBody = {{0, QByteArray("\xff\x00\x01", 3)}};
    const QJsonObject entry = entryOf(exchange);
    QCOMPARE(at(entry, "response.content.encoding").toString(), QStringLiteral("base64"));
    QCOMPARE(at(entry, "response.content.text").toString(), QStringLiteral("/wAB"));
    QCOMPARE(at(entry, "response.content.size").toInt(), 3);
}

void TestExports::timesThatAreMissingAreNotCounted() {
    ExchangeDetail exchange;
    exchange.record.method = "GET";
    exchange.record.times.ended = 2000;
    const QJsonObject entry = entryOf(exchange);
    QCOMPARE(at(entry, "timings.connect").toDouble(), -1.0);
    QCOMPARE(at(entry, "time").toDouble(), 2.0);
    QCOMPARE(at(entry, "response.status").toInt(-1), 0);
}

void TestExports::aLineHasAsManyCellsAsTheHeader() {
    QCOMPARE(csv::line(rig::exchange(1, kStart).record).count(','), csv::header().count(','));
    QCOMPARE(csv::line(ExchangeRecord()).count(','), csv::header().count(','));
    QVERIFY(csv::line(rig::exchange(1, kStart).record).endsWith("\r\n"));
}

void TestExports::cells_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("cell");
    const auto row = [](const char* tag, const char* text, const char* cell) {
        QTest::newRow(tag) << QString::fromLatin1(text) << QByteArray(cell);
    };
    row("a text", "plain", ",plain,");
    row("a comma", "a,b", ",\"a,b\",");
    row("quotes", "a\"b", ",\"a\"\"b\",");
    row("a line end", "a\nb", ",\"a\nb\",");
    row("a formula", "=1+1", ",'=1+1,");
    row("a call", "@SUM(A1)", ",'@SUM(A1),");
    row("a formula with a comma", "-1,2", ",\"'-1,2\",");
    row("a tab in front", "\t=1", ",'\t=1,");
}

void TestExports::cells() {
    QFETCH(QString, text);
    QFETCH(QByteArray, cell);
    ExchangeRecord record;
    record.error = text;
    const QByteArray line = csv::line(record);
    QVERIFY2(line.contains(cell), line.constData());
}

QTEST_GUILESS_MAIN(TestExports)
#include "tst_exports.moc"
