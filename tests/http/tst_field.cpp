// SPDX-License-Identifier: MIT
#include "core/http/field.h"

#include <QtTest>

using namespace sallyport;

namespace {

FieldList sample() {
    FieldList fields;
    fields.append("Host", "a");
    fields.append("Set-Cookie", "x=1");
    fields.append("set-cookie", "y=2, z");
    fields.append("Connection", "keep-alive, X-Hop ;q=1, \"a,b\"");
    fields.append("Empty", "");
    return fields;
}

QByteArray text(const FieldList& fields) {
    QByteArray out;
    for (const FieldView field : fields)
        out.append(field.name).append(':').append(field.value).append('|');
    return out;
}

} // namespace

class TestField : public QObject {
    Q_OBJECT

private slots:
    void cgiNames_data();
    void cgiNames();
    void spellingsGo();
    void aCopyWithRoomIsTheSame() {
        FieldList fields = sample();
        fields.removeAll("Host");
        FieldList copy = fields.withRoom(1, 16);
        QVERIFY(copy == fields);
        const char* const bytes = copy.at(0).name.data();
        copy.append("X-More", "1");
        QVERIFY(copy.at(0).name.data() == bytes);
        QCOMPARE(copy.first("X-More"), QByteArrayView("1"));
        QVERIFY(!fields.contains("X-More"));
    }
    void anEmptyCopyHasRoomToo() {
        FieldList copy = FieldList().withRoom(1, 16);
        QVERIFY(copy.isEmpty());
        copy.append("A", "1");
        QCOMPARE(copy.size(), std::size_t{1});
    }
    void keepsOrderCaseAndDuplicates() {
        const FieldList fields = sample();
        QCOMPARE(text(fields), QByteArray("Host:a|Set-Cookie:x=1|set-cookie:y=2, z|"
                                          "Connection:keep-alive, X-Hop ;q=1, \"a,b\"|Empty:|"));
        QCOMPARE(fields.size(), std::size_t{5});
    }
    void findsNamesInAnyCase() {
        const FieldList fields = sample();
        QCOMPARE(fields.first("SET-COOKIE").value(), QByteArrayView("x=1"));
        QCOMPARE(fields.count("Set-cookie"), std::size_t{2});
        QVERIFY(fields.contains("empty"));
        QVERIFY(!fields.contains("Hos"));
        QVERIFY(!fields.first("Via").has_value());
        QCOMPARE(fields.count("Via"), std::size_t{0});
    }
    void combinesLines() {
        const FieldList fields = sample();
        QCOMPARE(fields.combined("set-cookie"), QByteArray("x=1, y=2, z"));
        QCOMPARE(fields.combined("empty"), QByteArray());
        QCOMPARE(fields.combined("Via"), QByteArray());
    }
    void setsInThePlaceOfTheFirst() {
        FieldList fields = sample();
        fields.set("SET-COOKIE", "n=3");
        QCOMPARE(fields.count("set-cookie"), std::size_t{1});
        QCOMPARE(fields.at(1).name, QByteArrayView("Set-Cookie"));
        QCOMPARE(fields.at(1).value, QByteArrayView("n=3"));
        fields.set("Via", "1.1 x");
        QCOMPARE(fields.at(fields.size() - 1).value, QByteArrayView("1.1 x"));
    }
    void takesViewsIntoItself() {
        FieldList fields = sample();
        for (int i = 0; i < 200; ++i)
            fields.append(fields.at(0).name, fields.at(1).value);
        QCOMPARE(fields.at(204).value, QByteArrayView("x=1"));
        fields.set(fields.at(0).name, fields.at(1).value);
        QCOMPARE(fields.count("host"), std::size_t{1});
        QCOMPARE(fields.first("host").value(), QByteArrayView("x=1"));
    }
    void removesEveryLineOfAName() {
        FieldList fields = sample();
        QCOMPARE(fields.removeAll("set-cookie"), std::size_t{2});
        QCOMPARE(fields.removeAll("set-cookie"), std::size_t{0});
        QCOMPARE(fields.size(), std::size_t{3});
        fields.clear();
        QVERIFY(fields.isEmpty());
        QVERIFY(fields.begin() == fields.end());
    }
    void copiesAreIndependent() {
        FieldList first = sample();
        FieldList second = first;
        QVERIFY(first == second);
        second.set("Host", "b");
        QCOMPARE(first.first("host").value(), QByteArrayView("a"));
        QVERIFY(!(first == second));
    }
    void comparesWhatItHoldsAndNotHow() {
        FieldList first;
        first.append("A", "1");
        FieldList second;
        second.append("B", "0");
        second.append("A", "0");
        second.removeAll("B");
        second.set("A", "1");
        QVERIFY(first == second);
        second.append("A", "1");
        QVERIFY(!(first == second));
        FieldList third;
        third.append("a", "1");
        QVERIFY(!(first == third));
    }
    void findsTokens_data();
    void findsTokens();
    void splitsLists_data();
    void splitsLists();
};

