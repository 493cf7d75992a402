// SPDX-License-Identifier: MIT
#include "core/anthropic/modelecho.h"

#include <QTest>

using namespace sallyport;

namespace {

QByteArray echo(const QByteArray& content, bool isEventStream, qsizetype piece) {
    ModelEcho echo("claude-opus-5-5", isEventStream);
    QByteArray out;
    for (qsizetype at = 0; at < content.size(); at += piece)
        out += echo.feed(QByteArrayView(content).sliced(at, std::min(piece, content.size() - at)));
    return out + echo.finish();
}

} // namespace

class TestModelEcho : public QObject {
    Q_OBJECT
private slots:
    void contents_data() {
        QTest::addColumn<bool>("isEventStream");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("echoed");
        const auto row = [](const char* tag, bool isStream, const QByteArray& content,
                            const QByteArray& echoed) {
            QTest::newRow(tag) << isStream << content << echoed;
        };
        const auto stays = [&](const char* tag, bool isStream, const QByteArray& content) {
            row(tag, isStream, content, content);
        };
        row("a message", false, R"({"id":"msg_1","type":"message","model":"corp", "x":[1]})",
            R"({"id":"msg_1","type":"message","model":"claude-opus-5-5", "x":[1]})");
        row("a second model is left as it is", false, R"({"model":"corp","model":"b"})",
            R"({"model":"claude-opus-5-5","model":"b"})");
        stays("a first model that is no string", false, R"({"model":1,"model":"b"})");
        row("what is no JSON after the model", false, R"({"model":"corp","model":"b"A})",
            R"({"model":"claude-opus-5-5","model":"b"A})");
        stays("an error", false, R"({"type":"error","error":{"model":"corp"}})");
        stays("a list of models", false, R"([{"model":"corp"}])");
        stays("text", false, "model: corp");
        stays("a body with its model after 64 KiB", false,
              R"({"a":")" + QByteArray(70'000, 'x') + R"(","model":"corp"})");
        const QByteArray rest = "\n\nevent: ping\ndata: {\"type\":\"ping\"}\n\n"
                                "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
        row("a stream", true,
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":"
            "{\"id\":\"1\",\"model\":\"corp\",\"usage\":{}}}" +
                rest,
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":"
            "{\"id\":\"1\",\"model\":\"claude-opus-5-5\",\"usage\":{}}}" +
                rest);
        row("after a ping, with CRLF and no blank", true,
            ": hi\r\ndata:{\"type\":\"ping\"}\r\n\r\n"
            "data:{\"type\":\"message_start\",\"message\":{\"model\":\"c\"}}\r\n\r\n",
            ": hi\r\ndata:{\"type\":\"ping\"}\r\n\r\n"
            "data:{\"type\":\"message_start\",\"message\":{\"model\":\"claude-opus-5-5\"}}"
            "\r\n\r\n");
        row("only the first message_start", true,
            "data: {\"type\":\"message_start\",\"message\":{\"model\":\"c\"}}\n\n"
            "data: {\"type\":\"message_start\",\"message\":{\"model\":\"c\"}}\n\n",
            "data: {\"type\":\"message_start\",\"message\":{\"model\":\"claude-opus-5-5\"}}\n\n"
            "data: {\"type\":\"message_start\",\"message\":{\"model\":\"c\"}}\n\n");
        stays("a model in text of the stream", true,
              "data: {\"type\":\"content_block_delta\",\"message\":{\"model\":\"c\"}}\n\n");
        stays("a stream that ends in mid-line", true,
              "event: message_start\ndata: {\"type\":\"mes");
        stays("a line of more than 64 KiB", true,
              "data: {\"type\":\"message_start\",\"x\":\"" + QByteArray(200'000, 'x') +
                  "\",\"message\":{\"model\":\"c\"}}\n\n");
        stays("message_start after 64 lines", true,
              QByteArray(": \n").repeated(64) +
                  "data: {\"type\":\"message_start\",\"message\":{\"model\":\"c\"}}\n\n");
        stays("nothing", true, "");
    }
    void contents() {
        QFETCH(const bool, isEventStream);
        QFETCH(const QByteArray, content);
        QFETCH(const QByteArray, echoed);
        for (const qsizetype piece :
             {qsizetype{1}, qsizetype{13}, qsizetype{1000}, qsizetype{1'000'000}})
            QCOMPARE(echo(content, isEventStream, piece), echoed);
    }

    void whatIsWholePassesAtOnce() {
        ModelEcho echo("m", true);
        QCOMPARE(echo.feed("event: ping\nda"), QByteArrayView("event: ping\n"));
        QCOMPARE(echo.feed("ta: {\"type\":\"message_start\"}\n"),
                 QByteArrayView("data: {\"type\":\"message_start\"}\n"));
        QCOMPARE(echo.feed("dat"), QByteArrayView("dat"));
    }
};

QTEST_GUILESS_MAIN(TestModelEcho)
#include "tst_modelecho.moc"
