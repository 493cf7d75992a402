// SPDX-License-Identifier: MIT
#include "core/upstream/proxyschemes.h"

#include <QTest>

using namespace sallyport;

class TestProxySchemes : public QObject {
    Q_OBJECT
private slots:
    void theOrder_data() {
        QTest::addColumn<bool>("hasUser");
        QTest::addColumn<bool>("hasTokens");
        QTest::addColumn<QByteArrayList>("schemes");
        QTest::newRow("a user, and tokens of the system")
            << true << true << QByteArrayList{"digest", "ntlm", "basic", "negotiate"};
        QTest::newRow("a user alone") << true << false << QByteArrayList{"digest", "basic"};
        QTest::newRow("tokens alone") << false << true << QByteArrayList{"negotiate"};
        QTest::newRow("neither") << false << false << QByteArrayList();
    }
    void theOrder() {
        QFETCH(bool, hasUser);
        QFETCH(bool, hasTokens);
        QTEST(proxySchemes(hasUser, hasTokens), "schemes");
    }
};

QTEST_APPLESS_MAIN(TestProxySchemes)
#include "tst_proxyschemes.moc"
