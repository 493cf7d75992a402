// SPDX-License-Identifier: MIT
#include "core/history/historybrowser.h"

#include "tests/history/historyrig.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace sallyport;

namespace {
const WallTime kStart{std::chrono::seconds(1'800'000'000)};
} // namespace

class TestHistoryBrowser : public QObject {
    Q_OBJECT
private slots:
    void init();
    void aPageIsTheNewestFirst();
    void aFilterLooksThroughAllOfIt();
    void pagesGoOnWhereTheLastOneEnded();
    void aNewSearchReplacesTheOneUnderWay();
    void aCancelledSearchAnswersNoMore();
    void noHistoryIsAnEmptyAnswer();
    void aDamagedFileIsToldAndNotTouched();
    void theContentsOfAnExchangeAreRead();
    void theContentsOfALiveExchangeAreFoundByItsStart();
    void theEarlierTurnOfASessionIsFound();
    void whatIsNotKeptIsMissing();
    void clearForgetsAllAndTheWriterGoesOn();

private:
    void write(int from, int to);
    /// The pages of a search, the last one included.
    QVector<HistoryPage> pages(const HistoryRequest& request);
    static QVector<quint64> idsOf(const QVector<HistoryPage>& pages);

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
    std::unique_ptr<HistoryStore> m_store;
};

void TestHistoryBrowser::init() {
    m_store.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    m_path = m_dir->filePath(QStringLiteral("history.sqlite"));
}

void TestHistoryBrowser::write(int from, int to) {
    if (!m_store) m_store = std::move(HistoryStore::open(m_path, {})).value();
    std::vector<ExchangeDetail> exchanges;
    for (int i = from; i <= to; ++i) {
        exchanges.push_back(rig::exchange(i, kStart + std::chrono::seconds(i)));
        if (i % 100 == 0) exchanges.back().record.status = 529;
    }
    QVERIFY(!m_store->append(exchanges));
}

QVector<HistoryPage> TestHistoryBrowser::pages(const HistoryRequest& request) {
    HistoryBrowser browser(m_path);
    QVector<HistoryPage> all;
    connect(&browser, &HistoryBrowser::found, &browser,
            [&all](const HistoryPage& page) { all += page; });
    browser.find(request);
    [&] { QTRY_VERIFY(!all.isEmpty() && all.last().state != HistoryPage::State::Searching); }();
    return all;
}

QVector<quint64> TestHistoryBrowser::idsOf(const QVector<HistoryPage>& pages) {
    QVector<quint64> ids;
    for (const HistoryPage& page : pages)
        for (const ExchangeRecord& record : page.records)
            ids += record.id;
    return ids;
}

void TestHistoryBrowser::aPageIsTheNewestFirst() {
    write(1, 10);
    const auto found = pages({7, {}, ~0ULL, 3});
    QCOMPARE(idsOf(found), (QVector<quint64>{10, 9, 8}));
    QCOMPARE(found.last().state, HistoryPage::State::More);
    QCOMPARE(found.last().search, 7U);
    QVERIFY(found.last().reached == kStart + std::chrono::seconds(8));
}

void TestHistoryBrowser::aFilterLooksThroughAllOfIt() {
    write(1, 300);
    const auto found = pages({1, rig::query("status:529"), ~0ULL, 500});
    QCOMPARE(idsOf(found), (QVector<quint64>{300, 200, 100}));
    QCOMPARE(found.last().state, HistoryPage::State::All);
    QVERIFY(found.last().reached == kStart + std::chrono::seconds(1));
    QCOMPARE(idsOf(pages({1, rig::query("body:\"number 42\""), ~0ULL, 500})),
             (QVector<quint64>{42}));
}

void TestHistoryBrowser::pagesGoOnWhereTheLastOneEnded() {
    write(1, 10);
    const auto first = pages({1, {}, ~0ULL, 6});
    const auto second = pages({1, {}, first.last().before, 6});
    QCOMPARE(idsOf(second), (QVector<quint64>{4, 3, 2, 1}));
    QCOMPARE(second.last().state, HistoryPage::State::All);
}

void TestHistoryBrowser::aNewSearchReplacesTheOneUnderWay() {
    // More ids than one span has, so that the first search needs a second step.
    for (int from = 1; from < 9000; from += 1000)
        write(from, from + 999);
    HistoryBrowser browser(m_path);
    QVector<HistoryPage> all;
    connect(&browser, &HistoryBrowser::found, &browser,
            [&all](const HistoryPage& page) { all += page; });
    browser.find({1, rig::query("model:none"), ~0ULL, 500});
    QVERIFY(all.isEmpty());
    browser.find({2, {}, ~0ULL, 1});
    QTRY_VERIFY(!all.isEmpty());
    QCoreApplication::processEvents();
    QCOMPARE(all.size(), 1);
    QCOMPARE(all.first().search, 2U);
    browser.find({3, rig::query("model:none"), ~0ULL, 500});
    QTRY_COMPARE(all.last().search, 3U);
    QTRY_COMPARE(all.last().state, HistoryPage::State::All);
}

void TestHistoryBrowser::aCancelledSearchAnswersNoMore() {
    for (int from = 1; from < 9000; from += 1000)
        write(from, from + 999);
    HistoryBrowser browser(m_path);
    const QSignalSpy found(&browser, &HistoryBrowser::found);
    browser.find({1, rig::query("model:none"), ~0ULL, 500});
    browser.cancel();
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
    QCOMPARE(found.size(), 0);
}

void TestHistoryBrowser::noHistoryIsAnEmptyAnswer() {
    const auto found = pages({1, {}, ~0ULL, 500});
    QCOMPARE(found.last().state, HistoryPage::State::All);
    QVERIFY(idsOf(found).isEmpty());
    QVERIFY(!QFile::exists(m_path));
}

void TestHistoryBrowser::aDamagedFileIsToldAndNotTouched() {
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    const auto found = pages({1, {}, ~0ULL, 500});
    QCOMPARE(found.last().state, HistoryPage::State::Failed);
    QVERIFY(!found.last().problem.isEmpty());
    QCOMPARE(QFile(m_path).size(), 8192);
}

void TestHistoryBrowser::theContentsOfAnExchangeAreRead() {
    write(1, 3);
    HistoryBrowser browser(m_path);
    ExchangeDetail read;
    connect(&browser, &HistoryBrowser::detailRead, &browser,
            [&read](const ExchangeDetail& detail) { read = detail; });
    ExchangeRecord record;
    record.id = 2;
    browser.readDetail(record, false);
    QCOMPARE(read.record.id, 2U);
    QVERIFY(read.requestBody.first().bytes.contains("number 2"));
}

void TestHistoryBrowser::theContentsOfALiveExchangeAreFoundByItsStart() {
    write(1, 3);
    HistoryBrowser browser(m_path);
    ExchangeDetail read;
    connect(&browser, &HistoryBrowser::detailRead, &browser,
            [&read](const ExchangeDetail& detail) { read = detail; });
    ExchangeRecord live = rig::exchange(2, kStart + std::chrono::seconds(2)).record;
    live.id = 4711;
    browser.readDetail(live, true);
    QCOMPARE(read.record.id, 4711U);
    QVERIFY(read.requestBody.first().bytes.contains("number 2"));
}

void TestHistoryBrowser::theEarlierTurnOfASessionIsFound() {
    std::vector<ExchangeDetail> turns;
    for (int i = 1; i <= 1200; ++i) {
        turns.push_back(rig::exchange(i, kStart + std::chrono::seconds(i)));
        // One turn of it, 1100 exchanges of others, then the next one.
        turns.back().record.session = i == 50 || i == 1151 ? "s-1" : "s-2";
    }
    turns[1149].record.session = "s-1";
    turns[1149].record.agent = "a-1";
    auto store = std::move(HistoryStore::open(m_path, {})).value();
    QVERIFY(!store->append(turns));
    HistoryBrowser browser(m_path);
    const QSignalSpy read(&browser, &HistoryBrowser::earlierTurnRead);
    ExchangeRecord record = turns[1150].record;
    record.id = 1151;
    browser.readEarlierTurn(record);
    QCOMPARE(read.last().at(0).toULongLong(), 1151U);
    QCOMPARE(read.last().at(1).value<ExchangeRecord>().id, 50U);
    record = turns[49].record;
    record.id = 50;
    browser.readEarlierTurn(record);
    QCOMPARE(read.last().at(1).value<ExchangeRecord>().id, 0U);
}

void TestHistoryBrowser::whatIsNotKeptIsMissing() {
    write(1, 1);
    HistoryBrowser browser(m_path);
    const QSignalSpy missing(&browser, &HistoryBrowser::detailMissing);
    ExchangeRecord record;
    record.id = 99;
    browser.readDetail(record, false);
    browser.readDetail(record, true);
    QCOMPARE(missing.size(), 2);
    QCOMPARE(missing.first().first().toULongLong(), 99U);
}

/// The writer remembers rows of texts that clear() takes away.
void TestHistoryBrowser::clearForgetsAllAndTheWriterGoesOn() {
    write(1, 5);
    HistoryBrowser browser(m_path);
    const QSignalSpy cleared(&browser, &HistoryBrowser::cleared);
    browser.clear();
    QCOMPARE(cleared.first().first().toString(), QString());
    QVERIFY(idsOf(pages({1, {}, ~0ULL, 500})).isEmpty());
    write(6, 7);
    QCOMPARE(idsOf(pages({2, rig::query("model:haiku"), ~0ULL, 500})).size(), 2);
    QCOMPARE(idsOf(pages({3, rig::query("body:\"number 7\""), ~0ULL, 500})).size(), 1);
}

QTEST_GUILESS_MAIN(TestHistoryBrowser)
#include "tst_historybrowser.moc"
