// SPDX-License-Identifier: MIT
#include "core/claudecode/settingsedit.h"

#include "core/claudecode/settingsundo.h"

#include <QTest>

#include <nlohmann/json.hpp>

using namespace sallyport;
using nlohmann::json;

namespace {

const std::vector<WantedKey> kWanted{
    {"ANTHROPIC_BASE_URL", true, "\"http://127.0.0.1:8899\"", false},
    {"ANTHROPIC_AUTH_TOKEN", true, "\"sp-0123456789abcdefghijABCDEFGHIJ_-\"", true},
    {"NO_PROXY", true, "\"127.0.0.1,localhost\"", false},
    {"skipWebFetchPreflight", false, "true", false}};

/// What a JSON reader sees; trailing commas are our own tolerance, so they are taken out first.
json readerView(const QByteArray& text) {
    std::string plain = text.toStdString();
    if (plain.rfind("\xEF\xBB\xBF", 0) == 0) plain.erase(0, 3);
    return json::parse(plain, nullptr, false, true);
}

void addLayouts() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("an empty file") << QByteArray();
    QTest::newRow("only blanks") << QByteArray(" \n\n");
    QTest::newRow("only a byte order mark") << QByteArray("\xEF\xBB\xBF");
    QTest::newRow("only a comment without a line end") << QByteArray("// later");
    QTest::newRow("a mark and a comment without a line end")
        << QByteArray("\xEF\xBB\xBF/* x */ // y");
    QTest::newRow("an empty object") << QByteArray("{}");
    QTest::newRow("an empty object with a blank") << QByteArray("{ }\n");
    QTest::newRow("an empty object over two lines") << QByteArray("{\n}\n");
    QTest::newRow("an empty object with CRLF") << QByteArray("{\r\n}\r\n");
    QTest::newRow("an empty object with a line comment") << QByteArray("{ // none yet\n}\n");
    QTest::newRow("an empty object with a block comment") << QByteArray("{/* none */}");
    QTest::newRow("minified") << QByteArray(R"({"model":"opus","env":{"A":"1"},"x":[1,2]})");
    QTest::newRow("minified without env") << QByteArray(R"({"model":"opus"})");
    QTest::newRow("minified with an empty env") << QByteArray(R"({"env":{},"x":1})");
    QTest::newRow("one line with blanks")
        << QByteArray(R"({ "model": "opus", "env": { "A": "1" } })");
    QTest::newRow("two blanks") << QByteArray(
        "{\n  \"env\": {\n    \"A\": \"1\"\n  },\n  \"model\": \"opus\"\n}\n");
    QTest::newRow("two blanks without env") << QByteArray("{\n  \"model\": \"opus\"\n}\n");
    QTest::newRow("no line end at the end") << QByteArray("{\n  \"model\": \"opus\"\n}");
    QTest::newRow("four blanks") << QByteArray(
        "{\n    \"env\": {\n        \"A\": \"1\"\n    }\n}\n");
    QTest::newRow("tabs") << QByteArray("{\n\t\"env\": {\n\t\t\"A\": \"1\"\n\t},\n\t\"b\": 2\n}\n");
    QTest::newRow("tabs with an empty env") << QByteArray("{\n\t\"env\": {}\n}\n");
    QTest::newRow("CRLF") << QByteArray("{\r\n  \"env\": {\r\n    \"A\": \"1\"\r\n  }\r\n}\r\n");
    QTest::newRow("CRLF without env") << QByteArray("{\r\n  \"model\": \"opus\"\r\n}\r\n");
    QTest::newRow("a byte order mark") << QByteArray("\xEF\xBB\xBF{\r\n  \"model\": \"opus\"\r\n}");
    QTest::newRow("blank before the colon") << QByteArray("{\n  \"model\" : \"opus\"\n}\n");
    QTest::newRow("braces on lines of their own")
        << QByteArray("{\n  \"env\":\n  {\n    \"A\": \"1\"\n  }\n}\n");
    QTest::newRow("an empty env with braces apart") << QByteArray("{\n  \"env\":\n  {\n  }\n}\n");
    QTest::newRow("a comma at the front of the line") << QByteArray("{ \"a\": 1\n, \"b\": 2\n}\n");
    QTest::newRow("empty lines between") << QByteArray("{\n\n  \"a\": 1,\n\n  \"b\": 2\n\n}\n\n");
    QTest::newRow("a comment behind the last value")
        << QByteArray("{\n  \"a\": 1, // one\n  \"b\": 2 // two\n}\n");
    QTest::newRow("a comment behind the only value") << QByteArray("{\n  \"a\": 1 // one\n}\n");
    QTest::newRow("a comment behind the brace")
        << QByteArray("{ // head\n  \"a\": 1 // one, \"b\": 2\n}\n");
    QTest::newRow("a block comment behind the last value") << QByteArray("{\"a\":1 /* one */}");
    QTest::newRow("a long block comment behind the last value")
        << QByteArray("{\n  \"a\": 1 /* one\n two */\n}\n");
    QTest::newRow("a comment on its own line at the end")
        << QByteArray("{\n  \"a\": 1\n  // end\n}\n");
    QTest::newRow("a comment that looks like an end of one")
        << QByteArray("{ \"a\": 1, // x */\n \"b\": 2 // y */\n}");
    QTest::newRow("comments everywhere")
        << QByteArray("// top\n{ // a\n  /* b */ \"env\" /* c */ : /* d */ { // e\n    // f\n    "
                      "\"A\": \"1\" // g\n  } // h\n} // i");
    QTest::newRow("a comment in env only")
        << QByteArray("{\n  \"env\": {\n    // \"ANTHROPIC_BASE_URL\": \"x\"\n  }\n}\n");
    QTest::newRow("a comma behind the last")
        << QByteArray("{\n  \"env\": {\n    \"A\": \"1\",\n  },\n}\n");
    QTest::newRow("a comma and a comment behind the last")
        << QByteArray("{\n  \"a\": 1, // one\n}\n");
    QTest::newRow("a comma behind the last on one line") << QByteArray("{ \"a\": 1, }");
    QTest::newRow("unicode") << QByteArray(
        "{\n  \"名前\": \"ünï — 🚪\",\n  \"env\": {\n    \"Ä\": \"ß\"\n  }\n}\n");
    QTest::newRow("bytes that are not UTF-8") << QByteArray("{\n  \"a\": \"\xFF\xC3\"\n}\n");
    QTest::newRow("braces and commas in strings")
        << QByteArray(R"({ "a": "},{\"//", "b": "/* \\" })");
    QTest::newRow("an escaped name")
        << QByteArray("{\n  \"\\u0065nv\": {\n    \"A\": \"1\"\n  }\n}\n");
    QTest::newRow("our keys with other values") << QByteArray(
        "{\n  \"env\": {\n    \"ANTHROPIC_BASE_URL\": \"https://old.example\",\n    \"NO_PROXY\": "
        "\"corp\",\n    \"Z\": \"1\"\n  },\n  \"skipWebFetchPreflight\": false\n}\n");
    QTest::newRow("our keys with other kinds of values")
        << QByteArray("{\"env\":{\"ANTHROPIC_AUTH_TOKEN\":null,\"NO_PROXY\":[1, {\"x\": "
                      "2}]},\"skipWebFetchPreflight\":\"yes\"}");
    QTest::newRow("our keys as they will be") << QByteArray(
        "{\n  \"env\": {\n    \"ANTHROPIC_BASE_URL\": \"http:\\/\\/127.0.0.1:8899\",\n    "
        "\"NO_PROXY\": \"127.0.0.1,localhost\"\n  }\n}\n");
    QTest::newRow("the same names elsewhere")
        << QByteArray("{\n  \"hooks\": {\n    \"env\": {\n      \"ANTHROPIC_BASE_URL\": 1\n    }\n "
                      " },\n  \"ANTHROPIC_BASE_URL\": 2\n}\n");
    QTest::newRow("foreign keys twice") << QByteArray("{\n  \"a\": 1,\n  \"a\": 2\n}\n");
    QTest::newRow("an indented document") << QByteArray("    {\n        \"a\": 1\n    }\n");
    QTest::newRow("an object in one line of a long one")
        << QByteArray("{\n  \"permissions\": { \"allow\": [] },\n  \"env\": { \"A\": \"1\" }\n}\n");
    QTest::newRow("a lone CR") << QByteArray("{\r\"a\": 1\r}\r");
}

} // namespace

