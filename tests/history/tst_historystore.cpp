// SPDX-License-Identifier: MIT
#include "core/history/exchangecodec.h"
#include "core/history/historyschema.h"
#include "core/history/messageassembly.h"
#include "core/observe/exchangejson.h"
#include "tests/history/historyrig.h"

#include <QCborArray>
#include <QCborMap>
#include <QFile>
#include <QFileInfo>
#include <QTest>

using namespace sallyport;
using namespace std::chrono_literals;

namespace {

const WallTime kStart{std::chrono::hours(24 * 20000)};

std::vector<quint64> list(std::initializer_list<quint64> ids) { return ids; }

} // namespace

class TestHistoryStore : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_path = m_dir->filePath(QStringLiteral("state/history.sqlite"));
    }
    void whatIsWrittenIsReadAgain();
    void aWebSocketIsReadAgain();
    void theFormerFormIsRead();
    void theFileIsPrivate();
    void readersStandBesideAWriter();
    void wordsOfContentsAreFound_data();
    void wordsOfContentsAreFound();
    void bodiesGoFirstThenExchanges();
    void theSizeIsBounded();
    void theFileHasAHardBound();
    void clearingLeavesNothing();
    void withoutBodiesNoneAreKept();
    void aDamagedFileIsNamed_data();
    void aDamagedFileIsNamed();
    void aLaterVersionIsLeftAlone();
    void aFileThatIsNotThereIsMissing();

private:
    std::unique_ptr<HistoryStore> store(const HistoryLimits& limits = {}) {
        auto opened = HistoryStore::open(m_path, limits);
        if (!opened) qWarning("%s", qPrintable(opened.error().reason));
        return opened ? std::move(opened).value() : nullptr;
    }
    HistoryReader reader() { return std::move(HistoryReader::open(m_path)).value(); }
    static void pruneAll(HistoryStore& store, WallTime now) {
        for (int i = 0; i < 10000; ++i)
            if (store.pruneSome(now) != HistoryStore::Pruned::Some) return;
        QFAIL("pruning does not end");
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
};

void TestHistoryStore::whatIsWrittenIsReadAgain() {
    const ExchangeDetail first = rig::exchange(1, kStart);
    ExchangeDetail second = rig::exchange(2, kStart + 1s);
    second.record.end = ExchangeEnd::Truncated;
    second.record.error = QStringLiteral("the stream ended without message_stop");
    second.record.errorCode = "upstream_reset";
    second.record.times = {};
    second.record.usage = {};
    second.record.receivedPath = "/v1/m%65ssages";
    second.record.isConnectionReused = true;
    second.record.way = QStringLiteral("system, PAC: proxy-a:8080, Negotiate");
    second.record.passedOver = {{QStringLiteral("a:1"), QStringLiteral("refused")}};
    second.record.session = "4a4d3f5e-session";
    second.record.agent = "a-1";
    second.record.parentAgent = "a-0";
    second.record.resentFrom = "H12";
    QVERIFY(!store()->append(std::vector{first, second}));
    const auto read = reader().latest({}, 10);
    QVERIFY(read.isOk());
    QCOMPARE(read->size(), 2U);
    QCOMPARE(toJson(read->at(1)), toJson(first.record));
    QCOMPARE(toJson(read->at(0)), toJson(second.record));
    const auto detail = reader().detail(read->at(1));
    QVERIFY(detail);
    QCOMPARE(joinedBody(detail->requestBody), joinedBody(first.requestBody));
    QCOMPARE(detail->responseBody.size(), 3);
    QCOMPARE(detail->responseBody.at(1).atMicros, 2'000'000);
    QCOMPARE(detail->responseFields.combined("content-type"), QByteArray("text/event-stream"));
    QCOMPARE(detail->responseReason, QByteArray("OK"));
    QCOMPARE(assembledMessage(*detail), assembledMessage(first));
    QVERIFY(!assembledMessage(*detail).isEmpty());
}

void TestHistoryStore::aWebSocketIsReadAgain() {
    ExchangeDetail given = rig::exchange(1, kStart);
    given.record.isUpgraded = true;
    WebSocketSummary summary;
    summary.fromClient.messages = 3;
    summary.fromServer.hasClosed = true;
    summary.fromServer.closeCode = 1000;
    summary.fromServer.closeReason = QStringLiteral("done");
    summary.end = WebSocketEnd::Closed;
    summary.subprotocol = "chat";
    given.record.webSocket = summary;
    WebSocketMessage message;
    message.kind = WebSocketKind::Close;
    message.preview = "done";
    message.closeCode = 1000;
    message.bytes = 6;
    given.webSocket = {{7, 123, WebSocketSender::Server, message}};
    QVERIFY(!store()->append(std::vector{given}));
    const auto read = reader().latest({}, 1);
    QCOMPARE(toJson(read->front()), toJson(given.record));
    const auto detail = reader().detail(read->front());
    QCOMPARE(detail->webSocket.size(), 1);
    QCOMPARE(detail->webSocket.front().number, 7U);
    QCOMPARE(detail->webSocket.front().from, WebSocketSender::Server);
    QVERIFY(detail->webSocket.front().message == message);
}

