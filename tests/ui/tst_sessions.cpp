// SPDX-License-Identifier: MIT
#include "core/anthropic/usagesum.h"
#include "core/history/filterparser.h"
#include "ui/detail/cachedoctor.h"
#include "ui/log/sessionsummary.h"
#include "ui/log/sessiontree.h"
#include "ui/pricefile.h"

#include <QFile>
#include <QLocale>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

class SessionsTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void requestsStandBelowTheirAgent();
    void aModelWithoutPriceHasNoCost();
    void aRunningRequestIsUpdated();
    void theFilterLeavesOut();
    void theOldestGo();
    void thePreviousOneIsOfTheSameAgentAndModel();
    void theUsersPricesAreRead();
    void reasonsAreGiven_data();
    void reasonsAreGiven();
};

namespace {

const QByteArray kPrices = R"({"date":"2026-10-24","models":[{"model":"m","input":1,"output":2,
    "cache_write":1.25,"cache_read":0.1}]})";

ExchangeRecord request(quint64 id, const QByteArray& session, const QByteArray& agent = {},
                       const QByteArray& model = "m") {
    ExchangeRecord record;
    record.id = id;
    record.session = session;
    record.agent = agent;
    record.modelAsked = model;
    record.path = "/v1/messages";
    record.usage = {1'000'000, 500'000, 0, 0};
    record.end = ExchangeEnd::Complete;
    record.status = 200;
    return record;
}

/// `title cost` of every row, indented by level.
QStringList lines(const QTreeWidget& tree) {
    QStringList out;
    for (QTreeWidgetItemIterator at(const_cast<QTreeWidget*>(&tree)); *at; ++at) {
        int level = 0;
        for (const QTreeWidgetItem* above = (*at)->parent(); above; above = above->parent())
            ++level;
        const bool isRequest = (*at)->text(SessionTree::Requests).isEmpty();
        out += QString(level, u' ') +
               (isRequest ? QStringLiteral("request") : (*at)->text(SessionTree::Title)) + u' ' +
               (*at)->text(SessionTree::Cost);
    }
    return out;
}

/// A row, counted from the top with all unfolded.
QTreeWidgetItem* row(QTreeWidget& tree, int number) {
    QTreeWidgetItemIterator at(&tree);
    return *(at += number);
}

} // namespace

void SessionsTest::requestsStandBelowTheirAgent() {
    SessionTree tree;
    tree.setPrices(*PriceTable::parse(kPrices));
    tree.show();
    ExchangeRecord nested = request(5, "s1", "a2");
    nested.parentAgent = "a1";
    tree.addRecords({request(1, "s1"), request(2, "s1", "a1"), request(3, "s2"), request(4, ""),
                     nested, request(6, "s1")});
    QCOMPARE(lines(tree),
             (QStringList{QStringLiteral("Session s2 $2.00"), QStringLiteral(" Main agent $2.00"),
                          QStringLiteral("  request $2.00"), QStringLiteral("Session s1 $8.00"),
                          QStringLiteral(" Main agent $4.00"), QStringLiteral("  request $2.00"),
                          QStringLiteral("  request $2.00"), QStringLiteral(" Subagent a1 $4.00"),
                          QStringLiteral("  request $2.00"), QStringLiteral("  Subagent a2 $2.00"),
                          QStringLiteral("   request $2.00")}));
    QSignalSpy chosen(&tree, &SessionTree::exchangeChosen);
    tree.setCurrentItem(row(tree, 6));
    QCOMPARE(chosen.value(chosen.size() - 1).value(0).toULongLong(), 6U);
    QVERIFY(!tree.topLevelItem(0)->data(0, Qt::AccessibleTextRole).toString().isEmpty());
}

void SessionsTest::aModelWithoutPriceHasNoCost() {
    SessionTree tree;
    tree.setPrices(*PriceTable::parse(kPrices));
    tree.show();
    tree.addRecords({request(1, "s1", "", "unknown")});
    QCOMPARE(lines(tree).first(), QStringLiteral("Session s1 –"));
    tree.addRecords({request(2, "s1")});
    QCOMPARE(lines(tree).first(), QStringLiteral("Session s1 ≥ $2.00"));
}

void SessionsTest::aRunningRequestIsUpdated() {
    SessionTree tree;
    tree.setPrices(*PriceTable::parse(kPrices));
    ExchangeRecord record = request(1, "s1");
    record.usage = {};
    record.end = ExchangeEnd::Running;
    tree.addRecords({record}); // while it is hidden
    tree.show();
    QCOMPARE(tree.topLevelItem(0)->text(SessionTree::Requests), QStringLiteral("1"));
    tree.addRecords({request(1, "s1")});
    QCOMPARE(lines(tree).size(), 3);
    QCOMPARE(lines(tree).first(), QStringLiteral("Session s1 $2.00"));
}

