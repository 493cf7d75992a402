// SPDX-License-Identifier: MIT
#include "core/route/normalisedpath.h"

#include <QTest>

#include <algorithm>

using namespace sallyport;

class TestNormalisedPath : public QObject {
    Q_OBJECT
private slots:
    void plainReadings_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("normal");
        QTest::addColumn<bool>("isInside");
        const auto row = [](const char* tag, const char* path, const char* normal,
                            bool isInside = true) {
            QTest::newRow(tag) << QByteArray(path) << QByteArray(normal) << isInside;
        };
        row("the root is nothing", "/", "");
        row("nothing is the root", "", "");
        row("a plain path is itself", "/a/b", "/a/b");
        row("a slash at the end says nothing", "/a/b/", "/a/b");
        row("RFC 3986 5.2.4, first example", "/a/b/c/./../../g", "/a/g");
        row("dot-dot at the end leaves a folder", "/a/b/..", "/a");
        row("a dot at the end leaves a folder", "/a/b/.", "/a/b");
        row("empty segments are left out", "//a///b//", "/a/b");
        row("dot-dot takes a named segment, not an empty one", "/a//../b", "/b");
        row("dot-dot takes a segment that has parameters only", "/a/;x/../b", "/a/b");
        row("parameters are left out", "/a;x=1/b;y", "/a/b");
        row("parameters alone are an empty segment", "/a/;x/b", "/a/b");
        row("dot-dot with parameters is a name", "/a/..;x/b", "/a/../b");
        row("unreserved bytes are decoded", "/%61%7e%2D%5f%39", "/a~-_9");
        row("other triplets are in upper case", "/%c3%a9%2f%5c", "/%C3%A9%2F%5C");
        row("other bytes are encoded", "/a:b@c!|", "/a%3Ab%40c%21%7C");
        row("what is no triplet is a percent sign", "/%/%z/%2", "/%25/%25z/%252");
        row("three dots are a name", "/.../x", "/.../x");
        row("above the root", "/a/../../b", "", false);
        row("above the root at once", "/..", "", false);
    }
    void plainReadings() {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, normal);
        QFETCH(bool, isInside);
        const NormalisedPath result = normalisedPath(path);
        QCOMPARE(result.path, normal);
        QCOMPARE(result.escapesRoot, !isInside);
    }

    void plainPathsHaveOneReading_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<bool>("isPlain");
        QTest::newRow("a usual one") << QByteArray("/v1/messages") << true;
        QTest::newRow("a dot inside a segment") << QByteArray("/v1.2/x.json") << true;
        QTest::newRow("a slash at the end") << QByteArray("/v1/") << true;
        QTest::newRow("a semicolon") << QByteArray("/a;b=c") << false;
        QTest::newRow("a colon") << QByteArray("/a:b") << false;
        QTest::newRow("a dot in front of a segment") << QByteArray("/.git") << false;
        QTest::newRow("two slashes") << QByteArray("/a//b") << false;
        QTest::newRow("a percent") << QByteArray("/a%62") << false;
        QTest::newRow("a backslash") << QByteArray("/a\\b") << false;
        QTest::newRow("a byte above 127") << QByteArray("/a\xc0") << false;
        QTest::newRow("a NUL") << QByteArray("/a\0b", 4) << false;
        QTest::newRow("no slash in front") << QByteArray("a") << false;
        QTest::newRow("nothing") << QByteArray() << false;
    }
    void plainPathsHaveOneReading() {
        QFETCH(QByteArray, path);
        QFETCH(bool, isPlain);
        QCOMPARE(isPlainPath(path), isPlain);
        if (!isPlain) return;
        const auto readings = normalisedPaths(path);
        QVERIFY(readings.has_value());
        QCOMPARE(readings->size(), std::size_t{1});
        QCOMPARE(readings->front().path + (path.endsWith('/') ? "/" : ""), path);
    }

    void endsAreThoseOfTheSegments() {
        const QByteArray raw = "//a/x/../%62/./c?";
        const NormalisedPath reading = normalisedPath(raw.chopped(1));
        QCOMPARE(reading.path, QByteArray("/a/b/c"));
        QCOMPARE(reading.ends.size(), std::size_t{3});
        QCOMPARE(raw.left(reading.ends[0]), QByteArray("//a"));
        QCOMPARE(raw.left(reading.ends[1]), QByteArray("//a/x/../%62"));
        QCOMPARE(raw.left(reading.ends[2]), QByteArray("//a/x/../%62/./c"));
    }

    void boundariesAreNotLeft() {
        const IsPrefixBoundary isPrefixBoundary = [](QByteArrayView path) {
            return path == "/a/b";
        };
        QVERIFY(normalisedPath("/a/b/../c", isPrefixBoundary).escapesRoot);
        QVERIFY(normalisedPath("/a/b;x/../c", isPrefixBoundary).escapesRoot);
        QVERIFY(normalisedPath("/a/b/c/../../d", isPrefixBoundary).escapesRoot);
        QVERIFY(!normalisedPath("/a/b/;x/../d", isPrefixBoundary).escapesRoot);
        QVERIFY(!normalisedPath("/a/b/c/../d", isPrefixBoundary).escapesRoot);
        QVERIFY(!normalisedPath("/a/../c", isPrefixBoundary).escapesRoot);
    }

    void readings_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("reading"); ///< "^" for one that climbs above the root
        const auto row = [](const char* tag, const char* path, const char* reading) {
            QTest::newRow(tag) << QByteArray(path) << QByteArray(reading);
        };
        row("an encoded slash is one", "/a%2fb", "/a/b");
        row("an encoded slash is of a name", "/a%2fb", "/a%2Fb");
        row("encoded dots are dots", "/a/%2e%2E/b/%2e", "/b");
        row("encoded dots are a name", "/a/%2e%2E/b", "/a/../b");
        row("encoding is undone again", "/%2561%25%36%32", "/ab");
        row("dot-dot with parameters is dot-dot", "/a/..;x/b", "/b");
        row("dot-dot with encoded parameters is dot-dot", "/a/..%3bx/b", "/b");
        row("a dot with parameters is a dot", "/a/.;x/../b", "/b");
        row("parameters alone are left out before dot-dot", "/o/;/../x", "/x");
        row("parameters alone are left out after dot-dot", "/o/;/../x", "/o/x");
        row("empty segments are left out before dot-dot", "/a//../b", "/b");
        row("empty segments are left out after dot-dot", "/a//../b", "/a/b");
        row("with encoded slashes too", "/a%2f%2f..%2fb", "/a/b");
        row("and where only one sees them", "/a/%2f../b", "/b");
        row("a way above the root", "/a/..;/..;/b", "^");
        row("a full-width way above the root", "/%ef%bc%8e%ef%bc%8e/b", "^");
        row("the end at a decoded question mark", "/a%3f/../b", "/a");
    }
    void readings() {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, reading);
        const auto all = normalisedPaths(path);
        QVERIFY(all.has_value());
        QVERIFY(std::any_of(all->begin(), all->end(), [&](const NormalisedPath& each) {
            return each.escapesRoot ? reading == "^" : each.path == reading;
        }));
        QCOMPARE(all->front().path, normalisedPath(path).path);
    }

    void whatHasNoSpellingsHasNoReadings() { QVERIFY(!normalisedPaths("/a%00b").has_value()); }
};

QTEST_APPLESS_MAIN(TestNormalisedPath)
#include "tst_normalisedpath.moc"
