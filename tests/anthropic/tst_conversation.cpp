// SPDX-License-Identifier: MIT
#include "core/anthropic/conversation.h"

#include <QJsonDocument>
#include <QTest>

using namespace sallyport;

class TestConversation : public QObject {
    Q_OBJECT
private slots:
    void aRequestIsReadInOrder_data();
    void aRequestIsReadInOrder();
    void aResponseIsReadInOrder_data();
    void aResponseIsReadInOrder();
    void aPictureKeepsItsBytes();
    void inputIsReadable_data();
    void inputIsReadable();
};

namespace {

QJsonObject json(const QByteArray& text) { return QJsonDocument::fromJson(text).object(); }

QString wordOf(const ConversationPart& part) {
    switch (part.kind) {
    case ConversationPart::Kind::System: return QStringLiteral("system");
    case ConversationPart::Kind::Tools: return QStringLiteral("tools");
    case ConversationPart::Kind::Text: return QStringLiteral("text");
    case ConversationPart::Kind::Thinking: return QStringLiteral("thinking");
    case ConversationPart::Kind::ToolCall: return QStringLiteral("call");
    case ConversationPart::Kind::ToolResult: return QStringLiteral("result");
    case ConversationPart::Kind::Picture: return QStringLiteral("picture");
    case ConversationPart::Kind::Document: return QStringLiteral("document");
    case ConversationPart::Kind::Error: return QStringLiteral("error");
    case ConversationPart::Kind::Other: return QStringLiteral("other");
    }
    return {};
}

/// `turn role word(title): text`, with `>` where nested, `!` for an error, `*` for a cache end.
QStringList lines(const QVector<ConversationPart>& parts) {
    QStringList out;
    for (const ConversationPart& part : parts) {
        const char role = part.role == ConversationPart::Role::User        ? 'u'
                          : part.role == ConversationPart::Role::Assistant ? 'a'
                                                                           : 's';
        out += QStringLiteral("%1%2%3 %4(%5)%6%7: %8")
                   .arg(part.isNested ? QStringLiteral(">") : QString())
                   .arg(part.turn)
                   .arg(QLatin1Char(role))
                   .arg(wordOf(part), part.title, part.isError ? QStringLiteral("!") : QString(),
                        part.isCacheEnd ? QStringLiteral("*") : QString(),
                        QString(part.text).replace(u'\n', u'|'));
    }
    return out;
}

} // namespace

void TestConversation::aRequestIsReadInOrder_data() {
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QStringList>("parts");
    const auto row = [](const char* tag, const char* request, const QStringList& parts) {
        QTest::newRow(tag) << QByteArray(request) << parts;
    };
    row("nothing", "{}", {});
    row("a text of one string", R"({"messages":[{"role":"user","content":"hello"}]})",
        {QStringLiteral("0u text(): hello")});
    row("system and tools stand before the messages",
        R"({"messages":[{"role":"user","content":"x"}],"system":[{"type":"text","text":"be kind",
            "cache_control":{"type":"ephemeral"}}],
            "tools":[{"name":"Bash","description":"Runs it.\nLong."},{"name":"Read"}]})",
        {QStringLiteral("-1s system()*: be kind"),
         QStringLiteral("-1s tools(2): Bash – Runs it.|Read"), QStringLiteral("0u text(): x")});
    row("a result stands after its call, though it comes in the next message",
        R"({"messages":[{"role":"assistant","content":[{"type":"thinking","thinking":"hm"},
            {"type":"tool_use","id":"t1","name":"Bash","input":{"command":"ls"}},
            {"type":"tool_use","id":"t2","name":"Read","input":{"path":"a"}}]},
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"t2","is_error":true,
            "content":"no such file"},{"type":"tool_result","tool_use_id":"t1",
            "content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},
            {"type":"text","text":"go on"}]}]})",
        {QStringLiteral("0a thinking(): hm"), QStringLiteral("0a call(Bash): command: ls"),
         QStringLiteral(">0a result(): a|b"), QStringLiteral("0a call(Read): path: a"),
         QStringLiteral(">0a result()!: no such file"), QStringLiteral("1u text(): go on")});
    row("a result without its call stands where it came",
        R"({"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t9",
            "content":"late"}]}]})",
        {QStringLiteral("0u result(): late")});
    row("a picture in a result follows it",
        R"({"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"See",
            "input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1",
            "content":[{"type":"image","source":{"type":"base64","media_type":"image/png",
            "data":"iVBORw0K"}}]}]}]})",
        {QStringLiteral("0a call(See): "), QStringLiteral(">0a result(): "),
         QStringLiteral(">0a picture(image/png): ")});
    row("documents as text and as bytes",
        R"({"messages":[{"role":"user","content":[{"type":"document","title":"Plan",
            "source":{"type":"text","media_type":"text/plain","data":"one"}},{"type":"document",
            "source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0x"}}]}]})",
        {QStringLiteral("0u document(Plan): one"),
         QStringLiteral("0u document(application/pdf): ")});
    row("a block that is not known is its JSON",
        R"({"messages":[{"role":"user","content":[{"type":"hologram","depth":3}]}]})",
        {QStringLiteral(R"(0u other(hologram): {"depth":3,"type":"hologram"})")});
    row("what is no content is passed over",
        R"({"messages":[{"role":"user","content":7},5,{"role":"assistant"}],"tools":[],"system":1})",
        {});
}

