// SPDX-License-Identifier: MIT
#include "core/doctor/listenerreading.h"
#include "core/doctor/noproxy.h"

#include <QTest>

using namespace sallyport;

class NoProxyTest : public QObject {
    Q_OBJECT
private slots:
    void theGrammarIsThatOfClaudeCode_data() {
        QTest::addColumn<QString>("noProxy");
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("isPast");
        const auto row = [](const char* tag, const char* noProxy, const char* host, bool isPast) {
            QTest::newRow(tag) << QString::fromUtf8(noProxy) << QString::fromUtf8(host) << isPast;
        };
        row("nothing exempts nothing, loopback neither", "", "127.0.0.1", false);
        row("a star exempts all", "*", "a.test", true);
        row("an address", "127.0.0.1", "127.0.0.1", true);
        row("a list with commas", "a.test,127.0.0.1", "127.0.0.1", true);
        row("a list with blanks", "a.test 127.0.0.1", "127.0.0.1", true);
        row("a list with a tab", "a.test\t127.0.0.1", "127.0.0.1", true);
        row("both", "a.test, 127.0.0.1", "127.0.0.1", true);
        row("capital letters", "LocalHost", "localhost", true);
        row("another spelling of loopback", "localhost", "127.0.0.1", false);
        row("a name is not its sub-domains", "example.test", "a.example.test", false);
        row("a suffix is", ".example.test", "a.example.test", true);
        row("a suffix is the domain itself too", ".example.test", "example.test", true);
        row("a suffix ends at a label", ".example.test", "badexample.test", false);
        row("there is no *.suffix", "*.example.test", "a.example.test", false);
        row("a port that fits", "127.0.0.1:8899", "127.0.0.1", true);
        row("a port that does not", "127.0.0.1:80", "127.0.0.1", false);
        row("an address of IPv6", "::1", "::1", true);
        row("the same in brackets", "[::1]", "::1", true);
        row("a network is no entry", "127.0.0.0/8", "127.0.0.1", false);
    }
    void theGrammarIsThatOfClaudeCode() {
        QFETCH(QString, noProxy);
        QFETCH(QString, host);
        QTEST(isPastProxy(noProxy, host, 8899), "isPast");
    }

    void whereAnAddressLeadsTo_data() {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("leads");
        const auto row = [](const char* tag, const char* url, const char* address, bool leads) {
            QTest::newRow(tag) << QString::fromUtf8(url) << QString::fromUtf8(address) << leads;
        };
        row("the same", "http://127.0.0.1:8899", "127.0.0.1:8899", true);
        row("with a path", "http://127.0.0.1:8899/x/", "127.0.0.1:8899", true);
        row("localhost", "http://localhost:8899", "127.0.0.1:8899", true);
        row("IPv6", "http://[::1]:8899", "[::1]:8899", true);
        row("all interfaces", "http://127.0.0.1:8899", "0.0.0.0:8899", true);
        row("all interfaces of IPv6", "http://localhost:8899", "[::]:8899", true);
        row("another port", "http://127.0.0.1:8898", "127.0.0.1:8899", false);
        row("another host", "http://10.0.0.1:8899", "127.0.0.1:8899", false);
        row("the same host elsewhere", "http://10.0.0.1:8899", "10.0.0.1:8899", true);
        row("the default port", "http://127.0.0.1", "127.0.0.1:80", true);
        row("no listener", "http://127.0.0.1:8899", "", false);
        row("no address", "nonsense", "127.0.0.1:8899", false);
    }
    void whereAnAddressLeadsTo() {
        QFETCH(QString, url);
        QFETCH(QString, address);
        QTEST(leadsTo(url, address), "leads");
    }
};

QTEST_GUILESS_MAIN(NoProxyTest)
#include "tst_noproxy.moc"
