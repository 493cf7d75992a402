// SPDX-License-Identifier: MIT
#include "core/route/normalisedpath.h"
#include "core/route/routetable.h"

#include <QTest>

using namespace sallyport;

class TestNormalisedPath : public QObject {
    Q_OBJECT
private slots:
    void normalForms_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("normal");
        QTest::addColumn<bool>("isInside");
        const auto row = [](const char* tag, const char* path, const char* normal,
                            bool isInside = true) {
            QTest::newRow(tag) << QByteArray(path) << QByteArray(normal) << isInside;
        };
        row("the root is itself", "/", "/");
        row("nothing is the root", "", "/");
        row("a plain path is itself", "/a/b", "/a/b");
        row("a slash at the end stays", "/a/b/", "/a/b/");
        row("RFC 3986 5.2.4, first example", "/a/b/c/./../../g", "/a/g");
        row("dot-dot at the end leaves a folder", "/a/b/..", "/a/");
        row("a dot at the end leaves a folder", "/a/b/.", "/a/b/");
        row("encoded dots are dots", "/a/%2e%2E/b/%2e", "/b/");
        row("empty segments are left out", "//a///b//", "/a/b/");
        row("dot-dot takes a named segment, not an empty one", "/a//../b", "/b");
        row("unreserved bytes are decoded", "/%61%7e%2D%5f%39", "/a~-_9");
        row("other triplets are in upper case", "/%c3%a9%2f%5c", "/%C3%A9%2F%5C");
        row("what is no triplet stays", "/%/%z/%2", "/%/%z/%2");
        row("an encoded percent is not decoded again", "/%252e%252e/x", "/%252e%252e/x");
        row("three dots are a name", "/.../x", "/.../x");
        row("above the root", "/a/../../b", "/", false);
        row("above the root at once", "/..", "/", false);
    }
    void normalForms() {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, normal);
        QFETCH(bool, isInside);
        const auto [result, inside] = normalisedPath(path);
        QCOMPARE(result, normal);
        QCOMPARE(inside, isInside);
        // A normal form is its own.
        if (inside) QCOMPARE(normalisedPath(result).first, result);
    }

    void plainPathsAreTheirOwnNormalForm_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<bool>("isPlain");
        QTest::newRow("a usual one") << QByteArray("/v1/messages") << true;
        QTest::newRow("a dot inside a segment") << QByteArray("/v1.2/x.json") << true;
        QTest::newRow("a slash at the end") << QByteArray("/v1/") << true;
        QTest::newRow("a semicolon") << QByteArray("/a;b=c") << true;
        QTest::newRow("a dot in front of a segment") << QByteArray("/.git") << false;
        QTest::newRow("two slashes") << QByteArray("/a//b") << false;
        QTest::newRow("a percent") << QByteArray("/a%62") << false;
        QTest::newRow("a backslash") << QByteArray("/a\\b") << false;
        QTest::newRow("a NUL") << QByteArray("/a\0b", 4) << false;
        QTest::newRow("no slash in front") << QByteArray("a") << false;
        QTest::newRow("nothing") << QByteArray() << false;
    }
    void plainPathsAreTheirOwnNormalForm() {
        QFETCH(QByteArray, path);
        QFETCH(bool, isPlain);
        QCOMPARE(isPlainPath(path), isPlain);
        if (!isPlain) return;
        QCOMPARE(normaliseStrictly(path).path, path);
        QCOMPARE(normaliseLeniently(path)->path, path);
    }

    void rawEndsPointBehindTheSegments() {
        const QByteArray raw = "//a/x/../%62/./c?";
        const NormalisedPath reading = normaliseStrictly(raw.chopped(1));
        QCOMPARE(reading.path, QByteArray("/a/b/c"));
        QCOMPARE(reading.rawEnds.size(), std::size_t{3});
        QCOMPARE(raw.left(reading.rawEnds[0]), QByteArray("//a"));
        QCOMPARE(raw.left(reading.rawEnds[1]), QByteArray("//a/x/../%62"));
        QCOMPARE(raw.left(reading.rawEnds[2]), QByteArray("//a/x/../%62/./c"));
    }

    void gatesAreNotLeft() {
        const IsPrefixBoundary isPrefixBoundary = [](QByteArrayView path) {
            return path == "/a/b";
        };
        QVERIFY(normaliseStrictly("/a/b/../c", isPrefixBoundary).escapesRoot);
        QVERIFY(normaliseStrictly("/a/b/c/../../d", isPrefixBoundary).escapesRoot);
        QVERIFY(!normaliseStrictly("/a/b/c/../d", isPrefixBoundary).escapesRoot);
        QVERIFY(!normaliseStrictly("/a/../c", isPrefixBoundary).escapesRoot);
    }

    void theForgivingReading_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("lenient");
        QTest::newRow("an encoded slash is a slash") << QByteArray("/a%2fb") << QByteArray("/a/b");
        QTest::newRow("a backslash is a slash") << QByteArray("/a\\b%5Cc") << QByteArray("/a/b/c");
        QTest::newRow("encoding is undone again")
            << QByteArray("/%2561%25%36%32") << QByteArray("/ab");
        QTest::newRow("dot-dot with parameters") << QByteArray("/a/..;x/b") << QByteArray("/b");
        QTest::newRow("parameters of a name stay") << QByteArray("/a;x/b") << QByteArray("/a;x/b");
        QTest::newRow("a percent that stands alone stays")
            << QByteArray("/100%") << QByteArray("/100%");
    }
    void theForgivingReading() {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, lenient);
        const auto reading = normaliseLeniently(path);
        QVERIFY(reading.has_value());
        QCOMPARE(reading->path, lenient);
    }

    void whatHasNoForgivingReading() {
        QVERIFY(!normaliseLeniently("/a%00b"));
        QVERIFY(!normaliseLeniently(QByteArrayView("/a\0b", 4)));
        QVERIFY(!normaliseLeniently("/%2500"));
        QVERIFY(!normaliseLeniently("/%25252525252561"));
    }
};

QTEST_APPLESS_MAIN(TestNormalisedPath)
#include "tst_normalisedpath.moc"
