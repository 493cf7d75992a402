// SPDX-License-Identifier: MIT
#include "core/claudecode/maskedsettings.h"

#include <QTest>

using namespace sallyport;

class TestMaskedSettings : public QObject {
    Q_OBJECT
private slots:
    void texts_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("shown");
        QTest::newRow("names of secrets")
            << QByteArray("{\"apiKey\":\"0123456789abcdef\",\"x\":\"0123456789abcdef\"}")
            << QByteArray(
                   "{\"apiKey\":\"‹redacted, 16 bytes, …cdef›\",\"x\":\"0123456789abcdef\"}");
        QTest::newRow("in depth")
            << QByteArray("{\"a\":{\"b\":[{\"PASSWORD\":\"pw\"}]}}")
            << QByteArray("{\"a\":{\"b\":[{\"PASSWORD\":\"‹redacted, 2 bytes›\"}]}}");
        QTest::newRow("user information")
            << QByteArray("{\"HTTP_PROXY\":\"http://u:p@h:1/x\"}")
            << QByteArray("{\"HTTP_PROXY\":\"http://‹redacted, 3 bytes›@h:1/x\"}");
        QTest::newRow("an at sign in a path")
            << QByteArray("{\"u\":\"http://h/a@b\"}") << QByteArray("{\"u\":\"http://h/a@b\"}");
        QTest::newRow("comments")
            << QByteArray("{} // sk-ant-0123456789abcdefgh and words-that-are-merely-long")
            << QByteArray("{} // ‹redacted, 25 bytes, …efgh› and words-that-are-merely-long");
        QTest::newRow("a member in a comment")
            << QByteArray("{/* \"apiKey\": \"hunter2\" */}")
            << QByteArray("{/* \"apiKey\": \"‹redacted, 7 bytes›\" */}");
        QTest::newRow("a random word in a comment")
            << QByteArray("{} // 0123456789abcdefghij\n")
            << QByteArray("{} // ‹redacted, 20 bytes, …ghij›\n");
        QTest::newRow("a key by its shape under a plain name")
            << QByteArray("{\"x\":\"glpat-0123456789abcdef\"}")
            << QByteArray("{\"x\":\"‹redacted, 22 bytes, …cdef›\"}");
        QTest::newRow("a parameter of a URL")
            << QByteArray("{\"u\":\"http://h/?token=abc\"}")
            << QByteArray("{\"u\":\"http://h/?token=‹redacted, 3 bytes›\"}");
        QTest::newRow("the word that stands in for a token")
            << QByteArray("{\"ANTHROPIC_AUTH_TOKEN\":\"sallyport\"}")
            << QByteArray("{\"ANTHROPIC_AUTH_TOKEN\":\"sallyport\"}");
        QTest::newRow("what is not JSON is not shown")
            << QByteArray("{\"token\":\"abc") << QByteArray();
    }
    void texts() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, shown);
        QCOMPARE(maskedSettings(text), shown);
    }
};

QTEST_APPLESS_MAIN(TestMaskedSettings)
#include "tst_maskedsettings.moc"