class SettingsEditTest : public QObject {
    Q_OBJECT
private slots:
    void applyThenUndoIsTheSameToTheByte_data() { addLayouts(); }
    void applyThenUndoIsTheSameToTheByte() {
        QFETCH(QByteArray, text);
        const auto edit = withKeysSet(text, kWanted, {});
        QVERIFY(edit.isOk());
        for (const WantedKey& key : kWanted) {
            const auto view = viewOf(edit->text, {});
            QVERIFY(view.isOk());
            const auto* member = view->member(key.name, key.isInEnv);
            QVERIFY(member);
            QVERIFY(
                isSameJson(jsonspans::slice(edit->text, member->value).toByteArray(), key.value));
        }
        const auto undo = withStepsUndone(edit->text, edit->steps);
        QVERIFY(undo.isOk());
        QCOMPARE(undo->text, text);
        QVERIFY(undo->leftAlone.empty());
    }

    void aReaderSeesOnlyOurChange_data() { addLayouts(); }
    void aReaderSeesOnlyOurChange() {
        QFETCH(QByteArray, text);
        const auto edit = withKeysSet(text, kWanted, {});
        QVERIFY(edit.isOk());
        json before = readerView(text);
        const json after = readerView(edit->text);
        const auto root = jsonspans::scan(text);
        if (root.isOk() && !root->has_value()) before = json::object();
        if (before.is_discarded()) return; // trailing commas or bad UTF-8: no second opinion
        for (const WantedKey& key : kWanted) {
            const json value = json::parse(key.value.toStdString());
            (key.isInEnv ? before["env"] : before)[key.name.toStdString()] = value;
        }
        QCOMPARE(QByteArray::fromStdString(after.dump()), QByteArray::fromStdString(before.dump()));
    }

