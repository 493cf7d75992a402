// SPDX-License-Identifier: MIT
#include "core/anthropic/tokenestimator.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace sallyport;

class TokenEstimatorTest : public QObject {
    Q_OBJECT
private slots:
    void contentCounts_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<qint64>("tokens");
        const auto row = [](const char* tag, const QByteArray& content, qint64 tokens) {
            QTest::newRow(tag) << content << tokens;
        };
        row("nothing is one token", "", 1);
        row("four characters are one", "\"abcd\"", 1);
        row("white space between values does not count", "{ \n\t }", 1);
        row("white space inside of a text does", "\"        \"", 2);
        row("quotes do not count", "\"abcdefgh\"", 2);
        row("Chinese is a token each", "\"你好世界\"", 4);
        row("the same in escapes", "\"\\u4f60\\u597d\\u4e16\\u754c\"", 4);
        row("letters of two bytes are a half", "\"éèêë\"", 2);
        row("an emoji is two", "\"😀😀\"", 4);
        row("and so is its pair of escapes", "\"\\ud83d\\ude00\"", 2);
        row("an escape is one character", "\"\\n\\n\\n\\n\"", 1);
        row("base64 below 1 KiB is a text", '"' + QByteArray(1000, 'A') + '"', 250);
        row("base64 of an image counts once, however long", '"' + QByteArray(400'000, 'A') + '"',
            1600);
        row("a long text with a blank is no image", '"' + QByteArray(4000, 'A') + " \"", 1001);
        row("what is cut is counted as far as it came", "{\"a\":\"abcdefgh", 3);
    }
    void contentCounts() {
        QFETCH(QByteArray, content);
        TokenEstimator whole;
        whole.feed(content);
        QTEST(whole.tokens(), "tokens");
        TokenEstimator bytewise;
        for (const char c : content.left(5000))
            bytewise.feed(QByteArrayView(&c, 1));
        TokenEstimator start;
        start.feed(content.left(5000));
        QCOMPARE(bytewise.tokens(), start.tokens());
    }
    void theResponseSaysThatItIsAnEstimate() {
        const auto body = QJsonDocument::fromJson(estimateBody(123)).object();
        QCOMPARE(body[QLatin1String("input_tokens")].toInt(), 123);
        QCOMPARE(body[QLatin1String("estimated")].toBool(), true);
    }
};

QTEST_GUILESS_MAIN(TokenEstimatorTest)
#include "tst_tokenestimator.moc"
