// SPDX-License-Identifier: MIT
#include "core/upstream/digestlogin.h"

#include <QTest>

using namespace sallyport;

namespace {

ProxyChallenge challenge(const QByteArray& value) {
    FieldList fields;
    fields.append("Proxy-Authenticate", value);
    return proxyChallenges(fields).front();
}

} // namespace

class TestDigestLogin : public QObject {
    Q_OBJECT
private slots:
    // The examples of RFC 7616 3.9.1 and RFC 2617 3.5; the rest was computed by python's hashlib.
    void responses_data() {
        QTest::addColumn<QByteArray>("offer");
        QTest::addColumn<QByteArray>("uri");
        QTest::addColumn<QByteArray>("clientNonce");
        QTest::addColumn<QByteArray>("password");
        QTest::addColumn<QByteArray>("response");
        const QByteArray rfc7616 =
            "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", "
            "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
            "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
        const QByteArray nonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
        QTest::newRow("MD5, RFC 7616 3.9.1")
            << rfc7616 + ", algorithm=MD5" << QByteArray("/dir/index.html") << nonce
            << QByteArray("Circle of Life") << QByteArray("8ca523f5e9506fed4657c9700eebdbec");
        QTest::newRow("SHA-256, RFC 7616 3.9.1")
            << rfc7616 + ", algorithm=SHA-256" << QByteArray("/dir/index.html") << nonce
            << QByteArray("Circle of Life")
            << QByteArray("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
        QTest::newRow("no algorithm, RFC 2617 3.5")
            << QByteArray("Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\", "
                          "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"")
            << QByteArray("/dir/index.html") << QByteArray("0a4f113b")
            << QByteArray("Circle Of Life") << QByteArray("6629fae49393a05397450978507c4ef1");
    }
    void responses() {
        QFETCH(QByteArray, offer);
        QFETCH(QByteArray, uri);
        QFETCH(QByteArray, clientNonce);
        QFETCH(QByteArray, password);
        QFETCH(QByteArray, response);
        const ProxyChallenge asked = challenge(offer);
        QVERIFY(canAnswerDigest(asked));
        const QByteArray got =
            digestAuthorization(asked, {"GET", uri, "Mufasa", password, clientNonce, 1});
        QVERIFY2(got.contains(QByteArray("response=\"" + response + '"')), got.constData());
        QVERIFY(got.startsWith("Digest username=\"Mufasa\", realm=\""));
        QVERIFY(got.contains(QByteArray(", qop=auth, nc=00000001, cnonce=\"" + clientNonce + '"')));
        QVERIFY(!got.contains(password));
    }
    void theCountOfTheNonceIsHexadecimal() {
        const QByteArray got = digestAuthorization(challenge("Digest realm=r, nonce=n, qop=auth"),
                                                   {"GET", "/", "u", "p", "c", 31});
        QVERIFY(got.contains("nc=0000001f"));
    }
    void aHiddenUser() {
        const QByteArray got =
            digestAuthorization(challenge("Digest realm=r, nonce=n, userhash=true, qop=auth"),
                                {"GET", "/", "alice", "p", "c", 1});
        QVERIFY(!got.contains("alice"));
        QVERIFY(got.contains("userhash=true"));
    }
    void whatIsQuotedIsEscaped() {
        const QByteArray got = digestAuthorization(challenge("Digest realm=r, nonce=n"),
                                                   {"GET", "/", "a\"b\\c", "p", "c", 1});
        QVERIFY(got.contains("username=\"a\\\"b\\\\c\""));
    }
    void withoutQopThereIsNoCount() {
        const QByteArray got = digestAuthorization(challenge("Digest realm=r, nonce=n"),
                                                   {"GET", "/", "u", "p", "c", 1});
        QVERIFY(!got.contains("nc=") && !got.contains("cnonce"));
    }
    void answerable_data() {
        QTest::addColumn<QByteArray>("offer");
        QTest::addColumn<bool>("can");
        QTest::newRow("MD5-sess") << QByteArray("Digest nonce=n, algorithm=MD5-sess") << true;
        QTest::newRow("SHA-256-sess")
            << QByteArray("Digest nonce=n, algorithm=SHA-256-sess") << true;
        QTest::newRow("SHA-512-256")
            << QByteArray("Digest nonce=n, algorithm=SHA-512-256") << false;
        QTest::newRow("no nonce") << QByteArray("Digest realm=r") << false;
        QTest::newRow("auth-int alone") << QByteArray("Digest nonce=n, qop=\"auth-int\"") << false;
        QTest::newRow("another scheme") << QByteArray("Basic nonce=n") << false;
    }
    void answerable() {
        QFETCH(QByteArray, offer);
        QTEST(canAnswerDigest(challenge(offer)), "can");
    }
    void shaBeforeMd5() {
        const ProxyChallenge md5 = challenge("Digest nonce=n");
        const ProxyChallenge sha = challenge("Digest nonce=n, algorithm=SHA-256");
        QVERIFY(isStrongerDigest(sha, md5));
        QVERIFY(!isStrongerDigest(md5, sha));
    }
    void aSessionKeepsItsFirstClientNonce() {
        const ProxyChallenge offer = challenge("Digest realm=r, nonce=n, qop=auth, "
                                               "algorithm=MD5-sess");
        const QByteArray got = digestAuthorization(offer, {"GET", "/", "u", "p", "c", 1});
        QVERIFY2(got.contains("response=\"6e4aac8b22e97762f88ccd0d5ccf5b1d\""), got.constData());
    }
};

QTEST_APPLESS_MAIN(TestDigestLogin)
#include "tst_digestlogin.moc"
