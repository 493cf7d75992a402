// SPDX-License-Identifier: MIT
#include "core/proxy/localendpoints.h"

#include <QTest>

using namespace sallyport;

Q_DECLARE_METATYPE(Readiness)

class TestLocalEndpoints : public QObject {
    Q_OBJECT
private slots:
    void readiness_data() {
        QTest::addColumn<Readiness>("readiness");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("content");
        const QStringList broken{QStringLiteral("claude: the variable CORP_KEY is not set")};
        const Readiness ready{true, {}, false};
        const Readiness readyToOthers{true, {}, true};
        const Readiness empty{false, {}, false};
        const Readiness emptyToOthers{false, {}, true};
        const QStringList unsafe{QStringLiteral("not verified"), QStringLiteral("nor this")};
        QTest::newRow("ready, and not safe")
            << Readiness{true, {}, false, unsafe} << 200
            << QByteArray("OK\nwarning: not verified\nwarning: nor this\n");
        QTest::newRow("ready, and not safe, from another machine")
            << Readiness{true, {}, true, unsafe} << 200 << QByteArray("OK");
        const Readiness missing{true, broken, false};
        const Readiness missingToOthers{true, broken, true};
        QTest::newRow("ready") << ready << 200 << QByteArray("OK");
        QTest::newRow("ready, from another machine") << readyToOthers << 200 << QByteArray("OK");
        QTest::newRow("without routes") << empty << 503 << QByteArray("no routes are loaded\n");
        QTest::newRow("without routes, from another machine")
            << emptyToOthers << 503 << QByteArray("not ready\n");
        QTest::newRow("without a credential")
            << missing << 503 << QByteArray("claude: the variable CORP_KEY is not set\n");
        QTest::newRow("without a credential, from another machine")
            << missingToOthers << 503 << QByteArray("not ready\n");
    }
    void readiness() {
        QFETCH(const Readiness, readiness);
        const LocalResponse response = localResponse("GET", "/readyz", readiness);
        QTEST(response.status, "status");
        QTEST(response.content, "content");
    }
};

QTEST_GUILESS_MAIN(TestLocalEndpoints)
#include "tst_localendpoints.moc"
