// SPDX-License-Identifier: MIT
#include "tests/ui/demofeed.h"
#include "ui/detail/contentreader.h"
#include "ui/detail/exchangetext.h"
#include "ui/detail/timingbar.h"
#include "ui/log/rowtext.h"

#include <QLocale>
#include <QTest>

using namespace sallyport;

class DetailTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void laysJsonOut_data();
    void laysJsonOut();
    void deepJsonIsLaidOutInBounds();
    void binaryIsToldFromText_data();
    void binaryIsToldFromText();
    void aHexDumpHasOffsetsAndText();
    void aGrowingBodyIsReadOnce();
    void anUnknownCodingIsGivenAsItCame();
    void eventsCarryTheSilenceBeforeThem();
    void phasesOfAnExchange_data();
    void phasesOfAnExchange();
    void statesAreToldApart_data();
    void statesAreToldApart();
    void aKindOfFailureIsSaid_data();
    void aKindOfFailureIsSaid();
    void durations_data();
    void durations();
};

void DetailTest::laysJsonOut_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("laid");
    QTest::newRow("an object") << QByteArray("{\"b\":1,\"a\":[1,2]}")
                               << QByteArray("{\n  \"b\": 1,\n  \"a\": [\n    1,\n    2\n  ]\n}");
    QTest::newRow("empty brackets stay together")
        << QByteArray("{\"a\":{},\"b\":[ ]}") << QByteArray("{\n  \"a\": {},\n  \"b\": []\n}");
    QTest::newRow("signs inside a string are text")
        << QByteArray("{\"a\":\"{[,:]} \\\" \"}") << QByteArray("{\n  \"a\": \"{[,:]} \\\" \"\n}");
    QTest::newRow("numbers keep their digits")
        << QByteArray("[1.10,12345678901234567890]")
        << QByteArray("[\n  1.10,\n  12345678901234567890\n]");
    QTest::newRow("a cut text goes as far as it goes")
        << QByteArray("{\"a\":[1,") << QByteArray("{\n  \"a\": [\n    1,\n    ");
    QTest::newRow("too many closing brackets do no harm")
        << QByteArray("]]]") << QByteArray("\n]\n]\n]");
}

void DetailTest::laysJsonOut() {
    QFETCH(QByteArray, json);
    QTEST(prettyJson(json), "laid");
}

void DetailTest::deepJsonIsLaidOutInBounds() {
    constexpr int kLevels = 100000;
    const QByteArray json = QByteArray(kLevels, '[') + '1' + QByteArray(kLevels, ']');
    const QByteArray laid = prettyJson(json);
    QCOMPARE(laid.count('['), kLevels);
    QCOMPARE(laid.count(']'), kLevels);
    QVERIFY(laid.size() < 2 * kLevels * 150);
}

void DetailTest::binaryIsToldFromText_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isBinary");
    QTest::newRow("nothing is text") << QByteArray() << false;
    QTest::newRow("UTF-8 is text") << QByteArray("中文 ok\n") << false;
    QTest::newRow("bytes of a picture are not")
        << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", 16) << true;
}

void DetailTest::binaryIsToldFromText() {
    QFETCH(QByteArray, bytes);
    QTEST(isBinary(bytes), "isBinary");
}

void DetailTest::aHexDumpHasOffsetsAndText() {
    const QStringList lines = hexDump("0123456789abcdef\n").split(u'\n');
    QCOMPARE(lines[0], QStringLiteral("00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  "
                                      "0123456789abcdef"));
    QVERIFY(lines[1].startsWith(QStringLiteral("00000010  0a ")));
    QVERIFY(lines[1].endsWith(u'.'));
}

void DetailTest::aGrowingBodyIsReadOnce() {
    ContentReader reader;
    QVector<BodyPiece> pieces{{10, "ab"}};
    QCOMPARE(reader.readMore(pieces).size(), 1u);
    QVERIFY(reader.readMore(pieces).empty());
    pieces[0].bytes += "c";
    pieces += BodyPiece{20, "d"};
    const auto more = reader.readMore(pieces);
    QCOMPARE(more.size(), 2u);
    QCOMPARE(more[0].bytes, QByteArray("c"));
    QCOMPARE(more[1].bytes, QByteArray("d"));
    QCOMPARE(reader.bytesRead(), qint64(4));
}

void DetailTest::anUnknownCodingIsGivenAsItCame() {
    ContentReader reader("x-secret");
    const auto read = reader.readMore({{0, "abc"}});
    QCOMPARE(read.size(), 1u);
    QCOMPARE(read[0].bytes, QByteArray("abc"));
    QVERIFY(reader.isRaw());
}

void DetailTest::eventsCarryTheSilenceBeforeThem() {
    EventReader reader(1000);
    auto events = reader.feed({{3000, "event: a\ndata: 1\n\ndata: 2\n"}});
    QCOMPARE(events.size(), 1u);
    QCOMPARE(events[0].gapMicros, qint64(2000));
    events = reader.feed({{9000, "\n"}});
    QCOMPARE(events.size(), 1u);
    QCOMPARE(events[0].gapMicros, qint64(6000));
    QCOMPARE(events[0].event.data, QByteArray("2"));
}

