// SPDX-License-Identifier: MIT
#include "core/anthropic/messagespath.h"

#include <QTest>

using namespace sallyport;

class TestMessagesPath : public QObject {
    Q_OBJECT
private slots:
    void pathsAreToldApart_data();
    void pathsAreToldApart();
};

void TestMessagesPath::pathsAreToldApart_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("creates");
    QTest::addColumn<bool>("isMessages");
    const auto row = [](const char* tag, const char* path, bool creates, bool isMessages) {
        QTest::newRow(tag) << QByteArray(path) << creates << isMessages;
    };
    row("a message is asked for", "/v1/messages", true, true);
    row("a query does not matter", "/v1/messages?beta=true", true, true);
    row("below a prefix", "/llm/v1/messages?beta=true", true, true);
    row("a count creates no message", "/v1/messages/count_tokens?beta=true", false, true);
    row("a path in the query is none", "/x?next=/v1/messages", false, false);
    row("batches are neither", "/v1/messages/batches", false, false);
    row("models are neither", "/v1/models", false, false);
}

void TestMessagesPath::pathsAreToldApart() {
    QFETCH(QByteArray, path);
    QTEST(createsMessage(path), "creates");
    QTEST(isMessagesPath(path), "isMessages");
}

QTEST_APPLESS_MAIN(TestMessagesPath)
#include "tst_messagespath.moc"