    void applyingAgainChangesNothing_data() { addLayouts(); }
    void applyingAgainChangesNothing() {
        QFETCH(QByteArray, text);
        const auto first = withKeysSet(text, kWanted, {});
        const auto second = withKeysSet(first->text, kWanted, first->steps);
        QVERIFY(second.isOk());
        QCOMPARE(second->text, first->text);
        QVERIFY(second->steps == first->steps);
    }

    void aNewTokenStillLeadsBackToTheBeginning_data() { addLayouts(); }
    void aNewTokenStillLeadsBackToTheBeginning() {
        QFETCH(QByteArray, text);
        auto wanted = kWanted;
        const auto first = withKeysSet(text, wanted, {});
        wanted[1].value = "\"sp-ZZZZ\"";
        wanted[0].value = "\"http://127.0.0.1:1\"";
        const auto second = withKeysSet(first->text, wanted, first->steps);
        QVERIFY(second.isOk());
        QVERIFY(second->text.contains("sp-ZZZZ"));
        const auto undo = withStepsUndone(second->text, second->steps);
        QCOMPARE(undo->text, text);
    }

    void undoAfterAReformatHasTheSameMeaning_data() { addLayouts(); }
    void undoAfterAReformatHasTheSameMeaning() {
        QFETCH(QByteArray, text);
        const json before = readerView(text);
        if (before.is_discarded()) return;
        const auto edit = withKeysSet(text, kWanted, {});
        for (const int indent : {-1, 0, 2, 7}) {
            const auto rewritten =
                QByteArray::fromStdString(readerView(edit->text).dump(indent, '\t'));
            const auto undo = withStepsUndone(rewritten, edit->steps);
            QVERIFY(undo.isOk());
            QCOMPARE(QByteArray::fromStdString(readerView(undo->text).dump()),
                     QByteArray::fromStdString(before.dump()));
        }
    }

