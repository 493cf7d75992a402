// SPDX-License-Identifier: MIT
#include "core/upstream/proxychallenge.h"

#include <QTest>

using namespace sallyport;

class TestProxyChallenge : public QObject {
    Q_OBJECT
private slots:
    void challenges_data() {
        QTest::addColumn<QByteArrayList>("lines");
        QTest::addColumn<QByteArray>("read"); ///< `scheme token name=value|…`
        const auto row = [](const char* tag, const QByteArrayList& lines, const char* read) {
            QTest::newRow(tag) << lines << QByteArray(read);
        };
        row("none", {}, "");
        row("a scheme alone", {"Negotiate"}, "negotiate");
        row("a scheme with a token", {"NTLM TlRMTVNTUAAC=="}, "ntlm TlRMTVNTUAAC==");
        row("one line for each", {"Negotiate", "NTLM", "Basic realm=\"a b\""},
            "negotiate|ntlm|basic realm=a b");
        row("all in one line", {"Negotiate, Digest realm=\"r\", nonce=\"n\", Basic realm=x"},
            "negotiate|digest realm=r nonce=n|basic realm=x");
        row("a comma inside quotes", {"Basic realm=\"a, Digest b\""}, "basic realm=a, Digest b");
        row("a quoted pair", {"Basic realm=\"a\\\"b\""}, "basic realm=a\"b");
        row("blanks around =", {"Digest realm = \"r\" ,nonce= n"}, "digest realm=r nonce=n");
        row("names in any case", {"DIGEST Realm=\"r\", NONCE=\"N\""}, "digest realm=r nonce=N");
        row("a parameter before any scheme", {"=x, Basic realm=r"}, "basic realm=r");
        row("of two lines the second begins anew", {"Basic realm=r", "nonce=5"},
            "basic realm=r|nonce =5");
    }
    void challenges() {
        QFETCH(QByteArrayList, lines);
        FieldList fields;
        for (const QByteArray& line : lines)
            fields.append("Proxy-Authenticate", line);
        fields.append("WWW-Authenticate", "Basic realm=\"of the origin\"");
        QByteArrayList all;
        for (const ProxyChallenge& each : proxyChallenges(fields)) {
            QByteArray text = each.scheme;
            if (!each.token.isEmpty()) text += ' ' + each.token;
            for (const auto& [name, value] : each.parameters)
                text += ' ' + name + '=' + value;
            all << text;
        }
        QTEST(all.join('|'), "read");
    }
    void noMoreThanSixteen() {
        FieldList fields;
        for (int i = 0; i < 40; ++i)
            fields.append("Proxy-Authenticate", "Basic realm=r");
        QCOMPARE(proxyChallenges(fields).size(), std::size_t{16});
    }
};

QTEST_APPLESS_MAIN(TestProxyChallenge)
#include "tst_proxychallenge.moc"
