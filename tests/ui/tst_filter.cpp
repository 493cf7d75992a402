// SPDX-License-Identifier: MIT
#include "ui/filter/filterquery.h"
#include "ui/filter/lexer.h"
#include "ui/filter/matcher.h"

#include <QTest>

using namespace sallyport;

class FilterTest : public QObject {
    Q_OBJECT
private slots:
    void matching_data();
    void matching();
    void aWebSocketIsATunnelToo();
    void mistakes_data();
    void mistakes();
    void wordsAreSplitAtBlanksOutsideQuotes();
    void aFailureIsWhatPeopleWouldCallOne_data();
    void aFailureIsWhatPeopleWouldCallOne();
};

namespace {

ExchangeRecord sample() {
    ExchangeRecord r;
    r.id = 7;
    r.method = "POST";
    r.host = "127.0.0.1:8899";
    r.path = "/v1/messages?beta=true";
    r.route = QStringLiteral("claude");
    r.upstream = QStringLiteral("corp");
    r.status = 429;
    r.end = ExchangeEnd::Complete;
    r.error = QStringLiteral("Rate limit reached für heute");
    r.errorCode = "upstream_down";
    r.modelAsked = "claude-haiku-4-5";
    r.modelSent = "corp-small";
    r.isEventStream = true;
    r.usage.input = 50001;
    r.usage.output = 12;
    r.responseBytes = 2048;
    r.times.firstByte = 1500000;
    r.times.ended = 5200000;
    return r;
}

} // namespace

void FilterTest::matching_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("passes");
    const auto row = [](const char* tag, const char* line, bool passes) {
        QTest::newRow(tag) << QString::fromUtf8(line) << passes;
    };
    row("an empty line lets all through", "", true);
    row("blanks let all through", "   ", true);
    row("a word in the path", "messages", true);
    row("a word in another case", "MESSAGES", true);
    row("a word in the host", "127.0", true);
    row("a word with a colon behind digits is a word", "127.0.0.1:8899", true);
    row("a word in the model asked for", "haiku", true);
    row("a word in the model sent", "corp-small", true);
    row("a word in the route", "Claude", true);
    row("a word in the error", "rate", true);
    row("a word beyond ASCII, in another case", "FÜR", true);
    row("a status as a word", "429", true);
    row("a word that is nowhere", "opus", false);
    row("all words must be found", "haiku opus", false);
    row("a word negated that is there", "-haiku", false);
    row("a word negated that is not there", "-opus", true);
    row("quotes keep blanks", "\"rate limit\"", true);
    row("quotes in another order do not match", "\"limit rate\"", false);
    row("a quoted word with a colon is a word", "\"status:1\"", false);
    row("a status exactly", "status:429", true);
    row("another status", "status:200", false);
    row("a status from", "status:>=400", true);
    row("a status above itself", "status:>429", false);
    row("a status below", "status:<430", true);
    row("a status up to", "status:<=429", true);
    row("a class of status", "status:4xx", true);
    row("another class of status", "status:5xx", false);
    row("a span of status", "status:400-430", true);
    row("a status negated", "-status:4xx", false);
    row("a method in any case", "method:post", true);
    row("a part of a method is none", "method:pos", false);
    row("a model by a part of its name", "model:haiku", true);
    row("a route", "route:clau", true);
    row("a path with quotes", "path:\"/v1/messages\"", true);
    row("a path negated", "-path:count_tokens", true);
    row("a host", "host:8899", true);
    row("an upstream", "upstream:corp", true);
    row("an error by its code", "error:upstream_down", true);
    row("a duration in seconds", "dur:>5s", true);
    row("a duration in milliseconds", "dur:<5300ms", true);
    row("a duration without a unit is in seconds", "dur:>5.3", false);
    row("a first byte", "ttft:>2s", false);
    row("tokens in", "in:>50000", true);
    row("tokens out with a factor", "out:>1k", false);
    row("a size in KiB", "size:2KiB", true);
    row("an error", "is:error", true);
    row("no error", "-is:error", false);
    row("a stream", "is:stream", true);
    row("one that runs", "is:live", false);
    row("a tunnel", "is:tunnel", false);
    row("a WebSocket", "is:websocket", false);
    row("a key in another case", "STATUS:429", true);
    row("a minus alone is a word", "-", true);
    row("a path between slashes", "/v1/messages", true);
    row("a folder of a path", "/v1/x/", false);
    row("an operator in quotes is a text", "\"or\"", true);
    row("a word that begins with one", "orange", false);
    row("a query of a path", "beta=true", true);
    row("brackets inside a word", "f(x)", false);
}

void FilterTest::matching() {
    QFETCH(QString, line);
    QFETCH(bool, passes);
    const auto query = filter::parse(line);
    QVERIFY2(query.isOk(), qPrintable(query.isOk() ? QString() : query.error()));
    QCOMPARE(filter::matches(*query, sample()), passes);
}

