// SPDX-License-Identifier: MIT
#include "core/claudecode/noproxylist.h"

#include <QTest>

using namespace sallyport;

class TestNoProxyList : public QObject {
    Q_OBJECT
private slots:
    void ourOwnHostIsAdded_data() {
        QTest::addColumn<QString>("existing");
        QTest::addColumn<QString>("baseUrl");
        QTest::addColumn<QString>("merged");
        const QString here = QStringLiteral("http://127.0.0.1:8899");
        QTest::newRow("what is there stays in front")
            << QStringLiteral("a,.b") << here << QStringLiteral("a,.b,127.0.0.1,localhost");
        QTest::newRow("what is there already is not doubled")
            << QStringLiteral("LocalHost,x") << here << QStringLiteral("LocalHost,x,127.0.0.1");
        QTest::newRow("blanks separate too") << QStringLiteral("localhost 127.0.0.1") << here
                                             << QStringLiteral("localhost 127.0.0.1");
        QTest::newRow("a comma at the end is used")
            << QStringLiteral("a,") << here << QStringLiteral("a,127.0.0.1,localhost");
        QTest::newRow("a star is enough") << QStringLiteral("*") << here << QStringLiteral("*");
        QTest::newRow("a star in a list is not enough for every library")
            << QStringLiteral("a,*") << here << QStringLiteral("a,*,127.0.0.1,localhost");
        QTest::newRow("tabs separate too") << QStringLiteral("localhost\t127.0.0.1") << here
                                           << QStringLiteral("localhost\t127.0.0.1");
        QTest::newRow("another host of ours is exempt too")
            << QString() << QStringLiteral("http://10.1.2.3:1")
            << QStringLiteral("127.0.0.1,localhost,10.1.2.3");
        QTest::newRow("an IPv6 address in both spellings")
            << QString() << QStringLiteral("http://[::1]:1")
            << QStringLiteral("127.0.0.1,localhost,[::1],::1");
    }
    void ourOwnHostIsAdded() {
        QFETCH(QString, existing);
        QFETCH(QString, baseUrl);
        QFETCH(QString, merged);
        QCOMPARE(noProxyList(existing, baseUrl, {}), merged);
        QCOMPARE(noProxyList(merged, baseUrl, {}), merged);
    }

    void whatLeadsPastTheProxyGoes_data() {
        QTest::addColumn<QString>("existing");
        QTest::addColumn<QString>("merged");
        const auto row = [](const char* tag, const char* existing, const char* merged) {
            QTest::newRow(tag) << QString::fromLatin1(existing) << QString::fromLatin1(merged);
        };
        row("what does not lead past it stays", "a,.b", "a,.b,127.0.0.1,localhost");
        row("a star would", "*", "127.0.0.1,localhost");
        row("the host itself", "x,api.anthropic.com", "x,127.0.0.1,localhost");
        row("with a port", "API.Anthropic.com:443", "127.0.0.1,localhost");
        row("its suffix", ".anthropic.com y", "y,127.0.0.1,localhost");
        row("its suffix after a star", "*.anthropic.com,*c.com,x", "x,127.0.0.1,localhost");
        row("another suffix after a star", "*.claude.com", "*.claude.com,127.0.0.1,localhost");
        row("with a dot at its end", "api.anthropic.com.,x", "x,127.0.0.1,localhost");
        row("after a tab or a line end", "a\tapi.anthropic.com\nb", "a,b,127.0.0.1,localhost");
        row("a star in a list would", "a,*", "a,127.0.0.1,localhost");
        row("another suffix", ".claude.com", ".claude.com,127.0.0.1,localhost");
    }
    void whatLeadsPastTheProxyGoes() {
        QFETCH(QString, existing);
        QTEST(noProxyList(existing, QStringLiteral("http://127.0.0.1:8899"),
                          {QStringLiteral("api.anthropic.com")}),
              "merged");
    }
};

QTEST_APPLESS_MAIN(TestNoProxyList)
#include "tst_noproxylist.moc"
