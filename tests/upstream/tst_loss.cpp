// SPDX-License-Identifier: MIT
#include "core/upstream/loss.h"
#include "core/upstream/transport.h"

#include <QTest>

using namespace sallyport;

class TestLoss : public QObject {
    Q_OBJECT

private slots:
    void decides_data() {
        QTest::addColumn<Loss>("loss");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<bool>("hasContent");
        QTest::addColumn<bool>("mayBeRepeated");
        QTest::newRow("a POST that was not processed, content kept")
            << Loss::NotProcessed << QByteArray("POST") << true << true;
        QTest::newRow("a POST that was not processed, content gone")
            << Loss::NotProcessed << QByteArray("POST") << false << false;
        QTest::newRow("a GET that was not processed, content gone")
            << Loss::NotProcessed << QByteArray("GET") << false << false;
        QTest::newRow("a POST without a response")
            << Loss::BeforeResponse << QByteArray("POST") << true << false;
        QTest::newRow("a GET without a response")
            << Loss::BeforeResponse << QByteArray("GET") << true << true;
        QTest::newRow("a DELETE without a response")
            << Loss::BeforeResponse << QByteArray("DELETE") << true << false;
        QTest::newRow("a GET in the middle of a response")
            << Loss::Otherwise << QByteArray("GET") << true << false;
    }
    void decides() {
        QFETCH(const Loss, loss);
        QFETCH(const QByteArray, method);
        QFETCH(const bool, hasContent);
        UpstreamRequest request;
        request.method = method;
        if (method == "POST") request.framing = {BodyKind::Length, 3};
        QTEST(mayBeRepeatedAfter(loss, request, hasContent), "mayBeRepeated");
    }
};

QTEST_APPLESS_MAIN(TestLoss)
#include "tst_loss.moc"
