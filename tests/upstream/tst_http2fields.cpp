// SPDX-License-Identifier: MIT
#include "core/upstream/http2fields.h"

#include <QTest>

using namespace sallyport;

namespace {

QByteArray textOf(const FieldList& fields) {
    QByteArray out;
    for (const FieldView field : fields)
        out += field.name.toByteArray() + '=' + field.value.toByteArray() + '\n';
    return out;
}

UpstreamTarget target(bool isTls) {
    UpstreamTarget out;
    out.isTls = isTls;
    out.basePath = "/llm";
    out.authority = "gateway.example";
    return out;
}

} // namespace

Q_DECLARE_METATYPE(sallyport::Framing)

class TestHttp2Fields : public QObject {
    Q_OBJECT
private slots:
    void aRequestHasItsPseudoFieldsFirst() {
        UpstreamRequest request;
        request.method = "POST";
        request.target = "/v1/messages?a=b";
        request.fields.append("X-Api-Key", "K");
        request.fields.append("Accept", "*/*");
        request.framing = {BodyKind::Length, 12};
        QCOMPARE(textOf(http2RequestFields(request, target(true))),
                 QByteArray(":method=POST\n:scheme=https\n:authority=gateway.example\n"
                            ":path=/llm/v1/messages?a=b\nx-api-key=K\naccept=*/*\n"
                            "content-length=12\n"));
    }
    void theServerAsAWholeHasNoBasePath() {
        UpstreamRequest request;
        request.method = "OPTIONS";
        request.target = "*";
        request.hostOverride = "other.example";
        QCOMPARE(textOf(http2RequestFields(request, target(false))),
                 QByteArray(":method=OPTIONS\n:scheme=http\n:authority=other.example\n:path=*\n"));
    }
    void connectionFieldsStayHere_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("sent");
        const auto row = [](const char* name, const char* value, const char* sent) {
            const QByteArray tag = QByteArray(name) + ": " + value;
            QTest::newRow(tag.constData())
                << QByteArray(name) << QByteArray(value) << QByteArray(sent);
        };
        row("Connection", "close", "");
        row("Keep-Alive", "timeout=5", "");
        row("Proxy-Connection", "keep-alive", "");
        row("Transfer-Encoding", "chunked", "");
        row("Upgrade", "h2c", "");
        row("HTTP2-Settings", "AAA", "");
        row("Host", "other.example", "");
        row("TE", "gzip", "");
        row("TE", "gzip, trailers", "te=trailers\n");
        row("Expect", "100-continue", "expect=100-continue\n");
    }
    void connectionFieldsStayHere() {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, sent);
        UpstreamRequest request;
        request.method = "GET";
        request.target = "/";
        request.fields.append(name, value);
        QCOMPARE(textOf(http2RequestFields(request, target(true))),
                 ":method=GET\n:scheme=https\n:authority=gateway.example\n:path=/llm/\n" + sent);
    }
    void framingOfResponses_data() {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("length");
        QTest::addColumn<Framing>("framing");
        const auto row = [](const char* tag, const char* method, int status, const char* length) {
            return &(QTest::newRow(tag) << QByteArray(method) << status << QByteArray(length));
        };
        *row("a length", "GET", 200, "9") << Framing{BodyKind::Length, 9};
        *row("no length", "GET", 200, "") << Framing{BodyKind::Chunked, 0};
        *row("the head alone", "HEAD", 200, "9") << Framing{};
        *row("no content", "GET", 204, "") << Framing{};
        *row("not modified", "GET", 304, "9") << Framing{};
    }
    void framingOfResponses() {
        QFETCH(QByteArray, method);
        QFETCH(int, status);
        QFETCH(QByteArray, length);
        QFETCH(Framing, framing);
        ResponseHead head;
        head.status = status;
        if (!length.isEmpty()) head.fields.append("content-length", length);
        const auto is = http2ResponseFraming(head, method);
        QVERIFY(is);
        QCOMPARE(*is, framing);
    }
};

QTEST_GUILESS_MAIN(TestHttp2Fields)
#include "tst_http2fields.moc"
