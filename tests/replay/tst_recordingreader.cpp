// SPDX-License-Identifier: MIT
#include "core/replay/harreader.h"
#include "core/replay/recordedlog.h"
#include "core/replay/recordingreader.h"

#include <QTest>

using namespace sallyport;

namespace {

QByteArray archive(const QByteArray& entries) {
    return "{\"log\":{\"version\":\"1.2\",\"entries\":[\n" + entries + "\n]}}\n";
}

/// `place METHOD target status fields ms:piece|… end-ms failure`, to be read in a table.
QString shown(const RecordedExchange& exchange) {
    const auto ms = [](std::chrono::microseconds at) {
        return QString::number(std::chrono::duration_cast<std::chrono::milliseconds>(at).count());
    };
    QStringList parts;
    for (const RecordedPiece& piece : exchange.pieces)
        parts << ms(piece.at) + u':' + QString::fromUtf8(piece.bytes).trimmed();
    QStringList fields;
    for (const FieldView field : exchange.fields)
        fields << QString::fromUtf8(
            QByteArray(field.name.toByteArray() + '=' + field.value.toByteArray()));
    return QStringList{QString::fromUtf8(exchange.place),
                       QString::fromUtf8(exchange.method),
                       QString::fromUtf8(exchange.target),
                       QString::number(exchange.status),
                       fields.join(u','),
                       ms(exchange.headAt),
                       parts.join(u'|'),
                       ms(exchange.endAt),
                       exchange.failure}
        .join(u' ');
}

} // namespace

