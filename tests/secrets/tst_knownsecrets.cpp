// SPDX-License-Identifier: MIT
#include "core/secrets/knownsecrets.h"

#include <QTest>

using namespace sallyport;

namespace {

const QByteArray kKey = "planted/key+0123456789~ABCDEF";

QByteArray percentEncoded(const QByteArray& text, const char* format) {
    QByteArray out;
    for (const char c : text)
        out += QByteArray::fromStdString(
            QString::asprintf(format, static_cast<unsigned char>(c)).toStdString());
    return out;
}

QByteArray maskedBy(const KnownSecrets& known, const QByteArray& text) {
    SecretSpans found;
    known.find(text, found);
    return found.masked(text).value_or(text);
}

} // namespace

class TestKnownSecrets : public QObject {
    Q_OBJECT
private slots:
    void forms_data();
    void forms();
    void base64AtEachOffset();
    void shortOnesAreFoundAsTheyAre();
    void theEndOfATextMayCutOne();
    void aTextMayBeTheStartOfALongOne();
    void earlierOnesStayKnown();
    void theSameSetIsNotBuiltAgain();
};

void TestKnownSecrets::aTextMayBeTheStartOfALongOne() {
    const QByteArray secret = QByteArray(kKey).repeated(10);
    const KnownSecrets known = KnownSecrets().renewed({secret});
    const QByteArray cut = secret.first(256); // as the model of a request is
    QVERIFY(!maskedBy(known, cut).contains(kKey));
    QVERIFY(!maskedBy(known, secret.first(KnownSecrets::kShortestStart)).contains("planted"));
    QCOMPARE(maskedBy(known, "plan"), QByteArray("plan"));
}

void TestKnownSecrets::forms_data() {
    QTest::addColumn<QByteArray>("form");
    QTest::newRow("as it is") << kKey;
    QTest::newRow("in lower case, as a host is read") << kKey.toLower();
    QTest::newRow("percent-encoded where a query has to") << kKey.toPercentEncoding();
    QTest::newRow("percent-encoded in lower case") << percentEncoded(kKey, "%%%02x");
    QTest::newRow("percent-encoded in capitals") << percentEncoded(kKey, "%%%02X");
    QTest::newRow("percent-encoded twice") << percentEncoded(kKey, "%%25%02x");
    QTest::newRow("percent-encoded in part") << QByteArray(kKey).replace("ted", "%74e%64");
    QTest::newRow("escaped as in JSON") << percentEncoded(kKey, "\\u%04x");
    QTest::newRow("escaped as in JSON, in capitals") << percentEncoded(kKey, "\\u%04X");
    QTest::newRow("escaped in JSON where PHP does") << QByteArray(kKey).replace("/", "\\/");
    QTest::newRow("escaped in JSON inside of JSON") << QByteArray(kKey).replace("/", "\\\\/");
    QTest::newRow("in base64") << kKey.toBase64();
    QTest::newRow("in base64url") << kKey.toBase64(QByteArray::Base64UrlEncoding);
    QTest::newRow("in base64 inside of a query") << kKey.toBase64().toPercentEncoding();
    QTest::newRow("as the password of Basic") << QByteArray("user:" + kKey).toBase64();
    QTest::newRow("as the user of Basic") << QByteArray(kKey + ":password").toBase64();
}

void TestKnownSecrets::forms() {
    QFETCH(QByteArray, form);
    const KnownSecrets known = KnownSecrets().renewed({"another-secret-of-ours", kKey});
    for (const char* around : {"@", "a=@&b", "{\"message\":\"no @!\"}", "plante@", "@%", "\\@"}) {
        const QByteArray text = QByteArray(around).replace('@', form);
        const QByteArray masked = maskedBy(known, text);
        QVERIFY2(masked.contains("‹redacted"), text.constData());
        QVERIFY2(!masked.contains(form.mid(4, form.size() - 8)), masked.constData());
        // Of base64 a character at each end may stay, which has less than a byte of it.
        QVERIFY2(masked.size() <= text.size() - form.size() + 8 +
                                      QByteArray("‹redacted, 200 bytes, …CDEF›").size(),
                 masked.constData());
    }
}

