// SPDX-License-Identifier: MIT
#include "core/config/configwarnings.h"

#include <QTest>

using namespace sallyport;

class TestConfigWarnings : public QObject {
    Q_OBJECT
private slots:
    void whatIsNotSafeIsTold_data() {
        QTest::addColumn<bool>("isTls");
        QTest::addColumn<bool>("verifies");
        QTest::addColumn<bool>("warns");
        QTest::newRow("verified") << true << true << false;
        QTest::newRow("not verified") << true << false << true;
        QTest::newRow("without TLS nothing is verified anyway") << false << false << false;
    }
    void whatIsNotSafeIsTold() {
        QFETCH(bool, isTls);
        QFETCH(bool, verifies);
        QFETCH(bool, warns);
        UpstreamConfig upstream;
        upstream.name = QStringLiteral("corp");
        UpstreamTarget target;
        target.isTls = isTls;
        upstream.targets = {UpstreamTarget(), target};
        upstream.verifyTls = verifies;
        Config config;
        config.upstreams = {upstream};
        const QStringList warnings = configWarnings(config);
        QCOMPARE(warnings.size(), warns ? 1 : 0);
        if (warns) QVERIFY(warnings[0].contains(u"corp") && warnings[0].contains(u"tls.verify"));
    }
};

QTEST_APPLESS_MAIN(TestConfigWarnings)
#include "tst_configwarnings.moc"
