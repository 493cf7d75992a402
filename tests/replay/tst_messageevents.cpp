// SPDX-License-Identifier: MIT
#include "core/replay/messageevents.h"

#include "core/anthropic/messagebuilder.h"

#include <QJsonDocument>
#include <QTest>

using namespace sallyport;

class TestMessageEvents : public QObject {
    Q_OBJECT
private slots:
    /// What builds a message of a stream has to find the same one again.
    void comesTogetherAgain_data() {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<int>("wanted");
        QTest::addColumn<int>("events");
        const QByteArray usage = R"("usage":{"input_tokens":5,"output_tokens":9})";
        const auto row = [&](const char* tag, const QByteArray& content, int wanted, int events) {
            QTest::newRow(tag) << QByteArray(R"({"id":"m","type":"message","role":"assistant",)"
                                             R"("model":"x","stop_reason":"end_turn",)"
                                             R"("stop_sequence":null,)" +
                                             usage + R"(,"content":[)" + content + "]}")
                               << wanted << events;
        };
        row("no block", "", 3, 3);
        row("a text", R"({"type":"text","text":"hello world"})", 0, 6);
        row("a text in as many deltas as there were", R"({"type":"text","text":"hello world!"})", 9,
            9);
        row("an empty text", R"({"type":"text","text":""})", 9, 5);
        row("letters outside the plane", R"({"type":"text","text":"a😀b😀c😀"})", 8, 8);
        row("a tool call", R"({"type":"tool_use","id":"t","name":"Bash","input":{"a":[1,"b"]}})", 7,
            7);
        row("thinking with its signature",
            R"({"type":"thinking","thinking":"hm","signature":"abc"},{"type":"text","text":"x"})",
            0, 10);
        row("a block of a type to come", R"({"type":"later","of":{"a":1}})", 0, 5);
    }
    void comesTogetherAgain() {
        QFETCH(const QByteArray, message);
        QFETCH(const int, wanted);
        MessageBuilder builder(true);
        const auto events =
            messageEvents(nlohmann::json::parse(message.toStdString()), std::size_t(wanted));
        for (const QByteArray& event : events)
            builder.feed(event);
        QVERIFY(builder.isWhole());
        QCOMPARE(QJsonDocument(builder.message()).toJson(),
                 QJsonDocument(QJsonDocument::fromJson(message).object()).toJson());
        QTEST(static_cast<int>(events.size()), "events");
    }
};

QTEST_APPLESS_MAIN(TestMessageEvents)
#include "tst_messageevents.moc"
