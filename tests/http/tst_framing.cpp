// SPDX-License-Identifier: MIT
#include "core/http/framing.h"
#include "core/http/head.h"

#include <QtTest>

using namespace sallyport;

class TestFraming : public QObject {
    Q_OBJECT

private slots:
    void knowsWhatPersists_data();
    void knowsWhatPersists();
    void framesRequests();
    void framesResponsesByTheirRequest_data();
    void framesResponsesByTheirRequest();
};

void TestFraming::knowsWhatPersists_data() {
    QTest::addColumn<int>("minor");
    QTest::addColumn<QByteArray>("connection");
    QTest::addColumn<bool>("isPersistent");
    const auto row = [](const char* tag, int minor, const char* connection, bool isPersistent) {
        QTest::newRow(tag) << minor << QByteArray(connection) << isPersistent;
    };
    row("1.1 stays open", 1, "", true);
    row("1.1 with close", 1, "close", false);
    row("1.1 with close in another case", 1, "x, CLOSE", false);
    row("1.1 with a word that starts alike", 1, "closed", true);
    row("1.0 closes", 0, "", false);
    row("1.0 with keep-alive", 0, "Keep-Alive", true);
    row("1.0 with both", 0, "keep-alive, close", false);
}

void TestFraming::knowsWhatPersists() {
    QFETCH(int, minor);
    QFETCH(QByteArray, connection);
    QFETCH(bool, isPersistent);
    FieldList fields;
    if (!connection.isEmpty()) fields.append("Connection", connection);
    QCOMPARE(sallyport::isPersistent({minor}, fields), isPersistent);
}

void TestFraming::framesRequests() {
    FieldList fields;
    QVERIFY(*requestFraming({1}, fields) == Framing{});
    fields.append("content-length", "9223372036854775807");
    const Framing most{BodyKind::Length, 9223372036854775807ULL};
    QVERIFY(*requestFraming({1}, fields) == most);
    QVERIFY(*requestFraming({0}, fields) == most);
    fields.append("Transfer-Encoding", "chunked");
    QCOMPARE(requestFraming({1}, fields).error().kind, ParseErrorKind::LengthAndEncoding);
    fields.removeAll("content-length");
    const Framing chunked{BodyKind::Chunked, 0};
    QVERIFY(*requestFraming({1}, fields) == chunked);
}

void TestFraming::framesResponsesByTheirRequest_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<bool>("hasContent");
    const auto row = [](const char* tag, int status, const char* method, bool hasContent) {
        QTest::newRow(tag) << status << QByteArray(method) << hasContent;
    };
    row("200 to GET", 200, "GET", true);
    row("200 to HEAD", 200, "HEAD", false);
    row("200 to head, which is another method", 200, "head", true);
    row("404 to HEAD", 404, "HEAD", false);
    row("204", 204, "GET", false);
    row("205", 205, "GET", true);
    row("304", 304, "GET", false);
    row("100", 100, "GET", false);
    row("101", 101, "GET", false);
    row("200 to CONNECT", 200, "CONNECT", false);
    row("299 to CONNECT", 299, "CONNECT", false);
    row("300 to CONNECT", 300, "CONNECT", true);
}

void TestFraming::framesResponsesByTheirRequest() {
    QFETCH(int, status);
    QFETCH(QByteArray, method);
    QFETCH(bool, hasContent);
    ResponseHead head;
    head.status = status;
    QCOMPARE(responseFraming(head, method)->kind,
             hasContent ? BodyKind::UntilClose : BodyKind::None);
    head.fields.append("Content-Length", "5");
    QCOMPARE(responseFraming(head, method)->kind, hasContent ? BodyKind::Length : BodyKind::None);
    head.fields.removeAll("Content-Length");
    head.fields.append("Transfer-Encoding", "chunked");
    QCOMPARE(responseFraming(head, method)->kind, hasContent ? BodyKind::Chunked : BodyKind::None);
}

QTEST_GUILESS_MAIN(TestFraming)
#include "tst_framing.moc"
