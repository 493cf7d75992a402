// SPDX-License-Identifier: MIT
#include "core/anthropic/jsonmemberreader.h"

#include "core/support/jsonlimits.h"

#include <QTest>

#include <array>

using namespace sallyport;

Q_DECLARE_METATYPE(JsonMemberReader::State)

static constexpr std::array<std::string_view, 4> kPaths{"a", "a.b", "a.b.c", "d"};

class TestJsonMemberReader : public QObject {
    Q_OBJECT
private slots:
    void states_data();
    void states();
    void members_data();
    void members();
    void everyCutGivesTheSame_data() { members_data(); }
    void everyCutGivesTheSame();
    void aLongStringIsKeptInPart();
};

void TestJsonMemberReader::states_data() {
    using State = JsonMemberReader::State;
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<State>("state");
    const auto row = [](const char* tag, const QByteArray& text, State state) {
        QTest::newRow(tag) << text << state;
    };
    row("nothing", "", State::Open);
    row("an open object", "{\"a\":{", State::Open);
    row("an empty object", " {} \n", State::Whole);
    row("nested empty objects", R"({"a":{"b":{}},"x":{"y":[]}})", State::Whole);
    row("an array", "[]", State::Malformed);
    row("a number", "1", State::Malformed);
    row("a comma after the last member", R"({"a":1,})", State::Malformed);
    row("a comma and no member", "{,}", State::Malformed);
    row("no colon", R"({"a" 1})", State::Malformed);
    row("no value", R"({"a":})", State::Malformed);
    row("two values", R"({"a":1 2})", State::Malformed);
    row("a bracket that closes an object", R"({"a":{"b":1]})", State::Malformed);
    row("a second document", "{} {}", State::Malformed);
    row("as many levels as are read",
        "{\"x\":" + QByteArray(kMaxJsonDepth - 1, '[') + QByteArray(kMaxJsonDepth - 1, ']') + '}',
        State::Whole);
    row("one level more", "{\"x\":" + QByteArray(kMaxJsonDepth, '['), State::TooDeep);
    row("levels below a member that is looked for",
        R"({"a":{"b":{"x":)" + QByteArray(kMaxJsonDepth - 2, '['), State::TooDeep);
    row("brackets in strings are no levels", "{\"x\":[\"" + QByteArray(1000, '[') + "\"]}",
        State::Whole);
}

void TestJsonMemberReader::states() {
    QFETCH(QByteArray, text);
    QFETCH(JsonMemberReader::State, state);
    JsonMemberReader reader(kPaths);
    reader.feed(text);
    QCOMPARE(reader.state(), state);
}

void TestJsonMemberReader::members_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("found"); ///< text of a, a.b, a.b.c, d
    const auto row = [](const char* tag, const char* json, const char* found) {
        QTest::newRow(tag) << QByteArray(json) << QByteArray(found);
    };
    row("a member of the root", R"({"x":[1],"a":"A","d":"D"})", "A|||D");
    row("a member on each level", R"({"a":{"b":{"c":"C"},"x":"a"},"d":"D"})", "||C|D");
    row("a string above a path", R"({"a":{"b":"B"}})", "|B||");
    row("the same names elsewhere", R"({"x":{"a":"1","d":"2"},"a":{"d":"3","a":{"b":"4"}}})",
        "|||");
    row("names in arrays", R"({"a":[{"b":"B"}],"x":[{"d":"D"}]})", "|||");
    row("a later string takes the place of an object", R"({"a":{"b":"B"},"a":"A"})", "A|||");
    row("a later object takes the place of a string", R"({"a":"A","a":{"x":1}})", "|||");
    row("a later array takes the place of all below", R"({"a":{"b":{"c":"C"}},"a":[]})", "|||");
    row("an empty name", R"({"":"x","a":{"":{"c":"C"}}})", "|||");
    row("names with dots", R"({"a.b":"x","a":{"b.c":"y"},".":"z"})", "|||");
    row("escaped names and values", R"({"\u0061":{"\u0062":"\"\\\u00e9"}})", "|\"\\é||");
    row("quotes and braces in skipped strings", R"({"x":{"y":"\"}]{[\\"},"d":"D"})", "|||D");
}

static QByteArray foundBy(const JsonMemberReader& reader) {
    QByteArrayList found;
    for (const std::string_view path : kPaths)
        found << reader.text(path);
    return found.join('|');
}

void TestJsonMemberReader::members() {
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, found);
    JsonMemberReader reader(kPaths);
    reader.feed(json);
    QCOMPARE(reader.state(), JsonMemberReader::State::Whole);
    QCOMPARE(foundBy(reader), found);
}

void TestJsonMemberReader::everyCutGivesTheSame() {
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, found);
    for (qsizetype cut = 0; cut <= json.size(); ++cut) {
        JsonMemberReader reader(kPaths);
        reader.feed(QByteArrayView(json).first(cut));
        reader.feed(QByteArrayView(json).sliced(cut));
        QCOMPARE(foundBy(reader), found);
    }
}

void TestJsonMemberReader::aLongStringIsKeptInPart() {
    JsonMemberReader reader(kPaths);
    reader.feed(R"({"d":")");
    for (int i = 0; i < 1000; ++i)
        reader.feed(R"(\u0078yyyyyyyyyy)");
    reader.feed("\"}");
    QCOMPARE(reader.state(), JsonMemberReader::State::Whole);
    const QByteArray kept = reader.text("d");
    QVERIFY(kept.startsWith("xyyyyyyyyyyx"));
    QVERIFY(kept.size() <= JsonMemberReader::kMaxCaptured);
}

QTEST_APPLESS_MAIN(TestJsonMemberReader)
#include "tst_jsonmemberreader.moc"