void TestField::findsTokens_data() {
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<bool>("isThere");
    QTest::newRow("the first member") << QByteArray("Keep-Alive") << true;
    QTest::newRow("a member with a parameter") << QByteArray("x-hop") << true;
    QTest::newRow("a part of a member") << QByteArray("keep") << false;
    QTest::newRow("a part of a quoted string") << QByteArray("b\"") << false;
    QTest::newRow("close") << QByteArray("close") << false;
}

void TestField::findsTokens() {
    QFETCH(QByteArray, token);
    QFETCH(bool, isThere);
    FieldList fields = sample();
    QCOMPARE(fields.hasToken("connection", token), isThere);
    QVERIFY(!fields.hasToken("host", token));
    fields.append("CONNECTION", "close");
    QVERIFY(fields.hasToken("connection", "CLOSE"));
}

void TestField::splitsLists_data() {
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QList<QByteArray>>("members");
    const auto row = [](const char* tag, const char* value, const QList<QByteArray>& members) {
        QTest::newRow(tag) << QByteArray(value) << members;
    };
    row("nothing", "", {});
    row("blanks and commas", " ,\t, ,", {});
    row("one member", " a ", {"a"});
    row("blanks around members", "a ,\tb,c", {"a", "b", "c"});
    row("a comma in a quoted string", "a=\"x,y\", b", {"a=\"x,y\"", "b"});
    row("an escaped quote", "\"a\\\",b\",c", {"\"a\\\",b\"", "c"});
    row("a quote that does not end", "a,\"b,c", {"a", "\"b,c"});
    row("a backslash at the end of a quote", "\"a\\", {"\"a\\"});
}

void TestField::splitsLists() {
    QFETCH(QByteArray, value);
    QFETCH(QList<QByteArray>, members);
    QList<QByteArray> found;
    for (const QByteArrayView member : listMembers(value))
        found.append(member.toByteArray());
    QCOMPARE(found, members);
}

void TestField::cgiNames_data() {
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<bool>("isSame");
    QTest::newRow("itself") << QByteArray("X-Set") << QByteArray("X-Set") << true;
    QTest::newRow("in another case") << QByteArray("X-Set") << QByteArray("x-sET") << true;
    QTest::newRow("with an underscore") << QByteArray("X-Set") << QByteArray("X_Set") << true;
    QTest::newRow("with a dot") << QByteArray("X-Set") << QByteArray("x.set") << true;
    QTest::newRow("without a hyphen") << QByteArray("X-Set") << QByteArray("XSet") << false;
    QTest::newRow("with a digit") << QByteArray("X-Set") << QByteArray("X1Set") << false;
    QTest::newRow("a longer one") << QByteArray("X-Set") << QByteArray("X-Sets") << false;
}

void TestField::cgiNames() {
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QFETCH(bool, isSame);
    QCOMPARE(isSameCgiName(a, b), isSame);
    QCOMPARE(isSameCgiName(b, a), isSame);
}

void TestField::spellingsGo() {
    FieldList fields;
    for (const char* name : {"X-A", "x_a", "X-B", "X.A", "x-a"})
        fields.append(name, "1");
    FieldList others = fields;
    QCOMPARE(fields.removeEverySpelling("X-A"), std::size_t{4});
    QCOMPARE(fields.size(), std::size_t{1});
    QCOMPARE(others.removeOtherSpellings("X-A"), std::size_t{2});
    QCOMPARE(others.count("X-A"), std::size_t{2});
}

QTEST_GUILESS_MAIN(TestField)
#include "tst_field.moc"
