// SPDX-License-Identifier: MIT
#include "ui/detail/overviewpane.h"
#include "ui/log/rowtext.h"

#include <QLabel>
#include <QTest>

using namespace sallyport;

class OverviewPaneTest : public QObject {
    Q_OBJECT
private slots:
    void anOpenedTunnelIsSaid_data() {
        QTest::addColumn<QByteArray>("entry");
        QTest::addColumn<QString>("why");
        QTest::addColumn<QString>("text");
        QTest::newRow("opened") << QByteArray("*.corp.example") << QString()
                                << QStringLiteral(
                                       "Tunnel opened, by “*.corp.example” in intercept");
        QTest::newRow("not opened")
            << QByteArray() << QStringLiteral("what the client sent is not TLS")
            << QStringLiteral("Tunnel not opened: what the client sent is not TLS");
        QTest::newRow("another exchange") << QByteArray() << QString() << QString();
    }
    void anOpenedTunnelIsSaid() {
        QFETCH(const QByteArray, entry);
        QFETCH(const QString, why);
        ExchangeRecord record;
        record.role = RequestRole::Forward;
        record.method = "GET";
        record.host = "git.corp.example";
        record.path = "/x";
        record.interceptedBy = entry;
        record.notIntercepted = why;
        OverviewPane pane;
        pane.setRecord(record, {});
        const auto* label = pane.findChild<QLabel*>(QStringLiteral("overviewInterception"));
        QVERIFY(label);
        QTEST(label->text(), "text");
        QCOMPARE(label->isHidden(), label->text().isEmpty());
        QVERIFY(urlText(record).startsWith(entry.isEmpty() ? u"http://" : u"https://"));
    }
    void aTargetOfTheNameOfItsUpstreamIsNamedOnce() {
        ExchangeRecord record;
        record.upstream = QStringLiteral("sandbox");
        OverviewPane pane;
        for (const char* target : {"sandbox", "127.0.0.1:8080"}) {
            record.target = QLatin1String(target);
            pane.setRecord(record, {});
            const QString path = pane.findChild<QLabel*>(QStringLiteral("overviewPath"))->text();
            QCOMPARE(path.count(QLatin1String(target)), 1);
        }
    }
};

QTEST_MAIN(OverviewPaneTest)
#include "tst_overviewpane.moc"