class TestRecordingReader : public QObject {
    Q_OBJECT
private slots:
    void reads_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("first");
        const auto row = [](const char* tag, const QByteArray& file, const char* first) {
            QTest::newRow(tag) << file << QString::fromUtf8(first);
        };
        const QByteArray times =
            R"("times_us":{"request_sent":1000,"first_byte":51000,"ended":201000})";
        row("pieces with their moments",
            R"({"method":"POST","path":"/v1/messages","status":200,)" + times +
                R"(,"response":{"reason":"OK","headers":[["X-A","b"]],"pieces":[)"
                R"({"at_us":51000,"text":"one"},{"at_us":151000,"base64":"dHdv"}]}})",
            "line 1 POST /v1/messages 200 X-A=b 50 50:one|150:two 200 ");
        row("a stream that broke",
            R"({"method":"GET","path":"/a","status":200,"end":"truncated",)" + times +
                R"(,"response":{"pieces":[{"at_us":51000,"text":"one"}]}})",
            "line 1 GET /a 200  50 50:one 200 as it was recorded: truncated");
        row("contents that were cut",
            R"({"method":"GET","path":"/a","status":200,"response":{"cut":true,"pieces":[]}})",
            "line 1 GET /a 200  0  0 the recording was cut at capture.max_body");
        row("a message without contents",
            R"({"method":"POST","path":"/m","status":200,)" + times +
                R"(,"message":{"type":"message"}})",
            "line 1 POST /m 200 Content-Type=application/json 50 200:{\"type\":\"message\"} 200 ");
        row("an error without contents",
            R"({"method":"POST","path":"/m","status":529,"error":"Overloaded"})",
            "line 1 POST /m 529 Content-Type=application/json 0 "
            "0:{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"Overloaded\"}} "
            "0 ");
        row("what cannot be served is passed over",
            "{\"method\":\"CONNECT\",\"path\":\"/\",\"role\":\"tunnel\",\"status\":200}\n\n"
            "{\"method\":\"GET\",\"path\":\"/a\",\"status\":0}\n"
            "{\"method\":\"GET\",\"path\":\"/b\",\"status\":200,\"response\":{}}\n",
            "line 4 GET /b 200  0  0 ");
        row("a header that could make another one is left out",
            R"({"method":"GET","path":"/a","status":200,"response":{"headers":)"
            R"([["X-A","b\r\nX-B: c"],["X A","b"],["X-C"],["X-D","e"]]}})",
            "line 1 GET /a 200 X-D=e 0  0 ");
        row("times that make no sense are none",
            R"({"method":"GET","path":"/a","status":200,"times_us":{"first_byte":-5,"ended":"x"},)"
            R"("response":{"pieces":[{"at_us":-1,"text":"a"}]}})",
            "line 1 GET /a 200  0 0:a 0 ");
        row("an archive",
            archive(R"({"request":{"method":"GET","url":"https://h/v1/models?x=1#f"},"response":)"
                    R"({"status":200,"statusText":"OK","headers":[{"name":"Content-Encoding",)"
                    R"("value":"gzip"},{"name":":status","value":"200"},{"name":"X-A","value":"b"})"
                    R"(],"content":{"text":"hi"}},"timings":{"wait":50,"receive":100}})"),
            "entry 1 GET /v1/models?x=1 200 X-A=b 50 150:hi 150 ");
        row("a stream of an archive, event by event",
            archive(R"({"request":{"method":"POST","url":"http://h"},"response":{"status":200,)"
                    R"("headers":[{"name":"Content-Type","value":"text/event-stream"}],)"
                    R"("content":{"text":"data: a\n\ndata: b\r\n\r\ndata: c\n\n"}},)"
                    R"("timings":{"wait":10,"receive":100,"blocked":-1}})"),
            "entry 1 POST / 200 Content-Type=text/event-stream 10 10:data: a|60:data: b|110:data: "
            "c 110 ");
        row("bytes of an archive",
            archive(R"({"request":{"method":"GET","url":"http://h/"},"response":{"status":200,)"
                    R"("content":{"text":"aGk=","encoding":"base64"}}})"),
            "entry 1 GET / 200  0 0:hi 0 ");
    }
    void reads() {
        QFETCH(const QByteArray, file);
        const auto recording = readRecording(file);
        QVERIFY2(recording.isOk(), recording.isOk() ? "" : qPrintable(recording.error().message));
        QTEST(shown(recording->front()), "first");
    }
    void aStreamIsMadeOfItsMessage() {
        const auto recording = readRecording(
            R"({"method":"POST","path":"/m","status":200,"event_stream":true,"events":7,)"
            R"("times_us":{"first_byte":1000,"ended":7000},)"
            R"("message":{"type":"message","content":[{"type":"text","text":"ab"}]}})");
        QVERIFY(recording.isOk());
        const auto& pieces = recording->front().pieces;
        QCOMPARE(pieces.size(), 7U);
        QVERIFY(pieces.front().bytes.startsWith("event: message_start\n"));
        QCOMPARE(pieces[3].at, std::chrono::microseconds(4000));
        QVERIFY(pieces.back().bytes.startsWith("event: message_stop\n"));
    }
    void refuses_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* tag, const QByteArray& file, const char* reason) {
            QTest::newRow(tag) << file << QString::fromUtf8(reason);
        };
        const QByteArray good = R"({"method":"GET","path":"/a","status":200,"response":{}})"
                                "\n";
        row("nothing", " \n", "the file is empty; write it with");
        row("a line that is no JSON", good + "{\"method\":\n", "line 2: no JSON; write it with");
        row("a line that is no exchange", good + "{\"a\":1}\n",
            "line 2 has no \"method\" and \"path\"; write it with");
        row("a line that is no object", good + "[1]\n", "line 2 is no JSON object; ");
        row("another file", "hello\nworld\n", "no JSON at line 1, column ");
        row("an archive that is cut", "{\"log\":{\n\"entries\":[\n{\"request\"",
            "no JSON at line 3, column ");
        row("JSON without a log", "{\n\"a\":1}\n", "neither JSON lines of Sallyport nor an HTTP");
        row("an entry without a response", archive(R"({"request":{}})"),
            "entry 1 has no \"request\" and \"response\"; ");
        row("an entry without a method", archive(R"({"request":{"url":"/"},"response":{}})"),
            "entry 1 has no \"method\" and \"url\" in its request; ");
        row("only what was not kept", R"({"method":"GET","path":"/a","status":200})",
            "no exchange in it has a response that was kept; write it with \"sallyport log --json "
            "--contents\"");
        row("nested too deep", QByteArray(300, '['), "JSON nested deeper than 256 levels");
        row("more than it may have", good.repeated(10'001),
            "line 10001: more than 10000 exchanges; keep those that are needed");
    }
    void refuses() {
        QFETCH(const QByteArray, file);
        QFETCH(const QString, reason);
        const auto recording = readRecording(file);
        QVERIFY(!recording.isOk());
        QVERIFY2(recording.error().message.contains(reason), qPrintable(recording.error().message));
    }
};

QTEST_APPLESS_MAIN(TestRecordingReader)
#include "tst_recordingreader.moc"
