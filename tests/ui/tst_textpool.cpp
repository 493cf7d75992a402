// SPDX-License-Identifier: MIT
#include "ui/log/textpool.h"

#include <QTest>

using namespace sallyport;

class TextPoolTest : public QObject {
    Q_OBJECT
private slots:
    void equalTextsShareTheirBytes() {
        TextPool pool;
        QByteArray first("claude-opus");
        QByteArray other("claude-haiku");
        QByteArray second("claude-opus");
        for (QByteArray* text : {&first, &other, &second})
            pool.share(*text);
        QCOMPARE(second.constData(), first.constData());
        QCOMPARE(other, QByteArray("claude-haiku"));
        QString word = QString::fromLatin1("corp");
        QString same = QString::fromLatin1("corp");
        pool.share(word);
        pool.share(same);
        QCOMPARE(same.constData(), word.constData());
    }

    void longTextsAreLeftAlone() {
        TextPool pool;
        QByteArray first(TextPool::kMaxLength + 1, 'x');
        QByteArray second(TextPool::kMaxLength + 1, 'x');
        pool.share(first);
        pool.share(second);
        QVERIFY(first.constData() != second.constData());
        QVERIFY(first.isDetached());
    }

    void anyNumberOfTextsStayWhatTheyAre() {
        TextPool pool;
        for (int i = 0; i < 5000; ++i) {
            QByteArray text = "/v1/" + QByteArray::number(i);
            pool.share(text);
            QCOMPARE(text, "/v1/" + QByteArray::number(i));
        }
    }
};

QTEST_GUILESS_MAIN(TextPoolTest)
#include "tst_textpool.moc"
