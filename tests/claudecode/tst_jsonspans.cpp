// SPDX-License-Identifier: MIT
#include "core/claudecode/jsonspans.h"

#include "core/support/jsonlimits.h"

#include <QTest>

#include <nlohmann/json.hpp>

using namespace sallyport::jsonspans;
using sallyport::kMaxJsonDepth;

class JsonSpansTest : public QObject {
    Q_OBJECT
private slots:
    void accepted_data() {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* tag, const QByteArray& text) {
            QTest::newRow(tag) << text;
        };
        row("every kind of value", "[null, true, false, -0, 1.5e+3, 0.1E-2, \"x\", {}, []]");
        row("every escape", "\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u00e9 \\uD83D\\uDEAA\"");
        row("a byte above ASCII", "\"\xC3\xA9\"");
        row("a delete character", "\"\x7f\"");
        row("blanks of every kind", " \t\r\n{ \t\r\n} \t\r\n");
        row("nested empty containers", "{\"a\":{\"b\":[[],{}]}}");
        row("as many levels as are read",
            QByteArray(kMaxJsonDepth, '[') + QByteArray(kMaxJsonDepth, ']'));
    }
    void accepted() {
        QFETCH(QByteArray, text);
        const auto root = scan(text);
        QVERIFY(root.isOk());
        QVERIFY(root->has_value());
        QVERIFY(nlohmann::json::accept(text.toStdString()));
    }

    void refused_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("offset");
        const auto row = [](const char* tag, const QByteArray& text, FaultKind kind, int offset) {
            QTest::newRow(tag) << text << int(kind) << offset;
        };
        row("a name without quotes", "{a: 1}", FaultKind::Unexpected, 1);
        row("single quotes", "{'a': 1}", FaultKind::Unexpected, 1);
        row("no colon", "{\"a\" 1}", FaultKind::Unexpected, 5);
        row("no comma", "[1 2]", FaultKind::Unexpected, 3);
        row("two commas", "[1,,2]", FaultKind::Unexpected, 3);
        row("only a comma", "{,}", FaultKind::Unexpected, 1);
        row("an open object", "{\"a\":1", FaultKind::UnexpectedEnd, 6);
        row("an open string", "\"abc", FaultKind::UnexpectedEnd, 4);
        row("a string that ends in a backslash", "\"abc\\", FaultKind::UnexpectedEnd, 5);
        row("a line end in a string", "\"a\nb\"", FaultKind::BadString, 2);
        row("an unknown escape", "\"\\x\"", FaultKind::BadString, 1);
        row("a short unicode escape", "\"\\u12\"", FaultKind::BadString, 5);
        row("a leading zero", "01", FaultKind::BadNumber, 1);
        row("a number that ends in a dot", "1.", FaultKind::BadNumber, 2);
        row("a lone minus", "-", FaultKind::BadNumber, 1);
        row("a plus", "+1", FaultKind::Unexpected, 0);
        row("an empty exponent", "1e", FaultKind::BadNumber, 2);
        row("half a word", "tru", FaultKind::Unexpected, 0);
        row("not a number", "NaN", FaultKind::Unexpected, 0);
        row("an open comment", "{} /* x", FaultKind::OpenComment, 3);
        row("a lone slash", "{} /", FaultKind::Unexpected, 3);
        row("two documents", "{} {}", FaultKind::TrailingContent, 3);
        row("a mark in the middle", "{}\xEF\xBB\xBF", FaultKind::TrailingContent, 2);
        row("one level too many", QByteArray(kMaxJsonDepth + 1, '['), FaultKind::TooDeep,
            kMaxJsonDepth);
        row("a hundred thousand levels", QByteArray(100000, '['), FaultKind::TooDeep,
            kMaxJsonDepth);
        row("a NUL", QByteArray("{\0}", 3), FaultKind::Unexpected, 1);
    }
    void refused() {
        QFETCH(QByteArray, text);
        QFETCH(int, kind);
        QFETCH(int, offset);
        const auto root = scan(text);
        QVERIFY(!root.isOk());
        QCOMPARE(int(root.error().kind), kind);
        QCOMPARE(int(root.error().offset), offset);
        QVERIFY(!nlohmann::json::accept(text.toStdString()));
    }

    void everyPrefixOfADocumentIsRefused() {
        const QByteArray text(" {\"a\": [1.5, \"x\\u0041\", {\"b\": null}], /* c */ \"d\": true} ");
        QVERIFY(scan(text).isOk());
        for (qsizetype size = 2; size < text.size() - 2; ++size)
            QVERIFY2(!scan(text.first(size)).isOk(), text.first(size).constData());
    }

    void membersAreFoundInOrder() {
        const QByteArray text("/* {} */ { \"a\": {\"b\": 1}, \"\\u0061b\" : [2], \"a\": null, }");
        const auto root = scan(text);
        QVERIFY(root.isOk());
        const Object object = objectAt(text, (*root)->span.begin);
        QCOMPARE(object.members.size(), std::size_t(3));
        QCOMPARE(count(object, "a"), 2);
        QVERIFY(object.hasTrailingComma);
        const Member* found = find(object, "ab");
        QVERIFY(found);
        QCOMPARE(slice(text, found->value).toByteArray(), QByteArray("[2]"));
        QCOMPARE(found->kind, Kind::Array);
        QVERIFY(!find(object, "b"));
        QCOMPARE(slice(text, object.braces).toByteArray(), text.mid(9));
    }

    void emptyTextsHaveNoRoot_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("blanks") << QByteArray(" \r\n");
        QTest::newRow("a mark") << QByteArray("\xEF\xBB\xBF");
        QTest::newRow("comments") << QByteArray("// a\n/* b */ // c");
    }
    void emptyTextsHaveNoRoot() {
        QFETCH(QByteArray, text);
        const auto root = scan(text);
        QVERIFY(root.isOk());
        QVERIFY(!root->has_value());
    }
};

QTEST_APPLESS_MAIN(JsonSpansTest)
#include "tst_jsonspans.moc"
