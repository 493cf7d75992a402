// SPDX-License-Identifier: MIT
#include "core/http/methodcase.h"

#include <QTest>

using namespace sallyport;

class TestMethodCase : public QObject {
    Q_OBJECT
private slots:
    void methods_data() {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<bool>("isMiscased");
        QTest::newRow("a registered one") << QByteArray("DELETE") << false;
        QTest::newRow("in small letters") << QByteArray("delete") << true;
        QTest::newRow("with one small letter") << QByteArray("DELETe") << true;
        QTest::newRow("of WebDAV") << QByteArray("Version-Control") << true;
        QTest::newRow("one that is not registered") << QByteArray("brew") << false;
        QTest::newRow("one that begins alike") << QByteArray("getx") << false;
        QTest::newRow("nothing") << QByteArray() << false;
    }
    void methods() {
        QFETCH(QByteArray, method);
        QFETCH(bool, isMiscased);
        QCOMPARE(isMiscasedMethod(method), isMiscased);
    }
};

QTEST_APPLESS_MAIN(TestMethodCase)
#include "tst_methodcase.moc"
