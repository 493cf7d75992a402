// SPDX-License-Identifier: MIT
#include "core/claudecode/maskedsettings.h"
#include "core/claudecode/vscodeedit.h"
#include "core/claudecode/vscodelist.h"

#include <QTest>

#include <algorithm>

using namespace sallyport;

namespace {

const QString kToken = QStringLiteral("sp-0123456789abcdefghijABCDEFGHc41e");
const ClientEnvironment kGateway{QStringLiteral("http://127.0.0.1:8899"), kToken, {}};

SettingsEdit applied(const QByteArray& text, const std::vector<EditStep>& steps = {}) {
    auto edit = vscode::withConnection(text, kGateway, {}, steps);
    return edit ? std::move(edit).value() : SettingsEdit{"(refused)", {}};
}

QByteArray undone(const QByteArray& text, const std::vector<EditStep>& steps) {
    const auto undo = vscode::withoutConnection(text, steps);
    return undo ? undo->text : QByteArray("(refused)");
}

void addLayouts() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("an empty object") << QByteArray("{}");
    QTest::newRow("comments and a trailing comma")
        << QByteArray("// mine\n{\n    \"editor.fontSize\": 13, /* b */\n    \"a\": [1, 2],\n}\n");
    QTest::newRow("CRLF and a byte order mark")
        << QByteArray("\xef\xbb\xbf{\r\n\t\"window.zoomLevel\": 1\r\n}\r\n");
    QTest::newRow("a list of its own")
        << QByteArray("{\n  \"claudeCode.environmentVariables\": [ { \"value\": \"1\",\n"
                      " \"name\": \"MINE\" } ],\n  \"b\": true\n}\n");
    QTest::newRow("a list with a value that is replaced")
        << QByteArray("{\"claudeCode.environmentVariables\":[{\"name\":\"ANTHROPIC_BASE_URL\","
                      "\"value\":\"https://gw\"},{\"name\":\"NO_PROXY\",\"value\":\"corp\"}]}");
}

} // namespace

class VsCodeEditTest : public QObject {
    Q_OBJECT
private slots:
    void applyThenUndoIsTheSameToTheByte_data() { addLayouts(); }
    void applyThenUndoIsTheSameToTheByte() {
        QFETCH(QByteArray, text);
        const SettingsEdit once = applied(text);
        QVERIFY(once.text.contains("\"value\":\"http://127.0.0.1:8899\""));
        const SettingsEdit twice = applied(once.text, once.steps);
        QCOMPARE(twice.text, once.text);
        QCOMPARE(undone(once.text, once.steps), text);
        const auto keys = vscode::statusOf(once.text, kGateway, {});
        QVERIFY(std::all_of(keys.begin(), keys.end(),
                            [](const KeyStatus& k) { return k.state == KeyState::Applied; }));
    }

    void anEntryThatSomebodyAddedStays() {
        const SettingsEdit edit = applied("{}");
        QByteArray text = edit.text;
        text.replace("\n    ]", ",\n        {\"name\":\"LATER\",\"value\":\"x\"}\n    ]");
        QVERIFY(text != edit.text);
        const QByteArray after = undone(text, edit.steps);
        QVERIFY(after.contains("LATER"));
        QVERIFY(!after.contains("ANTHROPIC"));
    }

    void aReformattedListIsOursStill() {
        const SettingsEdit edit = applied("{}");
        QByteArray text = edit.text;
        text.replace("\n        ", " ");
        QCOMPARE(applied(text, edit.steps).text, text);
        QVERIFY(!undone(text, edit.steps).contains("claudeCode"));
    }

    void anotherModeReplacesTheVariablesOfTheFirst() {
        const SettingsEdit first = applied("{\"a\":1}");
        ClientEnvironment other = kGateway;
        other.mode = EnvMode::Intercept;
        other.caFile = QStringLiteral("/ca.pem");
        const auto second = vscode::withConnection(first.text, other, {}, first.steps);
        QVERIFY(second.isOk());
        QVERIFY(!second->text.contains("ANTHROPIC_BASE_URL"));
        QVERIFY(second->text.contains("NODE_EXTRA_CA_CERTS"));
        QCOMPARE(undone(second->text, second->steps), QByteArray("{\"a\":1}"));
    }

    void aCommentInTheListIsNotLost() {
        const auto edit = vscode::withConnection(
            "{\"claudeCode.environmentVariables\": [ /* why */ ]}", kGateway, {}, {});
        QVERIFY(!edit.isOk());
    }

    void theTokenIsNotShown() {
        const QByteArray shown = maskedSettings(applied("{}").text);
        QVERIFY(shown.contains("ANTHROPIC_AUTH_TOKEN"));
        QVERIFY(!shown.contains(kToken.toUtf8()));
    }
};

QTEST_GUILESS_MAIN(VsCodeEditTest)
#include "tst_vscodeedit.moc"
