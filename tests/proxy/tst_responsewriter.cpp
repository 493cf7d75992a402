// SPDX-License-Identifier: MIT
#include "core/proxy/interception.h"
#include "core/proxy/responsewriter.h"

#include <QTest>

using namespace sallyport;

namespace {

/// Keeps what is sent, one entry for each call.
struct Client final : Downstream {
    void sendDownstream(QByteArrayView first, QByteArrayView second) override {
        sent << first.toByteArray() + second.toByteArray();
    }
    [[nodiscard]] QByteArray& outputBuffer() override { return output; }
    [[nodiscard]] bool isDownstreamCongested() const override { return false; }
    void holdUpload(bool) override {}
    void exchangeOver(After) override {}
    void handOver(StreamPtr, QByteArray, std::unique_ptr<ExchangeRecorder>) override {}
    void handOverToInterception(InterceptionRequest) override {}
    void connectedToSelf() override {}
    void handOverToEvents(QByteArray, std::unique_ptr<ExchangeRecorder>) override {}

    QByteArrayList sent;
    QByteArray output;
};

ResponseHead headOf(int status) {
    ResponseHead out;
    out.status = status;
    out.reason = "R";
    return out;
}

} // namespace

Q_DECLARE_METATYPE(DownstreamFraming)

class TestResponseWriter : public QObject {
    Q_OBJECT
private slots:
    void framesContent_data() {
        QTest::addColumn<DownstreamFraming>("framing");
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("none") << DownstreamFraming::None << QByteArray();
        QTest::newRow("a length") << DownstreamFraming::Length << QByteArray("abcde");
        QTest::newRow("until the end") << DownstreamFraming::UntilClose << QByteArray("abcde");
        QTest::newRow("chunks, none of them empty")
            << DownstreamFraming::Chunked << QByteArray("3\r\nabc\r\n2\r\nde\r\n");
    }
    void framesContent() {
        QFETCH(const DownstreamFraming, framing);
        QFETCH(const QByteArray, content);
        Client client;
        Downstream& port = client;
        ResponseWriter writer(port);
        writer.head(headOf(200), {}, framing);
        for (const char* piece : {"abc", "", "de"})
            writer.content(piece);
        QVERIFY(client.sent.isEmpty());
        writer.flush();
        QCOMPARE(client.sent, QByteArrayList{"HTTP/1.1 200 R\r\n\r\n" + content});
        writer.flush();
        QCOMPARE(client.sent.size(), 1);
    }

    void whatIsLargeGoesAtOnce() {
        Client client;
        Downstream& port = client;
        ResponseWriter writer(port);
        writer.head(headOf(200), {}, DownstreamFraming::Chunked);
        const QByteArray large(ResponseWriter::kCopiedBytes + 1, 'x');
        writer.content(large);
        QCOMPARE(client.sent, QByteArrayList{"HTTP/1.1 200 R\r\n\r\n4001\r\n" + large});
        FieldList trailers;
        trailers.append("X-Sum", "1");
        writer.lastChunk(trailers);
        writer.flush();
        QCOMPARE(client.sent.last(), "\r\n0\r\nX-Sum: 1\r\n\r\n");
    }

    void interimResponsesLoseHopByHopFields() {
        Client client;
        Downstream& port = client;
        ResponseWriter writer(port);
        ResponseHead head = headOf(103);
        head.fields.append("Link", "</a>");
        head.fields.append("Connection", "close");
        writer.interim(head);
        writer.flush();
        QCOMPARE(client.sent, QByteArrayList{"HTTP/1.1 103 R\r\nLink: </a>\r\n\r\n"});
    }
};

QTEST_APPLESS_MAIN(TestResponseWriter)
#include "tst_responsewriter.moc"
