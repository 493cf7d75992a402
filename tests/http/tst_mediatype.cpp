// SPDX-License-Identifier: MIT
#include "core/http/mediatype.h"

#include <QTest>

using namespace sallyport;

class TestMediaType : public QObject {
    Q_OBJECT
private slots:
    void parses_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("found"); ///< type and subtype; empty: none
        const auto row = [](const char* tag, const char* text, const char* found) {
            QTest::newRow(tag) << QByteArray(text) << QByteArray(found);
        };
        row("a type", "text/event-stream", "text event-stream");
        row("a suffix is of the subtype", "application/problem+json", "application problem+json");
        row("a parameter", "text/html;charset=utf-8", "text html");
        row("blanks around the semicolon", "text/html \t; charset=utf-8", "text html");
        row("a quoted value", "text/html; a=\"x;\\\",\"; b=c", "text html");
        row("an empty parameter", "text/html; ;charset=utf-8;", "text html");
        row("blanks around it all", " text/html ", "text html");
        row("nothing", "", "");
        row("no subtype", "text", "");
        row("an empty subtype", "text/", "");
        row("an empty type", "/html", "");
        row("a blank inside", "text /html", "");
        row("more after the subtype", "text/html x", "");
        row("two in a list", "text/html, text/plain", "");
        row("a parameter without a value", "text/html; charset", "");
        row("a parameter with an empty value", "text/html; charset=", "");
        row("a blank around =", "text/html; charset = utf-8", "");
        row("a quoted value that does not end", "text/html; a=\"x", "");
        row("a quoted value that ends in an escape", "text/html; a=\"x\\", "");
        row("more after a quoted value", "text/html; a=\"x\"y", "");
    }
    void parses() {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, found);
        const auto parsed = parseMediaType(text);
        QCOMPARE(parsed.has_value(), !found.isEmpty());
        if (parsed)
            QCOMPARE(QByteArray(parsed->type.toByteArray() + ' ' + parsed->subtype.toByteArray()),
                     found);
    }

    void fields_data() {
        QTest::addColumn<QByteArrayList>("values");
        QTest::addColumn<bool>("is");
        QTest::newRow("the type") << QByteArrayList{"text/event-stream"} << true;
        QTest::newRow("in other letter case") << QByteArrayList{"TEXT/Event-Stream; x=y"} << true;
        QTest::newRow("one that only begins like it")
            << QByteArrayList{"text/event-streams"} << false;
        QTest::newRow("no field") << QByteArrayList{} << false;
        QTest::newRow("two fields")
            << QByteArrayList{"text/event-stream", "text/event-stream"} << false;
    }
    void fields() {
        QFETCH(const QByteArrayList, values);
        QFETCH(const bool, is);
        FieldList list;
        for (const QByteArray& value : values)
            list.append("Content-Type", value);
        QCOMPARE(hasMediaType(list, "text/event-stream"), is);
    }
};

QTEST_GUILESS_MAIN(TestMediaType)
#include "tst_mediatype.moc"
