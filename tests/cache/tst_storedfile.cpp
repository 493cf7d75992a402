// SPDX-License-Identifier: MIT
#include "core/cache/storedfile.h"
#include "tests/cache/fields.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

namespace {

StoredResponse sample() {
    StoredResponse out =
        storedOf({"Date: Sun, 06 Nov 1994 08:49:37 GMT", "ETag: \"a\"", "X-Twice: 1", "X-Twice: 2"},
                 QByteArray("a\0b\r\n", 5));
    out.head.status = 203;
    out.head.reason = "Of Its Own";
    out.selectedBy = {{"accept", "text/html", true}, {"foo", "", false}};
    out.requestedAt = CacheSeconds(1'700'000'000);
    out.receivedAt = CacheSeconds(1'700'000'001);
    return out;
}

} // namespace

class TestStoredFile : public QObject {
    Q_OBJECT
private slots:
    void whatIsWrittenIsRead() {
        const StoredResponse is = sample();
        const auto read = readStoredFile(storedFileContent("host /a?b=c", is));
        QVERIFY(read);
        QCOMPARE(read->key, QByteArray("host /a?b=c"));
        QCOMPARE(read->response.content, is.content);
        QCOMPARE(read->response.head.status, 203);
        QCOMPARE(read->response.head.reason, is.head.reason);
        QVERIFY(read->response.head.fields == is.head.fields);
        QVERIFY(read->response.selectedBy == is.selectedBy);
        QCOMPARE(read->response.requestedAt, is.requestedAt);
        QCOMPARE(read->response.receivedAt, is.receivedAt);
    }
    void theVersionIsKept() {
        for (const Version version : {Version{0}, Version{1}, kHttp2}) {
            StoredResponse is = sample();
            is.head.version = version;
            const auto read = readStoredFile(storedFileContent("host /", is));
            QVERIFY(read && read->response.head.version == version);
        }
    }
    void aDamagedOneIsNotRead() {
        const QByteArray whole = storedFileContent("host /", sample());
        for (qsizetype i = 0; i < whole.size(); ++i) {
            QVERIFY(!readStoredFile(QByteArrayView(whole).first(i)));
            QByteArray changed = whole;
            changed[i] = static_cast<char>(changed[i] ^ 0x20);
            QVERIFY(!readStoredFile(changed));
        }
        QVERIFY(!readStoredFile(QByteArray(whole + '\0')));
        QVERIFY(!readStoredFile({}));
    }
    void whatNoResponseCanBeIsNotRead_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("an interim status") << 103 << QByteArray("a") << QByteArray("b");
        QTest::newRow("a status above all") << 600 << QByteArray("a") << QByteArray("b");
        QTest::newRow("a name with a blank") << 200 << QByteArray("a b") << QByteArray("b");
        QTest::newRow("no name") << 200 << QByteArray() << QByteArray("b");
        QTest::newRow("a value with a line break")
            << 200 << QByteArray("a") << QByteArray("b\r\nc");
    }
    void whatNoResponseCanBeIsNotRead() {
        QFETCH(int, status);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        StoredResponse is = sample();
        is.head.status = status;
        is.head.fields.append(name, value);
        QVERIFY(!readStoredFile(storedFileContent("host /", is)));
    }
    void eachVariantHasAFileOfItsOwn() {
        StoredResponse other = sample();
        other.selectedBy.front().value = "text/plain";
        QVERIFY(storedFileName("a", sample()) != storedFileName("b", sample()));
        QVERIFY(storedFileName("a", sample()) != storedFileName("a", other));
        other = sample();
        other.content = "another";
        QCOMPARE(storedFileName("a", sample()), storedFileName("a", other));
        QCOMPARE(storedFileName("a", other).size(), 64);
    }
    void credentialsAreNotForTheDisk_data() {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("selector");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<bool>("mayBe");
        const auto row = [](const char* tag, const char* key, const char* name,
                            const char* selector, const char* content, bool mayBe) {
            QTest::newRow(tag) << QByteArray(key) << QByteArray(name) << QByteArray(selector)
                               << QByteArray(content) << mayBe;
        };
        row("a plain response", "h /v1/models?limit=2", "X-Plain", "accept", "{\"a\":1}", true);
        row("a cookie", "h /", "Set-Cookie", "accept", "", false);
        row("a token in a field", "h /", "X-Session-Token", "accept", "", false);
        row("a key in the target", "h /?api_key=abcdefghijkl", "X-Plain", "accept", "", false);
        row("a key that selects", "h /", "X-Plain", "x-api-key", "", false);
        row("a credential that selects", "h /", "X-Plain", "authorization", "", false);
        row("a key in the content", "h /", "X-Plain", "accept",
            "{\"api_key\":\"abcdefghijklmnop\"}", false);
        row("a key by its shape in the content", "h /", "X-Plain", "accept",
            "use sk-ant-api03-abcdefghijklmnopqrstuvwxyz", false);
    }
    void credentialsAreNotForTheDisk() {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, selector);
        QFETCH(QByteArray, content);
        QFETCH(bool, mayBe);
        StoredResponse is = storedOf({}, content);
        is.head.fields.append(name, "abcdefghijklmnop");
        is.selectedBy = {{selector, "abcdefghijklmnop", true}};
        QCOMPARE(mayBeOnDisk(key, is), mayBe);
    }
};

QTEST_GUILESS_MAIN(TestStoredFile)
#include "tst_storedfile.moc"
