// SPDX-License-Identifier: MIT
#include "core/route/interceptlist.h"

#include <QTest>

using namespace sallyport;

class TestInterceptList : public QObject {
    Q_OBJECT
private slots:
    void finds_data() {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("port");
        QTest::addColumn<QByteArray>("entry");
        const auto row = [](const char* tag, const char* host, int port, const char* entry) {
            QTest::newRow(tag) << QByteArray(host) << port << QByteArray(entry);
        };
        row("a listed name", "api.anthropic.com", 443, "api.anthropic.com");
        row("with the dot of the root", "api.anthropic.com.", 443, "api.anthropic.com");
        row("another port is another service", "api.anthropic.com", 80, "none");
        row("a name below a listed one", "x.api.anthropic.com", 443, "none");
        row("a name that ends alike", "notapi.anthropic.com", 443, "none");
        row("a name below a suffix", "a.corp.example", 443, "*.corp.example");
        row("far below a suffix", "a.b.corp.example", 443, "*.corp.example");
        row("the suffix itself is not below it", "corp.example", 443, "none");
        row("a name that ends like the suffix", "xcorp.example", 443, "none");
        row("an exact name goes before a suffix", "git.corp.example", 443, "git.corp.example");
        row("a longer suffix before a shorter", "a.lab.corp.example", 443, "*.lab.corp.example");
        row("a port of its own", "git.corp.example", 8443, "git.corp.example:8443");
        row("an IPv4 address", "10.0.0.1", 443, "10.0.0.1");
        row("an IPv6 address", "fd00::1", 8443, "[fd00::1]:8443");
        row("nothing", "", 443, "none");
        row("a dot alone", ".", 443, "none");
    }
    void finds() {
        QFETCH(QByteArray, host);
        QFETCH(int, port);
        const InterceptList list{{{"*.corp.example"},
                                  {"*.lab.corp.example"},
                                  {"api.anthropic.com"},
                                  {"git.corp.example"},
                                  {"git.corp.example", 8443},
                                  {"10.0.0.1"},
                                  {"fd00::1", 8443}}};
        const InterceptEntry* found = list.find(host, static_cast<quint16>(port));
        QTEST(found ? found->toBytes() : QByteArray("none"), "entry");
    }
};

QTEST_APPLESS_MAIN(TestInterceptList)
#include "tst_interceptlist.moc"