void SessionsTest::theFilterLeavesOut() {
    SessionTree tree;
    tree.show();
    tree.addRecords({request(1, "s1"), request(2, "s2", "", "other")});
    const auto parsed = filter::parse(QStringLiteral("model:other"));
    QVERIFY(parsed);
    tree.setQuery(*parsed);
    QCOMPARE(tree.topLevelItemCount(), 1);
    tree.clearEnded();
    QCOMPARE(tree.topLevelItemCount(), 0);
}

void SessionsTest::theOldestGo() {
    SessionTree tree;
    tree.show();
    QVector<ExchangeRecord> records;
    for (quint64 id = 1; id <= SessionTree::kMaxRequests + 10; ++id)
        records += request(id, "s1");
    tree.addRecords(records);
    QCOMPARE(lines(tree).size(), static_cast<qsizetype>(SessionTree::kMaxRequests) + 2);
}

void SessionsTest::thePreviousOneIsOfTheSameAgentAndModel() {
    RowRing ring;
    for (const ExchangeRecord& record :
         {request(1, "s1"), request(2, "s1", "a1"), request(3, "s1", "", "other"), request(4, "s2"),
          request(5, "s1")})
        static_cast<void>(ring.put(record));
    const auto summary = sessionSummary(ring, request(5, "s1"), *PriceTable::parse(kPrices));
    QVERIFY(summary.previous);
    QCOMPARE(summary.previous->id, 1U);
    QCOMPARE(summary.sum.requests, 4);
    QCOMPARE(summary.sum.dollars, 6.0);
    QCOMPARE(summary.sum.unpriced, 1);
    QVERIFY(!sessionSummary(ring, request(6, ""), {}).previous);
}

void SessionsTest::theUsersPricesAreRead() {
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("prices.json"));
    const QString shipped = dir.filePath(QStringLiteral("shipped.json"));
    QFile shippedFile(shipped);
    QVERIFY(shippedFile.open(QFile::WriteOnly));
    QVERIFY(shippedFile.write(kPrices) > 0);
    shippedFile.close();
    PriceFile prices(dir.path(), shipped);
    QCOMPARE(prices.table().cost("m", Usage{1'000'000, {}, {}, {}}).value(), 1.0);
    const auto write = [&path](const QByteArray& text) {
        QFile file(path);
        return file.open(QFile::WriteOnly) && file.write(text) == text.size();
    };
    QVERIFY(write(QByteArray(kPrices).replace("\"input\":1", "\"input\":7")));
    QVERIFY(prices.refresh());
    QVERIFY(!prices.refresh());
    QCOMPARE(prices.table().cost("m", Usage{1'000'000, {}, {}, {}}).value(), 7.0);
    QVERIFY(write("{"));
    QVERIFY(prices.refresh());
    QVERIFY(prices.problem().startsWith(path));
    QCOMPARE(prices.table().cost("m", Usage{1'000'000, {}, {}, {}}).value(), 1.0);
    QCOMPARE(dollarText(0.0421), QStringLiteral("$0.0421"));
    QCOMPARE(dollarText(12.3), QStringLiteral("$12.30"));
}

void SessionsTest::reasonsAreGiven_data() {
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<int>("minutes");
    QTest::addColumn<QString>("reason");
    QTest::newRow("a path that differs")
        << QByteArray(R"({"system":"at 10:01"})") << QByteArray(R"({"system":"at 10:02"})") << 1
        << QStringLiteral("The prompt differs from system[0].text on.\nbefore: at 10:01\n"
                          "now: at 10:02");
    QTest::newRow("a long pause") << QByteArray("{}") << QByteArray("{}") << 7
                                  << QStringLiteral(
                                         "The prompts agree, but 7 min 00 s lay between them");
    QTest::newRow("neither") << QByteArray("{}") << QByteArray("{}") << 1
                             << QStringLiteral("The prompts agree: the upstream did not read");
    QTest::newRow("nothing is kept")
        << QByteArray() << QByteArray("{}") << 1
        << QStringLiteral("The contents of one of the two requests are no longer kept.");
}

void SessionsTest::reasonsAreGiven() {
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(int, minutes);
    QFETCH(QString, reason);
    ExchangeDetail first;
    first.requestBody = {{1, before}};
    ExchangeDetail second;
    second.requestBody = {{1, after}};
    second.record.startedAt = first.record.startedAt + std::chrono::minutes(minutes);
    CacheDoctor doctor;
    QSignalSpy compared(&doctor, &CacheDoctor::compared);
    doctor.compare(first, second);
    QTRY_COMPARE(compared.size(), 1);
    const QString text = compared.value(0).value(0).toString();
    QVERIFY2(text.startsWith(reason), qPrintable(text));
}

QTEST_MAIN(SessionsTest)
#include "tst_sessions.moc"
