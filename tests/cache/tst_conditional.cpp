// SPDX-License-Identifier: MIT
#include "core/cache/conditional.h"
#include "tests/cache/fields.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

class TestConditional : public QObject {
    Q_OBJECT
private slots:
    void isNotModified_data() {
        QTest::addColumn<QByteArrayList>("request");
        QTest::addColumn<QByteArrayList>("stored");
        QTest::addColumn<bool>("is304");
        const auto row = [](const char* tag, const QByteArrayList& request,
                            const QByteArrayList& stored, bool is304) {
            QTest::newRow(tag) << request << QByteArrayList{kDate} + stored << is304;
        };
        const QByteArray tag = "ETag: \"a\"";
        const QByteArray modified = "Last-Modified: Sun, 06 Nov 1994 07:00:00 GMT";
        row("no condition", {}, {tag}, false);
        row("the same tag", {"If-None-Match: \"a\""}, {tag}, true);
        row("another tag", {"If-None-Match: \"b\""}, {tag}, false);
        row("one of a list", {"If-None-Match: \"b\", \"a\""}, {tag}, true);
        row("one of two lines", {"If-None-Match: \"b\"", "If-None-Match: \"a\""}, {tag}, true);
        row("a weak one for a strong one", {"If-None-Match: W/\"a\""}, {tag}, true);
        row("a strong one for a weak one", {"If-None-Match: \"a\""}, {"ETag: W/\"a\""}, true);
        row("a tag with a comma", {"If-None-Match: \"a,b\""}, {"ETag: \"a,b\""}, true);
        row("any", {"If-None-Match: *"}, {}, true);
        row("no tag is stored", {"If-None-Match: \"a\""}, {}, false);
        row("the same time", {"If-Modified-Since: Sun, 06 Nov 1994 07:00:00 GMT"}, {modified},
            true);
        row("a later time", {"If-Modified-Since: Sun, 06 Nov 1994 08:00:00 GMT"}, {modified}, true);
        row("an earlier time", {"If-Modified-Since: Sun, 06 Nov 1994 06:00:00 GMT"}, {modified},
            false);
        row("Date where there is no Last-Modified",
            {"If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT"}, {}, true);
        row("a time that is none", {"If-Modified-Since: yesterday"}, {modified}, false);
        row("the tag goes before the time",
            {"If-None-Match: \"b\"", "If-Modified-Since: Sun, 06 Nov 1994 08:00:00 GMT"},
            {tag, modified}, false);
    }
    void isNotModified() {
        QFETCH(QByteArrayList, request);
        QFETCH(QByteArrayList, stored);
        QFETCH(bool, is304);
        QCOMPARE(sallyport::isNotModified(fieldsOf(request), headOf(200, stored)), is304);
        QVERIFY(!sallyport::isNotModified(fieldsOf(request), headOf(404, stored)));
    }
    void validatorsTakeThePlaceOfTheClients() {
        FieldList request =
            fieldsOf({"If-None-Match: \"x\"", "Range: bytes=0-1", "If-Range: \"x\"", "A: b"});
        setValidators(request, headOf(200, {"ETag: \"a\"", "Last-Modified: y"}));
        QVERIFY(request == fieldsOf({"A: b", "If-None-Match: \"a\"", "If-Modified-Since: y"}));
    }
    void a304OfAnotherTagSaysNothing() {
        const ResponseHead stored = headOf(200, {"ETag: \"a\""});
        QVERIFY(isValidatedBy(stored, fieldsOf({"ETag: \"a\""})));
        QVERIFY(isValidatedBy(stored, fieldsOf({})));
        QVERIFY(!isValidatedBy(stored, fieldsOf({"ETag: \"b\""})));
    }
};

QTEST_APPLESS_MAIN(TestConditional)
#include "tst_conditional.moc"