    void layout_data() {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("a new file is indented by two")
            << QByteArray()
            << QByteArray("{\n  \"env\": {\n    \"A\": \"1\",\n    \"B\": \"2\"\n  },\n  \"c\": "
                          "true\n}\n");
        QTest::newRow("minified stays minified")
            << QByteArray(R"({"x":1})")
            << QByteArray(R"({"x":1,"env":{"A":"1","B":"2"},"c":true})");
        QTest::newRow("tabs and CRLF are taken over")
            << QByteArray("{\r\n\t\"x\": 1\r\n}")
            << QByteArray("{\r\n\t\"x\": 1,\r\n\t\"env\": {\r\n\t\t\"A\": \"1\",\r\n\t\t\"B\": "
                          "\"2\"\r\n\t},\r\n\t\"c\": true\r\n}");
        QTest::newRow("a comment keeps its line")
            << QByteArray("{\n  \"x\": 1 // one\n}\n")
            << QByteArray("{\n  \"env\": {\n    \"A\": \"1\",\n    \"B\": \"2\"\n  },\n  \"c\": "
                          "true,\n  \"x\": 1 // one\n}\n");
        QTest::newRow("a trailing comma stays one")
            << QByteArray("{\n  \"env\": {\n    \"Z\": \"0\",\n  },\n  \"y\": 1, // why\n}\n")
            << QByteArray("{\n  \"env\": {\n    \"Z\": \"0\",\n    \"A\": \"1\",\n    \"B\": "
                          "\"2\",\n  },\n  \"y\": 1, // why\n  \"c\": true,\n}\n");
    }
    void layout() {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        const auto edit = withKeysSet(
            before,
            {{"A", true, "\"1\"", false}, {"B", true, "\"2\"", false}, {"c", false, "true", false}},
            {});
        QVERIFY(edit.isOk());
        QCOMPARE(edit->text, after);
    }

