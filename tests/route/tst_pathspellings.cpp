// SPDX-License-Identifier: MIT
#include "core/route/pathspellings.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>

using namespace sallyport;

class TestPathSpellings : public QObject {
    Q_OBJECT
private slots:
    void aSpelling_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("spelling");
        const auto row = [](const char* tag, const char* path, const char* spelling) {
            QTest::newRow(tag) << QByteArray(path) << QByteArray(spelling);
        };
        row("the path itself", "/a%2Fb", "/a%2Fb");
        row("percent-encoding is undone", "/a%2Fb", "/a/b");
        row("percent-encoding of unreserved bytes alone is undone", "/%2e%2Fb", "/.%2Fb");
        row("percent-encoding is undone once", "/%252e", "/%2e");
        row("and again", "/%252e", "/.");
        row("encoding whose digits are encoded is undone", "/%2%65", "/.");
        row("%u002e is a dot", "/%u002e", "/.");
        row("%U002F is a slash", "/%U002Fx", "//x");
        row("%uff0e is a full-width dot, and that a dot", "/%uff0e", "/.");
        row("a slash in two bytes of UTF-8", "/a%c0%afb", "/a/b");
        row("a dot in two bytes of UTF-8", "/%C0%AE", "/.");
        row("a dot in three bytes of UTF-8", "/%e0%80%ae", "/.");
        row("a dot in four bytes of UTF-8", "/%f0%80%80%ae", "/.");
        row("a dot in five bytes of UTF-8", "/%f8%80%80%80%ae", "/.");
        row("a dot in six bytes of UTF-8", "/%fc%80%80%80%80%ae", "/.");
        row("two bytes whose second is no continuation", "/%c1%1cx", "/\\x");
        row("a full-width slash", "/a%EF%BC%8Fb", "/a/b");
        row("a full-width dot", "/%EF%BC%8E", "/.");
        row("a full-width backslash is a slash", "/a%EF%BC%BCb", "/a/b");
        row("a full-width semicolon", "/a%EF%BC%9Bb", "/a;b");
        row("a full-width percent sign", "/%EF%BC%852e", "/.");
        row("a leader of two dots", "/%E2%80%A5", "/..");
        row("a fraction slash", "/a%E2%81%84b", "/a/b");
        row("a division slash", "/a%E2%88%95b", "/a/b");
        row("a set minus is a slash", "/a%E2%88%96b", "/a/b");
        row("a backslash is a slash", "/a\\b", "/a/b");
        row("an encoded backslash is a slash", "/a%5cb", "/a/b");
        row("a decoded question mark ends the path", "/a%3Fb/c", "/a");
        row("a decoded number sign ends the path", "/a%23b/c", "/a");
        row("a slash is decoded and a backslash is not", "/%2f%5c", "//\\");
    }
    void aSpelling() {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, spelling);
        const auto all = pathSpellings(path);
        QVERIFY(all.has_value());
        QCOMPARE(all->front(), path);
        QVERIFY2(std::find(all->begin(), all->end(), spelling) != all->end(),
                 QByteArrayList(all->begin(), all->end()).join(' ').constData());
    }

    void howMany_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<int>("count");
        QTest::newRow("a usual path has one") << QByteArray("/v1/messages") << 1;
        QTest::newRow("a percent sign that stands alone") << QByteArray("/100%/%zz/%2") << 1;
        QTest::newRow("parameters are no spelling") << QByteArray("/a;b=c/..;/") << 1;
        QTest::newRow("letters of UTF-8") << QByteArray("/caf%C3%A9") << 2;
        QTest::newRow("a blank") << QByteArray("/a%20b") << 2;
        QTest::newRow("an encoded slash") << QByteArray("/a%2Fb") << 2;
    }
    void howMany() {
        QFETCH(QByteArray, path);
        QFETCH(int, count);
        QCOMPARE(int(pathSpellings(path).value_or(std::vector<QByteArray>()).size()), count);
    }

    void whatHasNoSpellings_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("a NUL") << QByteArray("/a\0b", 4);
        QTest::newRow("an encoded NUL") << QByteArray("/a%00b");
        QTest::newRow("a NUL that is encoded twice") << QByteArray("/%2500");
        QTest::newRow("a NUL in two bytes of UTF-8") << QByteArray("/%c0%80");
        QTest::newRow("five levels of encoding") << QByteArray("/%2525252561");
        QTest::newRow("more than sixteen")
            << QByteArray("/%2541%252f%255c%u0041%c0%ae%ef%bc%8f%3f");
        QTest::newRow("more than 64 KiB of them")
            << QByteArray("/%252f%5c" + QByteArray(16'000, 'x'));
    }
    void whatHasNoSpellings() {
        QFETCH(QByteArray, path);
        QVERIFY(!pathSpellings(path).has_value());
    }

    void aHostilePathIsReadInTime() {
        QByteArray path;
        while (path.size() < 16'000)
            path += "/%c0%ae%ef%bc%8f\\%u002e%2541";
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!pathSpellings(path).has_value());
        QVERIFY2(timer.elapsed() < 500, "16 KiB take milliseconds");
    }
};

QTEST_APPLESS_MAIN(TestPathSpellings)
#include "tst_pathspellings.moc"