void DetailTest::phasesOfAnExchange_data() {
    using Kind = TimingPhase::Kind;
    QTest::addColumn<ExchangeTimes>("times");
    QTest::addColumn<qint64>("elapsed");
    QTest::addColumn<std::vector<TimingPhase>>("phases");
    const auto row = [](const char* tag, const ExchangeTimes& times, qint64 elapsed,
                        const std::vector<TimingPhase>& phases) {
        QTest::newRow(tag) << times << elapsed << phases;
    };
    row("a whole one has four", {10, 20, 50, 90}, 90,
        {{Kind::Connect, 0, 10},
         {Kind::Send, 10, 20},
         {Kind::Wait, 20, 50},
         {Kind::Receive, 50, 90}});
    row("one that waits lasts until now", {10, 20, {}, {}}, 70,
        {{Kind::Connect, 0, 10}, {Kind::Send, 10, 20}, {Kind::Wait, 20, 70}});
    row("a kept connection takes no time to connect", {0, 20, 50, 90}, 90,
        {{Kind::Send, 0, 20}, {Kind::Wait, 20, 50}, {Kind::Receive, 50, 90}});
    row("a response before the end of the request", {10, 60, 50, 90}, 90,
        {{Kind::Connect, 0, 10}, {Kind::Send, 10, 60}, {Kind::Receive, 60, 90}});
    row("one that only began", {}, 5, {{Kind::Connect, 0, 5}});
}

void DetailTest::phasesOfAnExchange() {
    QFETCH(ExchangeTimes, times);
    QFETCH(qint64, elapsed);
    QFETCH(std::vector<TimingPhase>, phases);
    QVERIFY(timingPhases(times, elapsed) == phases);
}

void DetailTest::statesAreToldApart_data() {
    QTest::addColumn<int>("end");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* tag, ExchangeEnd end, int status, const char* text) {
        QTest::newRow(tag) << static_cast<int>(end) << status << QString::fromUtf8(text);
    };
    row("whole", ExchangeEnd::Complete, 200, "✓ 200 done");
    row("overloaded", ExchangeEnd::Complete, 529, "! 529 overloaded");
    row("refused by us", ExchangeEnd::Refused, 401, "⊘ 401 refused here");
    row("no response", ExchangeEnd::UpstreamError, 0, "✕ upstream failed");
    row("cut", ExchangeEnd::Truncated, 200, "✂ 200 truncated");
    row("stalled", ExchangeEnd::Stalled, 200, "‖ 200 stalled");
    row("client gone", ExchangeEnd::ClientGone, 200, "✕ 200 client gone");
    row("running", ExchangeEnd::Running, 0, "↑ sending");
}

void DetailTest::statesAreToldApart() {
    QFETCH(int, end);
    QFETCH(int, status);
    ExchangeRecord record;
    record.end = static_cast<ExchangeEnd>(end);
    record.status = status;
    QTEST(rowState(record).text(status), "text");
}

void DetailTest::aKindOfFailureIsSaid_data() {
    QTest::addColumn<ExchangeRecord>("record");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* tag, const ExchangeRecord& record, const char* text) {
        QTest::newRow(tag) << record << QString::fromUtf8(text);
    };
    ExchangeRecord tunnel;
    tunnel.role = RequestRole::Tunnel;
    tunnel.end = ExchangeEnd::ClientGone;
    tunnel.status = 200;
    row("a client that closes its tunnel", tunnel, "⇄ 200 tunnel closed");
    tunnel.status = 0;
    row("a client that goes before the tunnel stands", tunnel, "✕ client gone");
    tunnel.end = ExchangeEnd::UpstreamError;
    tunnel.status = 403;
    tunnel.errorCode = "blocked";
    row("a destination that is denied once it is resolved", tunnel, "⊘ 403 blocked here");
    ExchangeRecord stream;
    stream.end = ExchangeEnd::UpstreamError;
    stream.status = 200;
    stream.isEventStream = true;
    row("a stream that ends in an error event", stream, "! 200 error in the stream");
    stream.status = 0;
    row("a stream that never came", stream, "✕ upstream failed");
}

void DetailTest::aKindOfFailureIsSaid() {
    QFETCH(ExchangeRecord, record);
    QTEST(rowState(record).text(record.status), "text");
}

void DetailTest::durations_data() {
    QTest::addColumn<qint64>("micros");
    QTest::addColumn<QString>("text");
    QTest::newRow("below a millisecond") << qint64(400) << QStringLiteral("<1 ms");
    QTest::newRow("milliseconds") << qint64(31900) << QStringLiteral("31 ms");
    QTest::newRow("from 100 ms in seconds") << qint64(840000) << QStringLiteral("0.84 s");
    QTest::newRow("from 10 s with one digit") << qint64(12345678) << QStringLiteral("12.3 s");
    QTest::newRow("minutes") << qint64(125000000) << QStringLiteral("2 min 05 s");
}

void DetailTest::durations() {
    QFETCH(qint64, micros);
    QTEST(durationText(micros), "text");
}

QTEST_GUILESS_MAIN(DetailTest)
#include "tst_detail.moc"
