// SPDX-License-Identifier: MIT
#include "core/anthropic/sandbox.h"

#include "core/anthropic/messagesresponsereader.h"
#include "core/anthropic/tokenestimator.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace sallyport;
using std::chrono::milliseconds;

class TestSandbox : public QObject {
    Q_OBJECT
private slots:
    void resources_data();
    void resources();
    void badRequests_data();
    void badRequests();
    void deepRequestsAreRefused_data();
    void deepRequestsAreRefused();
    void equalRequestsGetEqualBytes();
    void aStreamHasTheApisForm();
    void aStreamIsPaced();
    void aWholeResponseHasTheApisForm();
    void theTextSaysWhatItIs();
    void prompts_data();
    void prompts();
    void aToolCallIsOneTurn();
    void otherToolsGetWhatTheirSchemaRequires();
    void aToolResultIsQuotedAndEndsTheTurn();
    void fewTokensCutTheText();
    void countingIsAnEstimate();
    void modelsAreListed();
};

static QByteArray whole(const SandboxResponse& response) {
    QByteArray all;
    for (const SandboxPiece& piece : response.pieces)
        all += piece.bytes;
    return all;
}

static QJsonObject objectOf(const QByteArray& json) {
    return QJsonDocument::fromJson(json).object();
}

static QString text(const QJsonObject& object, const char* name) {
    return object.value(QLatin1String(name)).toString();
}

static QByteArray fieldOf(const SandboxResponse& response, const QByteArray& name) {
    const auto found = std::find_if(response.fields.begin(), response.fields.end(),
                                    [&name](const auto& field) { return field.first == name; });
    return found == response.fields.end() ? QByteArray() : found->second;
}

static const QByteArray kTools =
    R"([{"name":"Read","input_schema":{"type":"object"}},{"name":"Bash","input_schema":{}}])";

/// A request whose last user content is `content` (JSON).
static QByteArray requestOf(const QByteArray& content, const QByteArray& more) {
    return R"({"model":"claude-opus-5-5","max_tokens":32000,"messages":[)"
           R"({"role":"user","content":"sandbox: use tool Bash"},{"role":"assistant","content":"x"},)"
           R"({"role":"user","content":)" +
           content + "}]" + more + "}";
}

static QJsonObject answered(const QByteArray& request) {
    return objectOf(whole(sandboxResponse("POST", "/v1/messages?beta=true", request)));
}

static QJsonArray blocksOf(const QJsonObject& message) {
    return message.value(QLatin1String("content")).toArray();
}

static std::vector<SseEvent> eventsOf(const SandboxResponse& response) {
    SseParser parser;
    return parser.feed(whole(response));
}

void TestSandbox::resources_data() {
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("status");
    const auto row = [](const char* method, const char* path, int status) {
        QTest::addRow("%s %s is %d", method, path, status)
            << QByteArray(method) << QByteArray(path) << status;
    };
    row("GET", "/api/hello", 200);
    row("HEAD", "/api/hello", 200);
    row("HEAD", "/", 200);
    row("GET", "/v1/oauth/hello", 200);
    row("GET", "/v1/models", 200);
    row("GET", "/v1/models?limit=1000", 200);
    row("GET", "/v1/models/any-model", 200);
    row("GET", "/v1/models/", 404);
    row("GET", "/v1/models/a/b", 404);
    row("GET", "/corp/v1/models", 200);
    row("POST", "/v1/models", 405);
    row("GET", "/v1/messages", 405);
    row("GET", "/v1/files", 404);
    row("POST", "/api/event_logging/v2/batch", 404);
    row("GET", "", 404);
}

void TestSandbox::resources() {
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(int, status);
    const SandboxResponse response = sandboxResponse(method, path, {});
    QCOMPARE(response.status, status);
    QVERIFY(fieldOf(response, "request-id").startsWith("req_"));
    if (method == "HEAD") {
        QVERIFY(response.pieces.empty());
        return;
    }
    const QJsonObject body = objectOf(whole(response));
    QVERIFY(!body.isEmpty());
    QCOMPARE(text(body, "type") == QLatin1String("error"), status >= 400);
    QCOMPARE(!fieldOf(response, "Allow").isEmpty(), status == 405);
}

void TestSandbox::badRequests_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char* content, const char* reason) {
        QTest::newRow(reason) << QByteArray(content) << QByteArray(reason);
    };
    row("{", "not valid JSON");
    row("[1]", "not a JSON object");
    row(R"({"messages":[{}],"max_tokens":1})", "model: Field required");
    row(R"({"model":7,"messages":[{}],"max_tokens":1})", "model: Field required");
    row(R"({"model":"m","max_tokens":1})", "messages: Field required");
    row(R"({"model":"m","messages":[],"max_tokens":1})", "at least one message");
    row(R"({"model":"m","messages":[{}]})", "max_tokens: Field required");
    row(R"({"model":"m","messages":[{}],"max_tokens":-1})", "max_tokens: Field required");
}

