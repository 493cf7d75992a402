// SPDX-License-Identifier: MIT
#include "core/cache/varyfields.h"
#include "tests/cache/fields.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

class TestSelectors : public QObject {
    Q_OBJECT
private slots:
    void selects_data() {
        QTest::addColumn<QByteArray>("vary");
        QTest::addColumn<QByteArrayList>("first");
        QTest::addColumn<QByteArrayList>("second");
        QTest::addColumn<bool>("isSame");
        const auto row = [](const char* tag, const char* vary, const QByteArrayList& first,
                            const QByteArrayList& second, bool isSame) {
            QTest::newRow(tag) << QByteArray(vary) << first << second << isSame;
        };
        row("the same value", "Foo", {"Foo: 1"}, {"foo: 1"}, true);
        row("another value", "Foo", {"Foo: 1"}, {"Foo: 2"}, false);
        row("none and one", "Foo", {}, {"Foo: 1"}, false);
        row("one and none", "Foo", {"Foo: 1"}, {}, false);
        row("none and an empty one", "Foo", {}, {"Foo: "}, false);
        row("a field that does not count", "Foo", {"Foo: 1", "Bar: 1"}, {"Foo: 1", "Bar: 2"}, true);
        row("the second of two", "Foo, Bar", {"Foo: 1", "Bar: 1"}, {"Foo: 1", "Bar: 2"}, false);
        row("two lines and one list", "Foo", {"Foo: 1, 2"}, {"Foo: 1", "Foo: 2"}, true);
        row("blanks around members", "Foo", {"Foo: 1,2"}, {"Foo: 1,   2"}, true);
        row("the order of a list", "Foo", {"Foo: 1, 2"}, {"Foo: 2, 1"}, false);
        row("the order of languages", "Accept-Language", {"Accept-Language: en, de"},
            {"Accept-Language: de, en"}, true);
        row("the letter case of languages", "Accept-Language", {"Accept-Language: en"},
            {"Accept-Language: EN"}, true);
        row("the order of codings", "accept-encoding", {"Accept-Encoding: gzip, br"},
            {"Accept-Encoding: br, gzip"}, true);
        row("another forwarded host, and no Vary", "", {"X-Forwarded-Host: a"},
            {"X-Forwarded-Host: b"}, false);
        row("a forwarded host and none", "", {"X-Forwarded-Host: a"}, {}, false);
        row("none and a path of its own", "", {}, {"X-Original-URL: /admin"}, false);
        row("none and a scheme, as a CGI program reads it", "", {}, {"x_forwarded_proto: http"},
            false);
        row("the same forwarded host", "", {"X-Forwarded-Host: a"}, {"x-forwarded-host: a"}, true);
        row("another client address", "", {"X-Forwarded-For: a"}, {"X-Forwarded-For: b"}, true);
        row("no Vary", "", {"Foo: 1"}, {"Foo: 2"}, true);
    }
    void selects() {
        QFETCH(QByteArray, vary);
        QFETCH(QByteArrayList, first);
        QFETCH(QByteArrayList, second);
        QFETCH(bool, isSame);
        StoredResponse stored = storedOf({});
        stored.selectedBy = selectingFields(fieldsOf({"Vary: " + vary}), fieldsOf(first));
        QVERIFY(isSelected(stored, fieldsOf(first)));
        QCOMPARE(isSelected(stored, fieldsOf(second)), isSame);
    }
};

QTEST_APPLESS_MAIN(TestSelectors)
#include "tst_varyfields.moc"
