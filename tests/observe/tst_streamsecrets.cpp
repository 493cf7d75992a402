// SPDX-License-Identifier: MIT
#include "core/observe/streamsecrets.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace sallyport;

namespace {

QByteArray delta(const char* member, const QByteArray& literal) {
    return QByteArray("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",") +
           "\"index\":0,\"delta\":{\"type\":\"x\",\"" + member + "\":\"" + literal + "\"}}\n\n";
}

QByteArray texts(const QByteArrayList& literals) {
    QByteArray out;
    for (const QByteArray& literal : literals)
        out += delta("text", literal);
    return out;
}

/// What a reader of the stream puts together.
QString saidIn(const QByteArray& stream) {
    QString out;
    for (const QByteArray& line : stream.split('\n')) {
        if (!line.startsWith("data:")) continue;
        const auto event = QJsonDocument::fromJson(line.sliced(5).trimmed()).object();
        for (const QJsonValue part : event.value(QLatin1String("delta")).toObject())
            out += part.toString();
    }
    return out;
}

const QString kRest = QStringLiteral("PLANTED");

} // namespace

class TestStreamSecrets : public QObject {
    Q_OBJECT
private slots:
    void aSplitSecretIsTakenOut_data();
    void aSplitSecretIsTakenOut();
    void allElseStays_data();
    void allElseStays();
};

void TestStreamSecrets::aSplitSecretIsTakenOut_data() {
    QTest::addColumn<QByteArray>("stream");
    QTest::newRow("the prefix in one delta, the rest in the next")
        << texts({"my key: sk-ant-", "PLANTED-0123456789"});
    QTest::newRow("over many") << texts({"sk", "-a", "nt-", "PLAN", "TED", "-0123456789", " end"});
    QTest::newRow("with other events between")
        << texts({"sk-ant-"}) + "event: ping\ndata: {\"type\": \"ping\"}\n\n: comment\n\n" +
               texts({"PLANTED-0123456789"});
    QTest::newRow("written with an escape") << texts({"sk-\\u0061nt-", "PLANTED-0123456789"});
    QTest::newRow("in what a tool is given")
        << delta("partial_json", R"({\"api_key\": \"PLA)") + delta("partial_json", R"(NTED1\"})");
    QTest::newRow("in what is thought")
        << delta("thinking", "Bearer ") + delta("thinking", "PLANTED-0123456789");
    QTest::newRow("the value of a member in a delta of its own")
        << delta("partial_json", R"({\"api_key\": \")") + delta("partial_json", R"(PLANTED1\"})");
    QTest::newRow("events with CRLF")
        << texts({"sk-ant-", "PLANTED-0123456789"}).replace("\n", "\r\n");
    QTest::newRow("the JSON on two lines of data")
        << texts({"sk-ant-", "PLANTED-0123456789"}).replace(",\"delta\"", ",\ndata: \"delta\"");
    QTest::newRow("beside a text that has the name of the event that ends a block")
        << texts({"content_block_stop sk-ant-", "PLANTED-0123456789"});
    QTest::newRow("with another block between")
        << texts({"sk-ant-"}) + texts({"x y"}).replace("\"index\":0", "\"index\":1") +
               texts({"PLANTED-0123456789"});
    QTest::newRow("after the end of another block")
        << texts({"sk-ant-"}) + "data: {\"type\":\"content_block_stop\",\"index\":1}\n\n" +
               texts({"PLANTED-0123456789"});
    QTest::newRow("after a byte order mark")
        << "\xEF\xBB\xBF" + texts({"sk-ant-", "PLANTED-0123456789"}).sliced(27);
    QTest::newRow("the last event without its end")
        << texts({"sk-ant-", "PLANTED-0123456789"}).chopped(2);
}

void TestStreamSecrets::aSplitSecretIsTakenOut() {
    QFETCH(QByteArray, stream);
    const QByteArray out = withoutSplitSecrets(stream);
    QVERIFY2(out.contains("redacted"), out.constData());
    QVERIFY2(!saidIn(out).contains(kRest), out.constData());
    QVERIFY2(!out.contains("PLANTED"), out.constData());
    QCOMPARE(out.count("data:"), stream.count("data:"));
}

void TestStreamSecrets::allElseStays_data() {
    QTest::addColumn<QByteArray>("stream");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("words") << texts({"a task-", "force of", " words"});
    QTest::newRow("a secret in one delta, which is masked where it stands")
        << texts({"one ", "sk-ant-PLANTED-0123456789 ", "two"});
    QTest::newRow("two blocks of which the texts only stand side by side")
        << texts({"sk-"}) +
               "event: content_block_stop\ndata: {\"type\":\"content_block_stop\"}\n\n" +
               texts({"plain-words-of-another-block"});
    QTest::newRow("two blocks at the same time, of which the texts only come one after the other")
        << texts({"sk-"}) +
               texts({"plain-words-of-another-block"}).replace("\"index\":0", "\"index\":1");
    QTest::newRow("no events at all") << QByteArray("{\"text\":\"sk-ant-\"}");
}

void TestStreamSecrets::allElseStays() {
    QFETCH(QByteArray, stream);
    QCOMPARE(withoutSplitSecrets(stream), stream);
}

QTEST_APPLESS_MAIN(TestStreamSecrets)
#include "tst_streamsecrets.moc"