void TestSandbox::badRequests() {
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, reason);
    const SandboxResponse response = sandboxResponse("POST", "/v1/messages", content);
    QCOMPARE(response.status, 400);
    const QJsonObject error = objectOf(whole(response)).value(QLatin1String("error")).toObject();
    QCOMPARE(text(error, "type"), QStringLiteral("invalid_request_error"));
    QVERIFY2(text(error, "message").toUtf8().contains(reason), whole(response).constData());
}

void TestSandbox::deepRequestsAreRefused_data() {
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const QByteArray start = R"({"model":"m","max_tokens":9,"messages":)";
    const QByteArray ask = start +
                           R"([{"role":"user","content":"use a tool"}],"tools":[{"name":"t",)"
                           R"("input_schema":)";
    const auto row = [](const char* tag, const QByteArray& before, const char* after) {
        QTest::newRow(tag) << before << QByteArray(after);
    };
    row("an enum", ask + R"({"required":["a"],"properties":{"a":{"enum":[)", "]}}}}]}");
    row("properties", ask + R"({"required":["a"],"properties":{"a":)", "}}}]}");
    row("required names", ask + R"({"required":)", "}}]}");
    row("a schema", ask, "}]}");
    row("content", start + R"([{"role":"user","content":)", "}]}");
    row("a tool result", start + R"([{"role":"user","content":[{"type":"tool_result","content":)",
        "}]}]}");
    row("messages", start, "}");
    row("something unknown", R"({"model":"m","max_tokens":9,"messages":[{}],"x":)", "}");
    row("the whole request", "", "");
}

void TestSandbox::deepRequestsAreRefused() {
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    constexpr int kLevels = 100000;
    const QByteArray arrays = QByteArray(kLevels, '[') + QByteArray(kLevels, ']');
    const QByteArray objects =
        QByteArray(R"({"a":)").repeated(kLevels) + '1' + QByteArray(kLevels, '}');
    for (const QByteArray& deep : {arrays, objects}) {
        for (const char* path : {"/v1/messages", "/v1/messages/count_tokens"}) {
            const SandboxResponse response =
                sandboxResponse("POST", path, QByteArray(before + deep + after));
            QCOMPARE(response.status, 400);
            QVERIFY(whole(response).contains("nested deeper than 256 levels"));
        }
    }
}

void TestSandbox::equalRequestsGetEqualBytes() {
    const QByteArray request = requestOf(R"("hi")", R"(,"stream":true)");
    const SandboxResponse first = sandboxResponse("POST", "/v1/messages", request);
    const SandboxResponse second = sandboxResponse("POST", "/v1/messages", request);
    QCOMPARE(first.fields, second.fields);
    QCOMPARE(first.pieces.size(), second.pieces.size());
    for (std::size_t i = 0; i < first.pieces.size(); ++i) {
        QCOMPARE(first.pieces[i].bytes, second.pieces[i].bytes);
        QCOMPARE(first.pieces[i].after, second.pieces[i].after);
    }
    const QByteArray other = requestOf(R"("ho")", R"(,"stream":true)");
    QVERIFY(fieldOf(sandboxResponse("POST", "/v1/messages", other), "request-id") !=
            fieldOf(first, "request-id"));
}

void TestSandbox::aStreamHasTheApisForm() {
    const auto response =
        sandboxResponse("POST", "/v1/messages", requestOf(R"("hi")", R"(,"stream":true)"));
    QCOMPARE(response.status, 200);
    QVERIFY(fieldOf(response, "Content-Type").startsWith("text/event-stream"));
    const auto events = eventsOf(response);
    QByteArrayList types;
    QString said;
    for (const SseEvent& event : events) {
        const QJsonObject data = objectOf(event.data);
        QCOMPARE(text(data, "type").toUtf8(), event.type);
        if (event.type == "content_block_delta")
            said += text(data.value(QLatin1String("delta")).toObject(), "text");
        if (types.isEmpty() || types.last() != event.type) types << event.type;
    }
    QCOMPARE(types.join(' '), "message_start content_block_start ping content_block_delta "
                              "content_block_stop message_delta message_stop");
    QVERIFY(said.contains(QLatin1String("sandbox of Sallyport")));
    const QJsonObject message =
        objectOf(events.front().data).value(QLatin1String("message")).toObject();
    QCOMPARE(text(message, "model"), QStringLiteral("claude-opus-5-5"));
    QCOMPARE(text(message, "role"), QStringLiteral("assistant"));
    QVERIFY(text(message, "id").startsWith(QLatin1String("msg_")));
    QVERIFY(message.value(QLatin1String("content")).toArray().isEmpty());
    QVERIFY(message.value(QLatin1String("stop_reason")).isNull());

    MessagesResponseReader reader(true);
    reader.feed(whole(response));
    QVERIFY(reader.sawEnd());
    QVERIFY(whole(response).contains(R"("stop_reason":"end_turn")"));
    QVERIFY(reader.usage().input > 10 && reader.usage().output > 10);
    QCOMPARE(reader.usage().cacheRead, 0);
}