void TestHistoryStore::theFormerFormIsRead() {
    const QCborMap head{
        {1, QCborArray{QByteArray("Host"), QByteArray("a:1"), QByteArray("X-Empty"), QByteArray()}},
        {5, QByteArray("OK")}};
    ExchangeDetail detail;
    exchangecodec::decodeHead(qCompress(QCborValue(head).toCbor()), detail);
    FieldList expected;
    expected.append("Host", "a:1");
    expected.append("X-Empty", "");
    QVERIFY(detail.requestFields == expected);
    QCOMPARE(detail.responseReason, QByteArray("OK"));
    ExchangeDetail again;
    exchangecodec::decodeHead(exchangecodec::encodedHead(detail), again);
    QVERIFY(again.requestFields == expected);
}

void TestHistoryStore::theFileIsPrivate() {
    const auto one = store();
    QVERIFY(!one->append(std::vector{rig::exchange(1, kStart)}));
    constexpr auto kOthers = QFileDevice::ReadGroup | QFileDevice::ReadOther;
    for (const char* suffix : {"", "-wal", "-shm"}) {
        const QFileInfo info(m_path + QLatin1String(suffix));
        QVERIFY2(info.exists(), suffix);
        QVERIFY2(!(info.permissions() & kOthers), suffix);
    }
}

void TestHistoryStore::readersStandBesideAWriter() {
    const auto writer = store();
    QVERIFY(!writer->append(std::vector{rig::exchange(1, kStart)}));
    const HistoryReader first = reader();
    const HistoryReader second = reader();
    QCOMPARE(rig::idsOf(first, {}), list({1}));
    QVERIFY(!writer->append(std::vector{rig::exchange(2, kStart)}));
    QCOMPARE(rig::idsOf(first, {}), list({1, 2}));
    QCOMPARE(second.lastId(), 2U);
    const auto other = store();
    QVERIFY(!other->append(std::vector{rig::exchange(3, kStart)}));
    QVERIFY(!writer->append(std::vector{rig::exchange(4, kStart)}));
    QCOMPARE(rig::idsOf(second, rig::query("model:haiku")), list({1, 2, 3, 4}));
    std::vector<quint64> some;
    QVERIFY(!second.each({}, 2, [&some](const ExchangeRecord& record) {
        some.push_back(record.id);
        return false;
    }));
    QCOMPARE(some, list({3}));
    QCOMPARE(second.latest({}, 2, {0, 4})->front().id, 3U);
}

void TestHistoryStore::wordsOfContentsAreFound_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("isFound");
    const auto row = [](const char* tag, const char* line, bool isFound) {
        QTest::newRow(tag) << QString::fromUtf8(line) << isFound;
    };
    row("a word of the request", "body:number", true);
    row("words that deltas have split", "body:hello", true);
    row("words with an underscore", "body:\"tool_use\"", true);
    row("words in their order", "body:\"hello tool_use\"", true);
    row("words in another order", "body:\"tool_use hello\"", false);
    row("the beginning of a word", "body:hel", true);
    row("the end of a word", "body:ello", false);
    row("a word that is nowhere", "body:nowhere", false);
    row("a word in a sentence without blanks", "body:日本", true);
    row("ideographs in another order", "body:本日", false);
    row("with another term", "body:hello status:200", true);
    row("without it", "-body:hello", false);
    row("one of two", "body:nowhere or body:hello", true);
    row("signs alone", "body:\"---\"", false);
    row("quotes", "body:\"say \\\"x\\\"\"", false);
}

void TestHistoryStore::wordsOfContentsAreFound() {
    QFETCH(QString, line);
    QFETCH(bool, isFound);
    QVERIFY(!store()->append(std::vector{rig::exchange(1, kStart)}));
    const auto wanted = filter::parse(line);
    QVERIFY(wanted.isOk());
    QCOMPARE(rig::idsOf(reader(), *wanted), isFound ? list({1}) : list({}));
}

void TestHistoryStore::bodiesGoFirstThenExchanges() {
    const auto one = store();
    QVERIFY(!one->append(std::vector{rig::exchange(1, kStart), rig::exchange(2, kStart + 48h)}));
    pruneAll(*one, kStart + 23h);
    QCOMPARE(rig::idsOf(reader(), rig::query("body:hello")), list({1, 2}));
    pruneAll(*one, kStart + 29h);
    QCOMPARE(rig::idsOf(reader(), {}), list({1, 2}));
    QCOMPARE(rig::idsOf(reader(), rig::query("body:hello")), list({2}));
    QVERIFY(!reader().detail(reader().latest({}, 2)->at(1)));
    pruneAll(*one, kStart + 24h * 31);
    QCOMPARE(rig::idsOf(reader(), {}), list({2}));
    pruneAll(*one, kStart + 24h * 33);
    QCOMPARE(rig::idsOf(reader(), {}), list({}));
    pruneAll(*one, kStart + 24h * 40);
    QVERIFY(!one->append(std::vector{rig::exchange(3, kStart + 24h * 40)}));
    QCOMPARE(rig::idsOf(reader(), rig::query("model:haiku")), list({3}));
}

