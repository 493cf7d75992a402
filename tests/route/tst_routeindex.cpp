// SPDX-License-Identifier: MIT
#include "core/route/routeindex.h"

#include <QTest>

using namespace sallyport;

namespace {

using Kind = RouteIndex::HostKind;

/// Entries by number: 0 to 9.
RouteIndex sample() {
    RouteIndex index;
    index.add(Kind::None, {}, "", 0);
    index.add(Kind::None, {}, "/a", 1);
    index.add(Kind::None, {}, "/a/b", 2);
    index.add(Kind::None, {}, "/a", 3);
    index.add(Kind::Any, {}, "/any", 4);
    index.add(Kind::Suffix, ".example.com", "", 5);
    index.add(Kind::Suffix, ".deep.example.com", "/x", 6);
    index.add(Kind::Exact, "a.example.com", "/only", 7);
    index.add(Kind::Any, {}, "", 8);
    return index;
}

QByteArray all(QByteArrayView host, QByteArrayView path) {
    QByteArray found;
    const bool wasTaken = sample().eachUnder(host, path, [&](std::size_t entry) {
        found.append(QByteArray::number(qulonglong(entry)));
        return false;
    });
    return wasTaken ? QByteArray("taken") : found;
}

} // namespace

class TestRouteIndex : public QObject {
    Q_OBJECT
private slots:
    void findsWhatFitsBestFirst_data() {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("entries");
        const auto row = [](const char* tag, const char* host, const char* path,
                            const char* entries) {
            QTest::newRow(tag) << QByteArray(host) << QByteArray(path) << QByteArray(entries);
        };
        row("the longest prefix, then the order in which they came", "", "/a/b/c", "2130");
        row("the prefix itself", "", "/a/b", "2130");
        row("only on a segment boundary", "", "/a/bc", "130");
        row("not even a letter more", "", "/ab", "0");
        row("a path beyond every prefix", "", "/a/b/c/d/e/f/g/h", "2130");
        row("the root", "", "", "0");
        row("empty segments at the end", "", "/a/", "130");
        row("an exact host, then its suffix, then any", "a.example.com", "/only", "758");
        row("a longer suffix before a shorter one", "h.deep.example.com", "/x/y", "658");
        row("the suffix is not below itself", "example.com", "/any/x", "48");
        row("a host of its own", "other.test", "/x", "8");
        row("entries without a host take none", "other.test", "/a", "8");
    }
    void findsWhatFitsBestFirst() {
        QFETCH(const QByteArray, host);
        QFETCH(const QByteArray, path);
        QTEST(all(host, path), "entries");
    }
    void stopsAtTheFirstThatIsTaken() {
        int asked = 0;
        QVERIFY(sample().eachUnder("", "/a/b", [&](std::size_t entry) {
            ++asked;
            return entry == 1;
        }));
        QCOMPARE(asked, 2);
    }
    void findsTheOnesAtAPath() {
        QByteArray found;
        QVERIFY(!sample().eachAt("", "/a", [&](std::size_t entry) {
            found.append(QByteArray::number(qulonglong(entry)));
            return false;
        }));
        QCOMPARE(found, QByteArray("13"));
        QVERIFY(!sample().eachAt("", "/a/b/c", [](std::size_t) { return true; }));
    }
    void knowsItsHosts() {
        RouteIndex index;
        index.add(Kind::None, {}, "", 0);
        QVERIFY(!index.hasHost("a.test"));
        index.add(Kind::Exact, "a.test", "/x", 1);
        QVERIFY(index.hasHost("a.test"));
        QVERIFY(!index.hasHost("b.test"));
        index.add(Kind::Any, {}, "", 2);
        QVERIFY(index.hasHost("b.test"));
        QVERIFY(!index.hasHost(""));
    }
    void aLongPathCostsNoMoreThanTheLongestPrefix() {
        QByteArray path;
        for (int i = 0; i < 8000; ++i)
            path += "/a";
        QBENCHMARK { QCOMPARE(all("", path), QByteArray("130")); }
    }
};

QTEST_GUILESS_MAIN(TestRouteIndex)
#include "tst_routeindex.moc"
