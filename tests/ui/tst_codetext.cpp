// SPDX-License-Identifier: MIT
#include "ui/codetext.h"

#include <QTest>

using namespace sallyport;

class TestCodeText : public QObject {
    Q_OBJECT
private slots:
    void backquotesAreTheFontOfCode_data() {
        QTest::addColumn<QString>("plain");
        QTest::addColumn<QString>("rich");
        QTest::newRow("nothing") << ""
                                 << "";
        QTest::newRow("no code") << "a_b *c*"
                                 << "a_b *c*";
        QTest::newRow("code in the middle") << "needs `intercept:` here"
                                            << "needs <code>intercept:</code> here";
        QTest::newRow("two") << "`a` and `b`"
                             << "<code>a</code> and <code>b</code>";
        QTest::newRow("one that is not closed") << "a `b` c ` d"
                                                << "a <code>b</code> c ` d";
        QTest::newRow("what looks like a tag") << "<b> `<i>`"
                                               << "&lt;b&gt; <code>&lt;i&gt;</code>";
        QTest::newRow("a line end") << "a\nb"
                                    << "a<br>b";
    }
    void backquotesAreTheFontOfCode() {
        QFETCH(QString, plain);
        QTEST(codeText(plain), "rich");
    }
};

QTEST_APPLESS_MAIN(TestCodeText)
#include "tst_codetext.moc"