void TestHistoryStore::theSizeIsBounded() {
    HistoryLimits limits;
    limits.maxSize = 4 * 1024 * 1024;
    const auto one = store(limits);
    QByteArray noise(200 * 1024, Qt::Uninitialized);
    for (int i = 0; i < 60; ++i) {
        quint32 state = static_cast<quint32>(i) + 1;
        for (char& c : noise) {
            state = state * 1664525U + 1013904223U;
            c = static_cast<char>(state >> 24U);
        }
        ExchangeDetail big = rig::exchange(i, kStart + std::chrono::minutes(i));
        big.responseBody = {{0, noise}};
        QVERIFY(!one->append(std::vector{big}));
        pruneAll(*one, kStart + std::chrono::minutes(i));
        QVERIFY(one->usedBytes() <= limits.maxSize);
    }
    QCOMPARE(rig::idsOf(reader(), {}).size(), 60U);
    QVERIFY(reader().detail(reader().latest({}, 1)->front()));
    QVERIFY(QFileInfo(m_path).size() <= limits.maxSize + 1024 * 1024);
}

void TestHistoryStore::theFileHasAHardBound() {
    HistoryLimits limits;
    limits.maxSize = 1024 * 1024;
    const auto one = store(limits);
    ExchangeDetail big = rig::exchange(1, kStart);
    big.requestFields.append("X-Noise", QByteArray(10, 'x'));
    QByteArray noise(600 * 1024, Qt::Uninitialized);
    quint32 state = 1;
    for (char& c : noise) {
        state = state * 1664525U + 1013904223U;
        c = static_cast<char>(state >> 24U);
    }
    big.responseBody = {{0, noise}};
    std::optional<HistoryError> error;
    int written = 0;
    for (; written < 20 && !error; ++written)
        error = one->append(std::vector{big});
    QVERIFY(error);
    QCOMPARE(error->kind, HistoryError::Kind::Full);
    pruneAll(*one, kStart);
    QVERIFY(!one->append(std::vector{big}));
}

void TestHistoryStore::clearingLeavesNothing() {
    const auto one = store();
    ExchangeDetail given = rig::exchange(1, kStart);
    given.record.path = "/planted-path";
    QVERIFY(!one->append(std::vector{given}));
    QVERIFY(!one->clear());
    QCOMPARE(rig::idsOf(reader(), {}), list({}));
    for (const char* suffix : {"", "-wal"}) {
        QFile file(m_path + QLatin1String(suffix));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("planted-path"));
    }
    QVERIFY(!one->append(std::vector{rig::exchange(2, kStart)}));
    QCOMPARE(rig::idsOf(reader(), rig::query("body:hello")).size(), 1U);
}

void TestHistoryStore::withoutBodiesNoneAreKept() {
    HistoryLimits limits;
    limits.bodies = 0ms;
    QVERIFY(!store(limits)->append(std::vector{rig::exchange(1, kStart)}));
    const auto read = reader().latest({}, 1);
    QCOMPARE(read->size(), 1U);
    QVERIFY(!reader().detail(read->front()));
}

void TestHistoryStore::aDamagedFileIsNamed_data() {
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("size");
    QTest::newRow("its first page is gone") << 0 << 4096;
    QTest::newRow("it is a text") << 0 << 100;
    QTest::newRow("the table of its schema is gone") << 100 << 3996;
}

void TestHistoryStore::aDamagedFileIsNamed() {
    QFETCH(int, from);
    QFETCH(int, size);
    QVERIFY(!store()->append(std::vector{rig::exchange(1, kStart)}));
    {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.seek(from);
        file.write(QByteArray(size, 'x'));
    }
    const auto opened = HistoryStore::open(m_path, {});
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, HistoryError::Kind::Damaged);
    const QString name = HistoryFile::setAside(m_path);
    QVERIFY(QFileInfo::exists(name));
    QVERIFY(!QFileInfo::exists(m_path));
    QVERIFY(!store()->append(std::vector{rig::exchange(2, kStart)}));
}

void TestHistoryStore::aLaterVersionIsLeftAlone() {
    {
        const auto file = HistoryFile::open(m_path, HistoryFile::Mode::Write);
        QVERIFY(!file->run(QStringLiteral("PRAGMA user_version = 99")));
    }
    const auto opened = HistoryStore::open(m_path, {});
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, HistoryError::Kind::Newer);
    QCOMPARE(HistoryReader::open(m_path).error().kind, HistoryError::Kind::Newer);
}

void TestHistoryStore::aFileThatIsNotThereIsMissing() {
    QCOMPARE(HistoryReader::open(m_path).error().kind, HistoryError::Kind::Missing);
    QVERIFY(!QFileInfo::exists(m_path));
}

QTEST_GUILESS_MAIN(TestHistoryStore)
#include "tst_historystore.moc"
