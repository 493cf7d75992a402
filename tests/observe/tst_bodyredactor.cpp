// SPDX-License-Identifier: MIT
#include "core/observe/bodyredactor.h"

#include <QTest>

using namespace sallyport;

namespace {

const QByteArray kKey = "planted-key-0123456789";

KnownSecrets known() { return KnownSecrets().renewed({kKey}); }

/// What `deflate` means in HTTP (RFC 9110 8.4.1.2): qCompress() puts a length before it.
QByteArray deflated(const QByteArray& plain) { return qCompress(plain).mid(4); }

QByteArray keptOf(BodyRedactor& redactor, const QByteArray& content) {
    QByteArray out;
    for (const char c : content)
        out += redactor.feed(QByteArrayView(&c, 1), known());
    return out + redactor.finish(known());
}

} // namespace

class TestBodyRedactor : public QObject {
    Q_OBJECT
private slots:
    void aContentWithoutACodingIsMasked() {
        BodyRedactor redactor;
        redactor.setCoding("");
        QCOMPARE(keptOf(redactor, QByteArray("a " + kKey + " b")),
                 QByteArray("a ‹redacted, 22 bytes, …6789› b"));
        QVERIFY(!redactor.isWithheld());
    }
    void aCodedContentWithASecretIsWithheld() {
        BodyRedactor redactor;
        redactor.setCoding("deflate");
        const QByteArray content = deflated("a " + kKey + " b");
        static_cast<void>(keptOf(redactor, content));
        QVERIFY(redactor.isWithheld());
        QVERIFY(redactor.feed("more", known()).isEmpty());
    }
    void aCodedContentWithoutOneIsKept() {
        BodyRedactor redactor;
        redactor.setCoding("deflate");
        const QByteArray content = deflated("a planted key");
        QCOMPARE(keptOf(redactor, content), content);
        QVERIFY(!redactor.isWithheld());
    }
    void aCodingThatIsNotTrueHidesNothing() {
        BodyRedactor redactor;
        redactor.setCoding("gzip");
        QCOMPARE(keptOf(redactor, "a " + kKey), QByteArray("a ‹redacted, 22 bytes, …6789›"));
    }
    void aCodingThatIsUnknownIsNotDecoded() {
        BodyRedactor redactor;
        redactor.setCoding("x-own");
        QCOMPARE(keptOf(redactor, "a " + kKey), QByteArray("a ‹redacted, 22 bytes, …6789›"));
    }
    void withoutSecretsNothingIsDone() {
        BodyRedactor redactor;
        const QByteArray piece = "a " + kKey;
        QCOMPARE(redactor.feed(piece, {}).data(), piece.constData());
    }
};

QTEST_APPLESS_MAIN(TestBodyRedactor)
#include "tst_bodyredactor.moc"
