// SPDX-License-Identifier: MIT
#include "core/secrets/proxypasswords.h"

#include <QTest>

using namespace sallyport;

class TestProxyPasswords : public QObject {
    Q_OBJECT
private slots:
    void urls_data() {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QByteArrayList>("passwords");
        const auto row = [](const char* tag, const char* url, const QByteArrayList& passwords) {
            QTest::newRow(tag) << QByteArray(url) << passwords;
        };
        row("nothing", "", {});
        row("no user", "http://proxy.example:3128", {});
        row("a user without a password", "http://alice@proxy.example:3128", {});
        row("an empty password", "http://alice:@proxy.example:3128", {});
        row("a password", "http://alice:secret@proxy.example:3128/", {"secret"});
        row("no user, but a password", "http://:secret@proxy.example", {"secret"});
        row("percent-encoded", "http://CORP%5Calice:s%2Fcr%40t@proxy.example", {"s/cr@t"});
        row("without a scheme", "alice:secret@proxy.example:3128", {"secret"});
        row("of a PAC script", "pac+http://alice:secret@pac.example/proxy.pac", {"secret"});
        row("a colon in it", "http://alice:a:b@proxy.example", {"a:b"});
        row("an @ in it as it is", "http://alice:a@b@proxy.example", {"a@b"});
        row("a slash in it as it is", "http://alice:a/b@proxy.example", {"a/b"});
        row("an @ in the path", "http://alice:secret@pac.example/a@b",
            {"secret", "secret@pac.example/a"});
    }
    void urls() {
        QFETCH(QByteArray, url);
        QTEST(passwordsInProxyUrl(url), "passwords");
    }
};

QTEST_APPLESS_MAIN(TestProxyPasswords)
#include "tst_proxypasswords.moc"