void TestSandbox::aStreamIsPaced() {
    const auto response =
        sandboxResponse("POST", "/v1/messages", requestOf(R"("hi")", R"(,"stream":true)"));
    QVERIFY(response.pieces.size() > 20);
    QCOMPARE(response.pieces.front().after, milliseconds(150));
    for (std::size_t i = 1; i < response.pieces.size(); ++i) {
        QVERIFY(response.pieces[i].after >= milliseconds(15));
        QVERIFY(response.pieces[i].after <= milliseconds(40));
        QVERIFY(response.pieces[i].bytes.endsWith("\n\n"));
    }
}

void TestSandbox::aWholeResponseHasTheApisForm() {
    const QJsonObject message = answered(requestOf(R"("hi")", ""));
    QCOMPARE(text(message, "type"), QStringLiteral("message"));
    QCOMPARE(text(message, "stop_reason"), QStringLiteral("end_turn"));
    QCOMPARE(blocksOf(message).size(), 1);
    const QJsonObject usage = message.value(QLatin1String("usage")).toObject();
    QVERIFY(usage.value(QLatin1String("input_tokens")).toInt() > 10);
    QVERIFY(usage.value(QLatin1String("output_tokens")).toInt() > 10);
}

void TestSandbox::theTextSaysWhatItIs() {
    const QJsonObject message = answered(requestOf(R"("hi")", QByteArray(R"(,"tools":)" + kTools)));
    const QString said = text(blocksOf(message).at(0).toObject(), "text");
    for (const char* part : {"sandbox of Sallyport", "nothing left it", "3 message(s)", "2 tool(s)",
                             "claude-opus-5-5", "routes.yaml"})
        QVERIFY2(said.contains(QLatin1String(part)), part);
}

void TestSandbox::prompts_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("tool");
    const auto row = [](const char* tag, const char* content, const char* tool) {
        QTest::newRow(tag) << QByteArray(content) << QString::fromLatin1(tool);
    };
    row("a tool by its name", R"("sandbox: use tool Read")", "Read");
    row("a tool by its name, before what Claude Code puts behind the prompt",
        R"("sandbox: use tool Read"},{"role":"system","content":"# Environment")", "Read");
    row("a tool by its name in other case", R"("please: Sandbox: use tool bash, now")", "Bash");
    row("any tool is Bash where it is offered", R"("Please use a tool.")", "Bash");
    row("a tool that is not offered", R"("sandbox: use tool Write")", "");
    row("an earlier message does not count", R"("hi")", "");
    row("the last text block counts",
        R"([{"type":"text","text":"hi"},{"type":"text","text":"sandbox: use tool Read"}])", "Read");
    row("an earlier text block does not count",
        R"([{"type":"text","text":"sandbox: use tool Read"},{"type":"text","text":"hi"}])", "");
    row("a reminder behind the prompt is passed over",
        R"([{"type":"text","text":"sandbox: use tool Read"},)"
        R"({"type":"text","text":"<system-reminder>use a tool</system-reminder>"}])",
        "Read");
    row("a reminder alone asks for nothing",
        R"([{"type":"text","text":"\n<system-reminder>use a tool</system-reminder>"}])", "");
    row("content that is neither text nor blocks", "7", "");
}

void TestSandbox::prompts() {
    QFETCH(QByteArray, content);
    QFETCH(QString, tool);
    const QJsonObject message = answered(requestOf(content, QByteArray(R"(,"tools":)" + kTools)));
    const QJsonArray blocks = blocksOf(message);
    QCOMPARE(text(blocks.at(1).toObject(), "name"), tool);
    QCOMPARE(text(message, "stop_reason"),
             tool.isEmpty() ? QStringLiteral("end_turn") : QStringLiteral("tool_use"));
    // The same prompt without tools never calls one.
    QCOMPARE(blocksOf(answered(requestOf(content, ""))).size(), 1);
}