void FilterTest::aWebSocketIsATunnelToo() {
    ExchangeRecord record = sample();
    record.isUpgraded = true;
    record.webSocket.emplace();
    for (const char* line : {"is:websocket", "is:tunnel", "is:WEBSOCKET"}) {
        const auto query = filter::parse(QString::fromLatin1(line));
        QVERIFY(query.isOk());
        QVERIFY2(filter::matches(*query, record), line);
    }
}

void FilterTest::mistakes_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("says");
    QTest::newRow("an unknown key names the known ones")
        << QStringLiteral("colour:red") << QStringLiteral("status:");
    QTest::newRow("a status that is no number")
        << QStringLiteral("status:ok") << QStringLiteral("404");
    QTest::newRow("a status without a number")
        << QStringLiteral("status:") << QStringLiteral("404");
    QTest::newRow("a comparison without a number")
        << QStringLiteral("status:>=") << QStringLiteral("404");
    QTest::newRow("not a number, in so many letters")
        << QStringLiteral("status:nan") << QStringLiteral("404");
    QTest::newRow("a number without an end") << QStringLiteral("dur:<inf") << QStringLiteral("5s");
    QTest::newRow("a class that is none") << QStringLiteral("status:axx") << QStringLiteral("404");
    QTest::newRow("a negative number") << QStringLiteral("in:>-5") << QStringLiteral("100");
    QTest::newRow("a duration in a unknown unit")
        << QStringLiteral("dur:>5y") << QStringLiteral("5s");
    QTest::newRow("a trait that is none") << QStringLiteral("is:red") << QStringLiteral("stream");
    QTest::newRow("a text that is missing") << QStringLiteral("model:") << QStringLiteral("model:");
    const auto row = [](const char* line, const char* says) {
        QTest::newRow(line) << QString::fromLatin1(line) << QString::fromUtf8(says);
    };
    row("model:haiku or is:error", "all words must match");
    row("a || b", "all words must match");
    row("haiku AND opus", "not needed");
    row("not is:error", "-is:error");
    row("!haiku", "-is:error");
    row("/claude/", "regular expression");
    row("/claude.*opus/i", "regular expression");
    row("/v1/(messages|models)/", "regular expression");
    row("(haiku", "brackets");
    row("haiku)", "brackets");
    row("status>=400", "status:");
    row("model=haiku", "model:");
    row("status!=200", "status:");
    row("status:500-400", "404");
    QTest::newRow("a quote that is open") << QStringLiteral("\"rate") << QStringLiteral("quote");
    QTest::newRow("a quote that is open in a value")
        << QStringLiteral("path:\"/v1") << QStringLiteral("quote");
}

void FilterTest::mistakes() {
    QFETCH(QString, line);
    QFETCH(QString, says);
    const auto query = filter::parse(line);
    QVERIFY(!query.isOk());
    QVERIFY2(query.error().contains(says), qPrintable(query.error()));
}

void FilterTest::wordsAreSplitAtBlanksOutsideQuotes() {
    const auto words = filter::words(u" a  -b:\"c \\\" d\" \"x y\"z ");
    QVERIFY(words.isOk());
    const std::vector<filter::Word> expected{
        {false, false, {}, QStringLiteral("a")},
        {true, true, QStringLiteral("b"), QStringLiteral("c \" d")},
        {false, true, {}, QStringLiteral("x yz")},
    };
    QVERIFY(*words == expected);
}

void FilterTest::aFailureIsWhatPeopleWouldCallOne_data() {
    QTest::addColumn<int>("end");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isFailed");
    const auto row = [](const char* tag, ExchangeEnd end, int status, bool isFailed) {
        QTest::newRow(tag) << static_cast<int>(end) << status << isFailed;
    };
    row("a whole response with 200 is none", ExchangeEnd::Complete, 200, false);
    row("a whole response with 302 is none", ExchangeEnd::Complete, 302, false);
    row("a whole response with 404 is one", ExchangeEnd::Complete, 404, true);
    row("a refusal of ours is one", ExchangeEnd::Refused, 401, true);
    row("a cut response is one, whatever its status", ExchangeEnd::Truncated, 200, true);
    row("a stalled response is one", ExchangeEnd::Stalled, 200, true);
    row("no response is one", ExchangeEnd::UpstreamError, 0, true);
    row("a client that went away is none", ExchangeEnd::ClientGone, 200, false);
    row("one that runs is none", ExchangeEnd::Running, 0, false);
}

void FilterTest::aFailureIsWhatPeopleWouldCallOne() {
    QFETCH(int, end);
    QFETCH(int, status);
    ExchangeRecord record;
    record.end = static_cast<ExchangeEnd>(end);
    record.status = status;
    QTEST(filter::isFailed(record), "isFailed");
}

QTEST_GUILESS_MAIN(FilterTest)
#include "tst_filter.moc"
