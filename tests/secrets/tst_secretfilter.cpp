// SPDX-License-Identifier: MIT
#include "core/secrets/secretfilter.h"

#include <QTest>

#include <ctime>

using namespace sallyport;

namespace {

const QByteArray kKey = "planted-key-0123456789";

KnownSecrets known() { return KnownSecrets().renewed({kKey, "another-key-of-ours"}); }

/// What is kept of a content in pieces of one size.
QByteArray kept(const QByteArray& content, qsizetype size, const KnownSecrets& secrets) {
    SecretFilter filter;
    QByteArray out;
    for (qsizetype at = 0; at < content.size(); at += size)
        out += filter.feed(QByteArrayView(content).sliced(at, std::min(size, content.size() - at)),
                           secrets);
    return out + filter.finish(secrets);
}

} // namespace

class TestSecretFilter : public QObject {
    Q_OBJECT
private slots:
    void inPiecesOfAnySize_data();
    void inPiecesOfAnySize();
    void whatIsPlainIsHandedOnAtOnce();
    void aStartIsHeldBack();
    void twoThatOverlapOverAnEnd();
    void repeatedOnesDoNotGather();
    void speed();
};

void TestSecretFilter::inPiecesOfAnySize_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("as it is") << "a body with " + kKey + " in it";
    QTest::newRow("twice") << kKey + kKey;
    QTest::newRow("at the end") << "it is " + kKey;
    QTest::newRow("after false starts") << "plantplanted-key-012planted-keyplanted-key-" + kKey;
    QTest::newRow("percent-encoded") << "a=" + QByteArray(kKey).replace("-", "%2D") + "&b";
    QTest::newRow("in JSON") << R"({"a":")" + QByteArray(kKey).replace("-", "\\u002d") + R"("})";
    QTest::newRow("in base64") << "Basic " + QByteArray("u:" + kKey).toBase64() + ".";
}

void TestSecretFilter::inPiecesOfAnySize() {
    QFETCH(QByteArray, content);
    const QByteArray whole = kept(content, content.size(), known());
    QVERIFY(whole.contains("redacted"));
    for (qsizetype size = 1; size < content.size(); ++size)
        QCOMPARE(kept(content, size, known()), whole);
}

void TestSecretFilter::whatIsPlainIsHandedOnAtOnce() {
    SecretFilter filter;
    const QByteArray piece = "data: {\"text\": \"hello\\n\"}\n\n";
    const QByteArrayView out = filter.feed(piece, known());
    QCOMPARE(out.data(), piece.constData());
    QCOMPARE(out.size(), piece.size());
    QVERIFY(!filter.hasFound());
}

void TestSecretFilter::aStartIsHeldBack() {
    SecretFilter filter;
    QCOMPARE(filter.feed("see plan", known()).toByteArray(), QByteArray("see "));
    QCOMPARE(filter.feed("ets", known()).toByteArray(), QByteArray("planets"));
    QCOMPARE(filter.feed(" plan", known()).toByteArray(), QByteArray(" "));
    QCOMPARE(filter.finish(known()).toByteArray(), QByteArray("plan"));
    QCOMPARE(filter.finish(known()).toByteArray(), QByteArray());
}

/// The second starts inside the first, and the piece ends in between.
void TestSecretFilter::twoThatOverlapOverAnEnd() {
    const QByteArray content = "planted-key-0123456789-another-0123.";
    const KnownSecrets two = KnownSecrets().renewed({kKey, "0123456789-another-0123"});
    for (qsizetype size = 1; size < content.size(); ++size) {
        const QByteArray out = kept(content, size, two);
        QVERIFY2(!out.contains("another") && !out.contains("planted-key"), out.constData());
        QVERIFY(out.endsWith("."));
    }
}

/// A secret that overlaps itself would otherwise be held back for as long as it repeats.
void TestSecretFilter::repeatedOnesDoNotGather() {
    const KnownSecrets repeats = KnownSecrets().renewed({"aaaaaaaa"});
    SecretFilter filter;
    qsizetype out = 0;
    for (int i = 0; i < 1000; ++i)
        out += filter.feed("aaaaaaaaaaaaaaaa", repeats).size();
    QVERIFY(out > 0);
    QVERIFY(filter.finish(repeats).size() < 64);
}

/// Not a limit; says what the pass costs.
void TestSecretFilter::speed() {
    QByteArray json;
    while (json.size() < 1024 * 1024)
        json +=
            R"({"role":"user","content":"if (at + 1 < text.size()) {\n    return \"name\";\n}"},)";
    const KnownSecrets many = KnownSecrets().renewed(
        {"sk-ant-api03-Zm9vYmFyYmF6cXV4-0123456789abcdef", "sp-Zm9vYmFyYmF6cXV4MDEyMzQ1Njc4OTAx"});
    const std::clock_t start = std::clock();
    constexpr int kRounds = 20;
    SecretFilter filter;
    for (int i = 0; i < kRounds; ++i)
        for (qsizetype at = 0; at + 16384 <= json.size(); at += 16384)
            QVERIFY(filter.feed(QByteArrayView(json).sliced(at, 16384), many).size() > 16000);
    const qint64 kib = json.size() / 1024 * kRounds;
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    qInfo("%.0f ns for a KiB", seconds * 1e9 / static_cast<double>(kib));
}

QTEST_APPLESS_MAIN(TestSecretFilter)
#include "tst_secretfilter.moc"