void TestKnownSecrets::base64AtEachOffset() {
    const KnownSecrets known = KnownSecrets().renewed({kKey});
    for (const auto options : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding})
        for (int before = 0; before < 6; ++before)
            for (int after = 0; after < 6; ++after) {
                const QByteArray plain = QByteArray(before, '\xff') + kKey + QByteArray(after, '>');
                const QByteArray text = plain.toBase64(options);
                const QByteArray masked = maskedBy(known, text);
                const qsizetype mark = masked.indexOf("‹redacted");
                QVERIFY2(mark >= 0, text.constData());
                // What is before and after the mark has none of the secret's bytes whole.
                QVERIFY(mark * 6 < (before + 1) * 8);
                const qsizetype end = masked.indexOf("›") + QByteArray("›").size();
                const QByteArray rest = QByteArray(masked.mid(end)).replace("=", "");
                QVERIFY(rest.size() * 6 < (after + 1) * 8 + 6);
            }
}

void TestKnownSecrets::shortOnesAreFoundAsTheyAre() {
    const KnownSecrets known = KnownSecrets().renewed({"s3cr3t!", "abc", ""});
    QCOMPARE(maskedBy(known, "a s3cr3t! abc"), QByteArray("a ‹redacted, 7 bytes› abc"));
    QCOMPARE(maskedBy(known, "s3cr3t%21"), QByteArray("s3cr3t%21"));
    QCOMPARE(maskedBy(known, QByteArray("s3cr3t!").toBase64()), QByteArray("s3cr3t!").toBase64());
    QVERIFY(KnownSecrets().renewed({"abc", ""}).isEmpty());
}

void TestKnownSecrets::theEndOfATextMayCutOne() {
    const KnownSecrets known = KnownSecrets().renewed({kKey});
    const QByteArray before = "the message of an error is shortened: ";
    QCOMPARE(maskedBy(known, before + kKey.first(20)), before + "‹redacted, 20 bytes›");
    QCOMPARE(maskedBy(known, before + kKey.first(7)), before + kKey.first(7));
    SecretSpans found;
    QCOMPARE(known.findInStart(QByteArray(before + kKey.first(20)), found), before.size());
    QVERIFY(found.isEmpty());
}

void TestKnownSecrets::earlierOnesStayKnown() {
    KnownSecrets known;
    constexpr qsizetype kSets = KnownSecrets::kMaxEarlier + 2;
    const auto secret = [](qsizetype i) -> QByteArray {
        return "the-secret-number-" + QByteArray::number(1000 + i);
    };
    for (qsizetype i = 0; i < kSets; ++i)
        known = known.renewed({secret(i), "the-token-that-stays"});
    for (qsizetype i = 1; i < kSets; ++i)
        QVERIFY(maskedBy(known, secret(i)).contains("redacted"));
    QCOMPARE(maskedBy(known, secret(0)), secret(0));
    QVERIFY(maskedBy(known, "the-token-that-stays").contains("redacted"));
    known = known.renewed({});
    QVERIFY(maskedBy(known, "the-token-that-stays").contains("redacted"));
    QVERIFY(maskedBy(known.renewed({secret(5)}), secret(5)).contains("redacted"));
}

void TestKnownSecrets::theSameSetIsNotBuiltAgain() {
    QVERIFY(KnownSecrets().isEmpty());
    const QByteArray big(64 * 1024, 'k');
    KnownSecrets known = KnownSecrets().renewed({big});
    for (int i = 0; i < 10'000; ++i)
        known = known.renewed({big});
    QVERIFY(!known.isEmpty());
}

QTEST_APPLESS_MAIN(TestKnownSecrets)
#include "tst_knownsecrets.moc"