void TestSandbox::aToolCallIsOneTurn() {
    const auto response =
        sandboxResponse("POST", "/v1/messages",
                        requestOf(R"("sandbox: use tool Bash")",
                                  QByteArray(R"(,"stream":true,"tools":)" + kTools)));
    QByteArray input;
    QJsonObject start;
    for (const SseEvent& event : eventsOf(response)) {
        const QJsonObject data = objectOf(event.data);
        if (data.value(QLatin1String("index")).toInt() != 1) continue;
        if (event.type == "content_block_start")
            start = data.value(QLatin1String("content_block")).toObject();
        const QJsonObject delta = data.value(QLatin1String("delta")).toObject();
        if (text(delta, "type") == QLatin1String("input_json_delta"))
            input += text(delta, "partial_json").toUtf8();
    }
    QCOMPARE(text(start, "type"), QStringLiteral("tool_use"));
    QCOMPARE(text(start, "name"), QStringLiteral("Bash"));
    QVERIFY(text(start, "id").startsWith(QLatin1String("toolu_")));
    QVERIFY(start.value(QLatin1String("input")).isObject());
    QVERIFY(start.value(QLatin1String("input")).toObject().isEmpty());
    QCOMPARE(text(objectOf(input), "command"), QStringLiteral("echo sallyport sandbox"));
    QVERIFY(!text(objectOf(input), "description").isEmpty());
    QVERIFY(whole(response).contains(R"("stop_reason":"tool_use")"));
}

void TestSandbox::otherToolsGetWhatTheirSchemaRequires() {
    const QByteArray tools =
        R"([{"name":"mcp__x-y","input_schema":{"type":"object","required":["s","n","b","e","a","o","u"],)"
        R"("properties":{"s":{"type":"string"},"n":{"type":"integer"},"b":{"type":"boolean"},)"
        R"("e":{"type":"string","enum":["one","two"]},"a":{"type":"array"},"o":{"type":"object"},)"
        R"("optional":{"type":"string"}}}}])";
    const QJsonObject message =
        answered(requestOf(R"("use a tool")", QByteArray(R"(,"tools":)" + tools)));
    const QJsonObject call = blocksOf(message).at(1).toObject();
    QCOMPARE(text(call, "name"), QStringLiteral("mcp__x-y"));
    const QByteArray input =
        QJsonDocument(call.value(QLatin1String("input")).toObject()).toJson(QJsonDocument::Compact);
    QCOMPARE(input, R"({"a":[],"b":false,"e":"one","n":1,"o":{},"s":"sallyport sandbox",)"
                    R"("u":"sallyport sandbox"})");
}

void TestSandbox::aToolResultIsQuotedAndEndsTheTurn() {
    for (const char* result : {R"("it worked")", R"([{"type":"text","text":"it worked"}])"}) {
        const QByteArray content = R"([{"type":"tool_result","tool_use_id":"t","content":)" +
                                   QByteArray(result) +
                                   R"(},{"type":"text","text":"sandbox: use tool Bash"}])";
        const QJsonObject message =
            answered(requestOf(content, QByteArray(R"(,"tools":)" + kTools)));
        QCOMPARE(blocksOf(message).size(), 1);
        QVERIFY(text(blocksOf(message).at(0).toObject(), "text")
                    .contains(QLatin1String("\"it worked\"")));
        QCOMPARE(text(message, "stop_reason"), QStringLiteral("end_turn"));
    }
}

void TestSandbox::fewTokensCutTheText() {
    const QByteArray request =
        R"({"model":"m","max_tokens":1,"messages":[{"role":"user","content":"quota"}]})";
    const QJsonObject message = answered(request);
    QCOMPARE(text(message, "stop_reason"), QStringLiteral("max_tokens"));
    const QJsonObject usage = message.value(QLatin1String("usage")).toObject();
    QCOMPARE(usage.value(QLatin1String("output_tokens")).toInt(), 1);
}

void TestSandbox::countingIsAnEstimate() {
    const QByteArray request =
        R"({"model":"m","messages":[{"role":"user","content":"aaaaaaaaaaaaaaaaaaaaaaaaaaaa"}]})";
    const auto response = sandboxResponse("POST", "/v1/messages/count_tokens?beta=true", request);
    QCOMPARE(response.status, 200);
    const QJsonObject body = objectOf(whole(response));
    TokenEstimator estimator;
    estimator.feed(request);
    QCOMPARE(body.value(QLatin1String("input_tokens")).toInt(), int(estimator.tokens()));
}

void TestSandbox::modelsAreListed() {
    const QJsonObject body = objectOf(whole(sandboxResponse("GET", "/v1/models", {})));
    const QJsonArray models = body.value(QLatin1String("data")).toArray();
    QCOMPARE(models.size(), 2);
    QCOMPARE(text(models.at(0).toObject(), "id"), QStringLiteral("claude-opus-5-5"));
    QCOMPARE(text(models.at(1).toObject(), "type"), QStringLiteral("model"));
    QCOMPARE(text(body, "last_id"), text(models.at(1).toObject(), "id"));
}

QTEST_APPLESS_MAIN(TestSandbox)
#include "tst_sandbox.moc"
