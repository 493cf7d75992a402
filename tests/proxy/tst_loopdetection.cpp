// SPDX-License-Identifier: MIT
#include "core/proxy/loopdetection.h"

#include <QTest>

using namespace sallyport;

class TestLoopDetection : public QObject {
    Q_OBJECT
private slots:
    void whoHasPassed_data() {
        QTest::addColumn<QByteArray>("via");
        QTest::addColumn<bool>("hasPassed");
        const auto row = [](const char* tag, const char* via, bool hasPassed) {
            QTest::newRow(tag) << QByteArray(via) << hasPassed;
        };
        row("nobody", "", false);
        row("we alone", "1.1 me", true);
        row("with the protocol's name", "HTTP/1.1 me", true);
        row("with a comment", "1.1 me (x, 1.1 other)", true);
        row("after others", "1.0 a, 2 b (c), 1.1 me", true);
        row("a longer name", "1.1 me2", false);
        row("our name in a comment", "1.1 a (b, 1.1 me)", false);
        row("our name in a comment with a quoted bracket", "1.1 a (b \\), 1.1 me)", false);
        row("our name as a version", "me a", false);
    }
    void whoHasPassed() {
        QFETCH(QByteArray, via);
        FieldList fields;
        fields.append("Via", "1.1 first");
        fields.append("vIa", via);
        QTEST(hasPassedHere(fields, "me"), "hasPassed");
    }
};

QTEST_APPLESS_MAIN(TestLoopDetection)
#include "tst_loopdetection.moc"
