// SPDX-License-Identifier: MIT
#include "core/history/filtermatcher.h"
#include "core/history/filterparser.h"

#include <QTest>

using namespace sallyport;

class FilterTest : public QObject {
    Q_OBJECT
private slots:
    void matching_data();
    void matching();
    void aWebSocketIsATunnelToo();
    void contentsAreAskedForByTheirTermOnly();
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
    r.usage.cacheRead = 20000;
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
    row("one of two", "opus or haiku", true);
    row("none of two", "opus or sonnet", false);
    row("words side by side bind closer than or", "opus nothing or haiku", true);
    row("brackets bind closest", "haiku (opus or is:stream)", true);
    row("brackets that do not hold", "haiku (opus or is:live)", false);
    row("and is what stands side by side", "haiku and is:stream", true);
    row("not before a word", "not haiku", false);
    row("not before brackets", "not (opus or sonnet)", true);
    row("a minus before brackets", "-(haiku or opus)", false);
    row("an exclamation mark", "!opus", true);
    row("two negations", "not -haiku", true);
    row("a regular expression", "/claude-(haiku|opus)/", true);
    row("a regular expression in another case", "/CLAUDE-h/i", true);
    row("one of a field", "path:/^\\/v1\\/messages/", true);
    row("one of another field", "host:/^8899/", false);
    row("one of the status", "/^42\\d$/", true);
    row("a star for any text", "claude*4-5", true);
    row("a star alone asks for a text", "route:*", true);
    row("a star in quotes is a star", "\"claude*\"", false);
    row("what went in counts with the cache", "in:>70000", true);
    row("contents are not looked into", "body:tool_use", false);
}

void FilterTest::matching() {
    QFETCH(QString, line);
    QFETCH(bool, passes);
    const auto query = filter::parse(line);
    QVERIFY2(query.isOk(), qPrintable(query.isOk() ? QString() : query.error().reason));
    QCOMPARE(filter::matches(*query, sample()), passes);
}

void FilterTest::aWebSocketIsATunnelToo() {
    ExchangeRecord record = sample();
    record.isUpgraded = true;
    record.webSocket = WebSocketSummary{};
    for (const char* line : {"is:websocket", "is:tunnel", "is:WEBSOCKET"}) {
        const auto query = filter::parse(QString::fromLatin1(line));
        QVERIFY(query.isOk());
        QVERIFY2(filter::matches(*query, record), line);
    }
}

void FilterTest::contentsAreAskedForByTheirTermOnly() {
    const auto asks = [](const char* line) {
        return filter::asksForBodies(*filter::parse(QString::fromLatin1(line)));
    };
    QVERIFY(asks("is:error or not (body:x haiku)"));
    QVERIFY(!asks("\"body:x\" haiku"));
    QVERIFY(!asks(""));
}

QTEST_GUILESS_MAIN(FilterTest)
#include "tst_filtermatcher.moc"