void TestConversation::aRequestIsReadInOrder() {
    QFETCH(QByteArray, request);
    QTEST(lines(requestParts(json(request))), "parts");
}

void TestConversation::aResponseIsReadInOrder_data() {
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<QStringList>("parts");
    const auto row = [](const char* tag, const char* message, const char* error,
                        const QStringList& parts) {
        QTest::newRow(tag) << QByteArray(message) << QByteArray(error) << parts;
    };
    row("nothing came", "{}", "{}", {});
    row("an error alone", "{}", R"({"type":"overloaded_error","message":"Overloaded"})",
        {QStringLiteral("4a error(overloaded_error)!: Overloaded")});
    row("an error in mid-stream follows what came",
        R"({"content":[{"type":"text","text":"half a se"}]})", R"({"message":"gone"})",
        {QStringLiteral("4a text(): half a se"), QStringLiteral("4a error()!: gone")});
    row("a server tool has its result beside it",
        R"({"content":[{"type":"server_tool_use","id":"s1","name":"web_search",
            "input":{"query":"qt"}},{"type":"web_search_tool_result","tool_use_id":"s1",
            "content":[{"type":"web_search_result","title":"Qt","url":"https://qt.io"}]}]})",
        "{}",
        {QStringLiteral("4a call(web_search): query: qt"),
         QStringLiteral(">4a result(): Qt – https://qt.io")});
    row("a server tool that failed",
        R"({"content":[{"type":"server_tool_use","id":"s1","name":"web_search","input":{}},
            {"type":"web_search_tool_result","tool_use_id":"s1",
            "content":{"type":"web_search_tool_result_error","error_code":"max_uses_exceeded"}}]})",
        "{}",
        {QStringLiteral("4a call(web_search): "),
         QStringLiteral(">4a result()!: error_code: max_uses_exceeded|type: "
                        "web_search_tool_result_error")});
    row("citations stand below their text",
        R"({"content":[{"type":"text","text":"It is so.","citations":[{"cited_text":"so\nit is",
            "document_title":"Book"},{"cited_text":"x","title":"T","url":"https://t"}]}]})",
        "{}",
        {QStringLiteral("4a text(): It is so.|[1] “so it is” – Book|[2] “x” – T, https://t")});
    row("thinking that is withheld", R"({"content":[{"type":"redacted_thinking","data":"abcd"}]})",
        "{}", {QStringLiteral("4a thinking(redacted_thinking): ")});
}

void TestConversation::aResponseIsReadInOrder() {
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, error);
    QTEST(lines(responseParts(json(message), json(error), 4)), "parts");
}

void TestConversation::aPictureKeepsItsBytes() {
    const auto parts = requestParts(json(R"({"messages":[{"role":"user","content":[{"type":"image",
        "source":{"type":"base64","media_type":"image/png","data":"iVBORw0K"}}]}]})"));
    QCOMPARE(parts.size(), 1);
    QCOMPARE(parts.first().base64, QByteArray("iVBORw0K"));
    QCOMPARE(parts.first().hiddenBytes, 6);
}

void TestConversation::inputIsReadable_data() {
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QString>("text");
    QTest::newRow("texts, numbers, lists") << QByteArray(R"({"a":"x","b":3,"c":[1,"y"],"d":null})")
                                           << QStringLiteral("a: x\nb: 3\nc: [1,\"y\"]\nd: null");
    QTest::newRow("a text of several lines stands below its name")
        << QByteArray(R"({"content":"one\ntwo"})") << QStringLiteral("content:\none\ntwo");
    QTest::newRow("nothing") << QByteArray("{}") << QString();
}

void TestConversation::inputIsReadable() {
    QFETCH(QByteArray, input);
    QTEST(toolInputText(json(input)), "text");
}

QTEST_APPLESS_MAIN(TestConversation)
#include "tst_conversation.moc"
