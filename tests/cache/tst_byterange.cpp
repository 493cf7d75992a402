// SPDX-License-Identifier: MIT
#include "core/cache/byterange.h"
#include "tests/cache/fields.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

using Kind = RangeReading::Kind;
Q_DECLARE_METATYPE(RangeReading::Kind)

class TestByteRange : public QObject {
    Q_OBJECT
private slots:
    void reads_data() {
        QTest::addColumn<QByteArrayList>("request");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("last");
        const auto row = [](const char* tag, const QByteArrayList& request, Kind kind,
                            int first = 0, int last = 0) {
            QTest::newRow(tag) << request << kind << first << last;
        };
        row("no range", {}, Kind::Whole);
        row("from and to", {"Range: bytes=2-4"}, Kind::Part, 2, 4);
        row("the unit in other letter case", {"Range: Bytes=2-4"}, Kind::Part, 2, 4);
        row("to the end", {"Range: bytes=2-"}, Kind::Part, 2, 9);
        row("beyond the end", {"Range: bytes=2-99"}, Kind::Part, 2, 9);
        row("the last three", {"Range: bytes=-3"}, Kind::Part, 7, 9);
        row("more than there are", {"Range: bytes=-30"}, Kind::Part, 0, 9);
        row("after the end", {"Range: bytes=10-"}, Kind::Unsatisfiable);
        row("the last none", {"Range: bytes=-0"}, Kind::Unsatisfiable);
        row("from after to", {"Range: bytes=4-2"}, Kind::Whole);
        row("another unit", {"Range: lines=1-2"}, Kind::Whole);
        row("several", {"Range: bytes=0-1, 3-4"}, Kind::Whole);
        row("two lines", {"Range: bytes=0-1", "Range: bytes=3-4"}, Kind::Whole);
        row("letters", {"Range: bytes=a-b"}, Kind::Whole);
        row("a number that does not fit", {"Range: bytes=0-9999999999999999999"}, Kind::Whole);
        row("nothing", {"Range: bytes="}, Kind::Whole);
        row("If-Range with the tag", {"Range: bytes=2-4", "If-Range: \"a\""}, Kind::Part, 2, 4);
        row("If-Range with another tag", {"Range: bytes=2-4", "If-Range: \"b\""}, Kind::Whole);
        row("If-Range with a weak tag", {"Range: bytes=2-4", "If-Range: W/\"a\""}, Kind::Whole);
        row("If-Range with the time", {"Range: bytes=2-4", "If-Range: then"}, Kind::Part, 2, 4);
        row("If-Range with another time", {"Range: bytes=2-4", "If-Range: now"}, Kind::Whole);
    }
    void reads() {
        QFETCH(QByteArrayList, request);
        QFETCH(Kind, kind);
        QFETCH(int, first);
        QFETCH(int, last);
        const ResponseHead stored = headOf(200, {"ETag: \"a\"", "Last-Modified: then"});
        const RangeReading reading = readRange(fieldsOf(request), stored, 10);
        QCOMPARE(reading.kind, kind);
        if (kind == Kind::Part) QCOMPARE(reading.range, (ByteRange{first, last}));
    }
};

QTEST_APPLESS_MAIN(TestByteRange)
#include "tst_byterange.moc"
