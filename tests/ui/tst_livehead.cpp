// SPDX-License-Identifier: MIT
#include "ui/detail/livehead.h"
#include "ui/detail/outputrate.h"
#include "ui/detail/silencechart.h"
#include "ui/detail/silences.h"

#include <QLocale>
#include <QTest>

using namespace sallyport;

class LiveHeadTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void silencesAreTold_data();
    void silencesAreTold();
    void ratesAreOfTheLastSeconds();
    void activities_data();
    void activities();
    void theHeadSaysWhatARunningStreamDoes();
    void theHeadIsHiddenOnceItEnded();
};

namespace {

constexpr qint64 kSecond = 1'000'000;

ExchangeDetail running(ExchangePhase phase = ExchangePhase::Streaming) {
    ExchangeDetail detail;
    detail.record.id = 7;
    detail.record.phase = phase;
    detail.record.times = {10'000, 20'000, 30'000, {}, {}};
    detail.requestBody = {{5'000, "{}"}};
    detail.responseBody = {{40'000, "x"}};
    return detail;
}

QString lines(const std::vector<Silence>& silences) {
    QStringList out;
    for (const Silence& silence : silences)
        out += QStringLiteral("%1 %2-%3")
                   .arg(silence.by == Silence::By::Client      ? QStringLiteral("client")
                        : silence.by == Silence::By::Sallyport ? QStringLiteral("sallyport")
                                                               : QStringLiteral("upstream"))
                   .arg(silence.fromMicros)
                   .arg(silence.toMicros);
    return out.join(QStringLiteral(", "));
}

} // namespace

void LiveHeadTest::silencesAreTold_data() {
    QTest::addColumn<ExchangeDetail>("detail");
    QTest::addColumn<qint64>("elapsed");
    QTest::addColumn<QString>("silences");
    const auto row = [](const char* tag, const ExchangeDetail& detail, qint64 elapsed,
                        const char* silences) {
        QTest::newRow(tag) << detail << elapsed << QString::fromLatin1(silences);
    };
    row("none while bytes come", running(), 300'000, "");
    row("one that lasts", running(), 3 * kSecond, "upstream 40000-3000000");
    ExchangeDetail paused = running();
    paused.responseBody += BodyPiece{2 * kSecond, "y"};
    row("one between two pieces", paused, 2'100'000, "upstream 40000-2000000");
    ExchangeDetail ended = paused;
    ended.record.times.ended = 2'050'000;
    row("none after the end", ended, 60 * kSecond, "upstream 40000-2000000");
    ExchangeDetail waiting = running(ExchangePhase::RequestSent);
    waiting.record.times.firstByte.reset();
    waiting.responseBody.clear();
    row("the first byte is waited for", waiting, 41 * kSecond, "upstream 20000-41000000");
    ExchangeDetail uploading = running(ExchangePhase::UpstreamChosen);
    uploading.record.times = {10'000, {}, {}, {}, {}};
    uploading.requestBody += BodyPiece{20'000, "more"};
    uploading.responseBody.clear();
    row("a client that stops in its request", uploading, kSecond, "client 20000-1000000");
    ExchangeDetail connecting = running(ExchangePhase::UpstreamChosen);
    connecting.record.times = {};
    connecting.responseBody.clear();
    row("a connection that does not come about", connecting, 2 * kSecond, "upstream 5000-2000000");
    ExchangeDetail queued = running();
    queued.record.times.admitted = 4 * kSecond;
    queued.record.times.connected = 4'010'000;
    queued.record.times.requestSent = 4'020'000;
    queued.record.times.firstByte = 4'030'000;
    queued.responseBody = {{4'040'000, "x"}};
    row("a place in flight was waited for", queued, 4'100'000, "sallyport 0-4000000");
}

void LiveHeadTest::silencesAreTold() {
    QFETCH(ExchangeDetail, detail);
    QFETCH(qint64, elapsed);
    QTEST(lines(silencesOf(detail, elapsed)), "silences");
}

void LiveHeadTest::ratesAreOfTheLastSeconds() {
    OutputRate rate;
    QCOMPARE(rate.perSecond(0), 0.0);
    for (int second = 0; second <= 20; ++second)
        rate.add(second * kSecond, second < 10 ? second * 10 : 100 + (second - 10) * 50);
    QCOMPARE(rate.perSecond(20 * kSecond), 50.0);
    QVERIFY(rate.perSecond(24 * kSecond) < 50.0);
    QCOMPARE(rate.perSecond(60 * kSecond), 0.0);
}

void LiveHeadTest::activities_data() {
    QTest::addColumn<int>("phase");
    QTest::addColumn<bool>("hasFirstByte");
    QTest::addColumn<int>("part");
    QTest::addColumn<QString>("text");
    const auto row = [](ExchangePhase phase, bool hasFirstByte, int part, const char* text) {
        QTest::newRow(text) << static_cast<int>(phase) << hasFirstByte << part
                            << QString::fromLatin1(text);
    };
    using Kind = ConversationPart::Kind;
    row(ExchangePhase::HeadReceived, false, -1, "being accepted");
    row(ExchangePhase::UpstreamChosen, false, -1, "sending the request");
    row(ExchangePhase::RequestSent, false, -1, "waiting for the first byte");
    row(ExchangePhase::Streaming, true, -1, "streaming");
    row(ExchangePhase::Streaming, true, static_cast<int>(Kind::Thinking), "thinking");
    row(ExchangePhase::Streaming, true, static_cast<int>(Kind::Text), "writing");
    row(ExchangePhase::Streaming, true, static_cast<int>(Kind::ToolCall), "writing a tool call");
}

void LiveHeadTest::activities() {
    QFETCH(int, phase);
    QFETCH(bool, hasFirstByte);
    QFETCH(int, part);
    ExchangeRecord record = running(static_cast<ExchangePhase>(phase)).record;
    if (!hasFirstByte) record.times.firstByte.reset();
    Conversation conversation;
    conversation.id = record.id;
    if (part >= 0) {
        conversation.parts.resize(1);
        conversation.parts[0].kind = static_cast<ConversationPart::Kind>(part);
    }
    QTEST(activityText(record, conversation), "text");
}

void LiveHeadTest::theHeadSaysWhatARunningStreamDoes() {
    ExchangeDetail detail = running();
    LiveHead head;
    Conversation conversation;
    conversation.id = 7;
    conversation.parts.resize(1);
    head.setDetail(detail);
    head.setConversation(conversation);
    detail.responseBody += BodyPiece{2 * kSecond, "y"};
    conversation.responseTokens = 100;
    head.setDetail(detail);
    head.setConversation(conversation);
    head.tick(4 * kSecond);
    QCOMPARE(head.findChild<QLabel*>()->text(),
             QStringLiteral("● writing · ≈ 25 tokens/s · ≈ 100 tokens out · last byte 2.00 s ago"));
    const auto* chart = head.findChild<SilenceChart*>();
    QCOMPARE(chart->accessibleName(), QStringLiteral("upstream silent 3.96 s"));
}

void LiveHeadTest::theHeadIsHiddenOnceItEnded() {
    ExchangeDetail detail = running();
    LiveHead head;
    head.setDetail(detail);
    QVERIFY(!head.isHidden());
    detail.record.end = ExchangeEnd::Complete;
    head.setDetail(detail);
    QVERIFY(head.isHidden());
}

QTEST_MAIN(LiveHeadTest)
#include "tst_livehead.moc"
