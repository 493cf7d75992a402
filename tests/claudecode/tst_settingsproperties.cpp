// SPDX-License-Identifier: MIT
#include "core/claudecode/settingsundo.h"
#include "core/claudecode/staleconnection.h"
#include "core/claudecode/wantedkeys.h"

#include <QRandomGenerator>
#include <QTest>

using namespace sallyport;

namespace {

constexpr int kFiles = 2000;
constexpr int kDeepest = 6;

/// Settings files as people and programs write them: every layout that the client accepts.
class Generator {
public:
    explicit Generator(quint32 seed)
        : m_random(seed)
        , m_lineEnd(chance(3) ? "\r\n" : "\n")
        , m_indent(QByteArrayList{"", " ", "  ", "    ", "\t", " \t "}.at(m_random.bounded(6)))
        , m_isOneLine(chance(6)) {}

    QByteArray file() {
        if (chance(40)) return chance(2) ? QByteArray() : gap(0) + comment();
        QByteArray text = chance(8) ? QByteArray("\xef\xbb\xbf") : QByteArray();
        if (chance(4)) text += comment();
        return text + object(0, true) + (chance(2) ? m_lineEnd : QByteArray());
    }

private:
    bool chance(int oneIn) { return m_random.bounded(oneIn) == 0; }
    QByteArray gap(int depth) {
        if (m_isOneLine) return chance(2) ? " " : "";
        return (chance(9) ? m_lineEnd : QByteArray()) + m_lineEnd + m_indent.repeated(depth);
    }
    QByteArray comment() {
        if (m_isOneLine || chance(2)) return "/* a \"b\": {, */";
        return "// c: \"}" + m_lineEnd;
    }
    QByteArray string() {
        static const QByteArrayList kStrings{"\"\"",
                                             "\"a b\"",
                                             "\"\\u00fc\\n\\\\\\\"\"",
                                             "\"\xe4\xb8\xad\xe6\x96\x87\"",
                                             "\"\xf0\x9f\x9a\xaa {[,:\"",
                                             "\"// no comment\"",
                                             "\"https://gw.example/x\""};
        return kStrings.at(m_random.bounded(static_cast<int>(kStrings.size())));
    }
    QByteArray value(int depth) {
        switch (m_random.bounded(depth < kDeepest ? 8 : 5)) {
        case 0: return "true";
        case 1: return "null";
        case 2: return chance(2) ? "-1.5e+3" : "0";
        case 3:
        case 4: return string();
        case 5: return array(depth);
        default: return object(depth + 1, false);
        }
    }
    QByteArray array(int depth) {
        QByteArrayList items;
        for (int i = m_random.bounded(4); i > 0; --i)
            items << gap(depth + 2) + value(depth + 1);
        return "[" + items.join(',') + (items.isEmpty() ? QByteArray() : gap(depth + 1)) + "]";
    }
    /// Names that are ours among them, at the top and inside `env`; others may be there twice.
    QByteArray name(bool isRoot, int number) {
        if (isRoot && number == 0) return "\"env\"";
        if (chance(9)) return "\"double\"";
        return "\"k" + QByteArray::number(number) + (chance(5) ? "\\u00e9\"" : "\"");
    }
    QByteArray env() {
        static const QByteArrayList kOurs{"ANTHROPIC_BASE_URL",
                                          "ANTHROPIC_AUTH_TOKEN",
                                          "NO_PROXY",
                                          "HTTPS_PROXY",
                                          "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC",
                                          "MINE",
                                          "OTHER"};
        QByteArrayList members;
        for (const QByteArray& one : kOurs)
            if (chance(3)) members << gap(2) + "\"" + one + "\"" + colon() + string();
        return braces(members, 1);
    }
    QByteArray colon() { return chance(4) ? " : " : chance(3) ? ":" : ": "; }
    QByteArray object(int depth, bool isRoot) {
        QByteArrayList members;
        for (int i = chance(3) ? 1 : 0; i < m_random.bounded(7); ++i) {
            const QByteArray key = name(isRoot, i);
            const QByteArray held = key == "\"env\"" ? env() : value(depth);
            members << gap(depth + 1) + (chance(12) ? comment() : QByteArray()) + key + colon() +
                           held + (chance(15) ? QByteArray(" /* after */") : QByteArray());
        }
        return braces(members, depth);
    }
    QByteArray braces(const QByteArrayList& members, int depth) {
        if (members.isEmpty()) return chance(3) ? "{" + gap(depth) + "}" : QByteArray("{}");
        const QByteArray last = chance(10) ? QByteArray(",") : QByteArray();
        return "{" + members.join(',') + last + gap(depth) + "}";
    }

    QRandomGenerator m_random;
    QByteArray m_lineEnd;
    QByteArray m_indent;
    bool m_isOneLine;
};

ClientEnvironment gateway() {
    return {QStringLiteral("http://127.0.0.1:8899"),
            QStringLiteral("sp-0123456789abcdefghijABCDEFGHc41e"),
            {}};
}

ClientEnvironment interception() {
    ClientEnvironment environment = gateway();
    environment.mode = EnvMode::Intercept;
    environment.caFile = QStringLiteral("/home/o'hara/ca.pem");
    return environment;
}

/// One apply, as the connector makes it.
Result<SettingsEdit, EditFault> applied(const QByteArray& text, const ClientEnvironment& what,
                                        const std::vector<EditStep>& steps) {
    const auto view = viewOf(text, {});
    if (!view) return Failure{view.error()};
    const auto start = withoutStaleConnection(text, steps, wantedKeysFor(what, *view, text, {}));
    if (!start) return Failure{start.error()};
    const auto now = viewOf(start->text, {});
    if (!now) return Failure{now.error()};
    return withKeysSet(start->text, wantedKeysFor(what, *now, start->text, {}), start->steps);
}

} // namespace

class SettingsPropertiesTest : public QObject {
    Q_OBJECT
private slots:
    void applyAndUndoKeepTheirWordOnEveryFile() {
        int edited = 0;
        for (quint32 seed = 1; seed <= kFiles; ++seed) {
            const QByteArray text = Generator(seed).file();
            const QByteArray note = "seed " + QByteArray::number(seed) + ":\n" + text;
            const auto once = applied(text, gateway(), {});
            QVERIFY2(once.isOk(), note.constData());
            const auto twice = applied(once->text, gateway(), once->steps);
            QVERIFY2(twice.isOk() && twice->text == once->text, note.constData());
            const auto undo = withStepsUndone(twice->text, twice->steps);
            QVERIFY2(undo.isOk() && undo->leftAlone.empty(), note.constData());
            QVERIFY2(undo->text == text, QByteArray(note + "\nbecame:\n" + undo->text).constData());
            edited += once->text != text ? 1 : 0;
        }
        QCOMPARE(edited, kFiles);
    }

    void theOtherModeLeadsBackToTheBeginning() {
        for (quint32 seed = 1; seed <= kFiles; ++seed) {
            const QByteArray text = Generator(seed).file();
            const QByteArray note = "seed " + QByteArray::number(seed) + ":\n" + text;
            const auto first = applied(text, gateway(), {});
            QVERIFY2(first.isOk(), note.constData());
            const auto other = applied(first->text, interception(), first->steps);
            QVERIFY2(other.isOk(), note.constData());
            QVERIFY2(other->text.contains("NODE_EXTRA_CA_CERTS"), note.constData());
            const auto undo = withStepsUndone(other->text, other->steps);
            QVERIFY2(undo.isOk() && undo->text == text, note.constData());
        }
    }
};

QTEST_GUILESS_MAIN(SettingsPropertiesTest)
#include "tst_settingsproperties.moc"