    void refused_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("line");
        const auto notJson = int(EditFault::Kind::NotJson);
        QTest::newRow("a missing comma")
            << QByteArray("{\n \"a\": 1\n \"b\": 2\n}") << notJson << 3;
        QTest::newRow("an open brace") << QByteArray("{\n \"a\": 1\n") << notJson << 3;
        QTest::newRow("two documents") << QByteArray("{}\n{}") << notJson << 2;
        QTest::newRow("UTF-16") << QByteArray("\xFF\xFE{\0}\0", 6) << notJson << 1;
        QTest::newRow("YAML") << QByteArray("env:\n  A: 1\n") << notJson << 1;
        QTest::newRow("an array") << QByteArray("\n[1]") << int(EditFault::Kind::NotAnObject) << 2;
        QTest::newRow("env is a list")
            << QByteArray("{\n\"env\":\n[]}") << int(EditFault::Kind::EnvNotAnObject) << 3;
        QTest::newRow("env is null")
            << QByteArray("{\"env\": null}") << int(EditFault::Kind::EnvNotAnObject) << 1;
        QTest::newRow("env twice")
            << QByteArray("{\"env\": {},\n\"env\": {}}") << int(EditFault::Kind::DoubledKey) << 2;
        QTest::newRow("env twice, once escaped") << QByteArray("{\"env\": {},\n\"\\u0065nv\": {}}")
                                                 << int(EditFault::Kind::DoubledKey) << 2;
        QTest::newRow("a key of ours twice")
            << QByteArray("{\"env\": {\"NO_PROXY\": \"a\",\n\n\"NO_PROXY\": \"b\"}}")
            << int(EditFault::Kind::DoubledKey) << 3;
        QTest::newRow("the setting twice")
            << QByteArray("{\"skipWebFetchPreflight\": true, \"skipWebFetchPreflight\": true}")
            << int(EditFault::Kind::DoubledKey) << 1;
    }
    void refused() {
        QFETCH(QByteArray, text);
        QFETCH(int, kind);
        QFETCH(int, line);
        const auto edit = withKeysSet(text, kWanted, {});
        QVERIFY(!edit.isOk());
        QCOMPARE(int(edit.error().kind), kind);
        QCOMPARE(edit.error().line, line);
        QVERIFY(!withStepsUndone(
                     text, {{EditStep::Kind::Insert, "NO_PROXY", true, {}, "\"x\"", {}, {}, {}}})
                     .isOk());
    }

    void undoAmongOthersChanges_data() {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QStringList>("leftAlone");
        const QByteArray plain("{\n  \"x\": 1\n}\n");
        const QByteArray url("\"http://127.0.0.1:8899\"");
        QTest::newRow("a value that somebody changed is left")
            << plain << url << QByteArray("\"http://other\"")
            << QByteArray("{\n  \"x\": 1,\n  \"env\": {\n    \"ANTHROPIC_BASE_URL\": "
                          "\"http://other\"\n  }\n}\n")
            << QStringList{QStringLiteral("env.ANTHROPIC_BASE_URL")};
        QTest::newRow("a key added elsewhere stays and the rest is exact")
            << plain << QByteArray("\"x\": 1") << QByteArray("\"x\": 1,\n  \"y\":  2")
            << QByteArray("{\n  \"x\": 1,\n  \"y\":  2\n}\n") << QStringList();
        QTest::newRow("a key added to our env stays in it")
            << plain << QByteArray("localhost\"")
            << QByteArray("localhost\",\n    \"THEIRS\": \"1\"")
            << QByteArray("{\n  \"x\": 1,\n  \"env\": {\n    \"THEIRS\": \"1\"\n  }\n}\n")
            << QStringList();
        QTest::newRow("a key put first into our env stays in it")
            << plain << QByteArray("\"ANTHROPIC_BASE_URL\"")
            << QByteArray("\"THEIRS\": \"1\",\n    \"ANTHROPIC_BASE_URL\"")
            << QByteArray("{\n  \"x\": 1,\n  \"env\": {\n    \"THEIRS\": \"1\"\n  }\n}\n")
            << QStringList();
        QTest::newRow("a comment in our env keeps it")
            << plain << QByteArray("localhost\"") << QByteArray("localhost\" // mine")
            << QByteArray("{\n  \"x\": 1,\n  \"env\": { // mine\n  }\n}\n") << QStringList();
        QTest::newRow("a key that somebody removed is no matter")
            << plain << QByteArray(",\n  \"skipWebFetchPreflight\": true") << QByteArray() << plain
            << QStringList();
        QTest::newRow("a replaced key that somebody removed is named")
            << QByteArray("{\n  \"skipWebFetchPreflight\": false,\n  \"x\": 1\n}\n")
            << QByteArray("\"skipWebFetchPreflight\": true,\n  ") << QByteArray() << plain
            << QStringList{QStringLiteral("skipWebFetchPreflight")};
    }
    void undoAmongOthersChanges() {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QByteArray, after);
        QFETCH(QStringList, leftAlone);
        const auto edit = withKeysSet(before, kWanted, {});
        QVERIFY(edit.isOk());
        QVERIFY(edit->text.contains(from));
        const auto undo = withStepsUndone(QByteArray(edit->text).replace(from, to), edit->steps);
        QVERIFY(undo.isOk());
        QCOMPARE(undo->text, after);
        QCOMPARE(QStringList(undo->leftAlone.begin(), undo->leftAlone.end()), leftAlone);
    }

    void somebodyElsesLaterValueIsTheOneBefore() {
        const auto first = withKeysSet("{}", kWanted, {});
        const QByteArray changed =
            QByteArray(first->text).replace("http://127.0.0.1:8899", "http://theirs");
        const auto second = withKeysSet(changed, kWanted, first->steps);
        QVERIFY(second->text.contains("http://127.0.0.1:8899"));
        const auto undo = withStepsUndone(second->text, second->steps);
        const json left = readerView(undo->text);
        QCOMPARE(QByteArray::fromStdString(left.dump()),
                 QByteArray("{\"env\":{\"ANTHROPIC_BASE_URL\":\"http://theirs\"}}"));
    }

    void ourOwnValueIsNeverTheOneBefore() {
        // The journal is lost, the token has changed.
        const auto first = withKeysSet("{}", kWanted, {});
        auto wanted = kWanted;
        wanted[0].value = "\"http://127.0.0.1:7000\"";
        wanted[1].value = "\"sp-9999999999abcdefghijABCDEFGHIJ_-\"";
        const auto second = withKeysSet(first->text, wanted, {});
        const auto undo = withStepsUndone(second->text, second->steps);
        QVERIFY(!undo->text.contains("sp-"));
        QVERIFY(!undo->text.contains("ANTHROPIC_BASE_URL"));
    }

    void anApplyCutShortIsUndone() {
        // The journal was written, the file was not.
        const QByteArray before("{\"skipWebFetchPreflight\": false}");
        const auto edit = withKeysSet(before, kWanted, {});
        const auto undo = withStepsUndone(before, edit->steps);
        QCOMPARE(undo->text, before);
        QVERIFY(undo->restored.empty());
        QVERIFY(undo->leftAlone.empty());
        // The same with a change of the token.
        auto wanted = kWanted;
        wanted[1].value = "\"sp-new\"";
        const auto second = withKeysSet(edit->text, wanted, edit->steps);
        QCOMPARE(withStepsUndone(edit->text, second->steps)->text, before);
    }
};

QTEST_APPLESS_MAIN(SettingsEditTest)
#include "tst_settingsedit.moc"
