// SPDX-License-Identifier: MIT
#include "core/anthropic/modelrename.h"

#include <QTest>

#include <vector>

using namespace sallyport;

namespace {

const std::vector<ModelRule> kRules{{"claude-opus-*", "corp-large"},
                                    {"*haiku*", "a \"small\" one"},
                                    {"claude-sonnet-4-5", "m"},
                                    {"exact", "claude-\xc3\xa9t\xc3\xa9"}};

struct Renamed {
    QByteArray content;
    qint64 growth = 0;
    ModelRename::State state = ModelRename::State::Looking;
    QByteArray asked;
    QByteArray sent;
};

Renamed rename(const QByteArray& content, qsizetype piece) {
    ModelRename rename(kRules);
    Renamed out;
    for (qsizetype at = 0; at < content.size(); at += piece)
        out.content +=
            rename.feed(QByteArrayView(content).sliced(at, std::min(piece, content.size() - at)));
    out.content += rename.finish();
    out.growth = rename.growth();
    out.state = rename.state();
    out.asked = rename.asked();
    out.sent = rename.sent();
    return out;
}

} // namespace

class TestModelRename : public QObject {
    Q_OBJECT
private slots:
    void patterns_data() {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QByteArray>("model");
        QTest::addColumn<bool>("fits");
        const auto row = [](const char* pattern, const char* model, bool fits) {
            QTest::addRow("%s and %s", pattern, model)
                << QByteArray(pattern) << QByteArray(model) << fits;
        };
        row("claude-opus-*", "claude-opus-5-5", true);
        row("claude-opus-*", "claude-opus-", true);
        row("claude-opus-*", "claude-opus", false);
        row("claude-opus-*", "my-claude-opus-5", false);
        row("*", "", true);
        row("*", "anything", true);
        row("a", "A", false);
        row("*-latest", "x-latest-latest", true);
        row("a*b*c", "a-b-b-c", true);
        row("a*b*c", "a-c-b", false);
        row("**", "x", true);
        row("", "x", false);
    }
    void patterns() {
        QFETCH(const QByteArray, pattern);
        QFETCH(const QByteArray, model);
        QFETCH(const bool, fits);
        const std::vector<ModelRule> rules{{pattern, "new"}};
        QCOMPARE(renamedModel(rules, model).has_value(), fits);
    }

    void contents_data();
    void contents() {
        QFETCH(const QByteArray, content);
        QFETCH(const QByteArray, renamed);
        for (const qsizetype piece : {qsizetype{1}, qsizetype{7}, qsizetype{1} << 20}) {
            const Renamed out = rename(content, piece);
            QCOMPARE(out.content, renamed);
            QCOMPARE(out.growth, renamed.size() - content.size());
            QVERIFY(out.state == ModelRename::State::Passing);
            QCOMPARE(out.sent.isEmpty(), content == renamed);
        }
    }

    void twoModelsAreRefused_data();
    void twoModelsAreRefused() {
        QFETCH(const QByteArray, content);
        for (const qsizetype piece : {qsizetype{1}, qsizetype{1} << 20}) {
            const Renamed out = rename(content, piece);
            QVERIFY(out.state == ModelRename::State::Twice);
            QVERIFY(out.content.size() < content.size());
        }
    }

    void whatComesAfterPassesAtOnce() {
        ModelRename rename(kRules);
        const QByteArray begin = "{\"stream\":true,\"model\":\"claude-opus";
        const QByteArray end = "-1\"";
        const QByteArray rest = ",\"messages\":[";
        QVERIFY(rename.feed(begin).isEmpty());
        QVERIFY(rename.state() == ModelRename::State::Looking);
        const QByteArray gone = rename.feed(end).toByteArray();
        QCOMPARE(gone, QByteArray("{\"stream\":true,\"model\":\"corp-large\""));
        QVERIFY(rename.state() == ModelRename::State::Passing);
        QCOMPARE(rename.asked(), QByteArray("claude-opus-1"));
        QCOMPARE(rename.sent(), QByteArray("corp-large"));
        QCOMPARE(rename.feed(rest).data(), rest.constData());
        QVERIFY(rename.finish().isEmpty());
    }

    void whatIsHeldIsBounded() {
        ModelRename rename(kRules);
        const QByteArray begin = "{\"messages\":[\"";
        const QByteArray end = "\"],\"model\":\"claude-opus-1\"}";
        QVERIFY(rename.feed(begin).isEmpty());
        const QByteArray mebibyte(1024 * 1024, 'x');
        for (int i = 0; i < 32; ++i) {
            QVERIFY(rename.state() == ModelRename::State::Looking);
            QVERIFY(rename.feed(mebibyte).isEmpty());
        }
        QVERIFY(rename.state() == ModelRename::State::TooFar);
        QVERIFY(rename.feed(end).isEmpty());
        QVERIFY(rename.finish().isEmpty());
    }
};

void TestModelRename::contents_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("renamed");
    const auto row = [](const char* tag, const QByteArray& content, const QByteArray& renamed) {
        QTest::newRow(tag) << content << renamed;
    };
    const auto stays = [&](const char* tag, const QByteArray& content) {
        row(tag, content, content);
    };
    row("at the front, shorter", R"({"model":"claude-opus-5-5","max_tokens":1})",
        R"({"model":"corp-large","max_tokens":1})");
    row("longer, and escaped as JSON asks", R"({"model":"x-haiku-1"})",
        R"({"model":"a \"small\" one"})");
    row("to letters outside ASCII", R"({"model":"exact"})",
        "{\"model\":\"claude-\xc3\xa9t\xc3\xa9\"}");
    const QByteArray before =
        R"({"max_tokens":9,"messages":[{"role":"user","content":"\"model\":\"exact\""}],)";
    row("after the messages, where the Python SDK writes it",
        before + R"("model":"claude-sonnet-4-5","stream":true})",
        before + R"("model":"m","stream":true})");
    row("every other byte stays: whitespace, order, escapes, numbers",
        " {\r\n\t\"a\" : 1.50e+2 ,\"\\u0061\":\"\\/\\u00e9\", \"model\" : \"claude-opus-1\" "
        ",\n}",
        " {\r\n\t\"a\" : 1.50e+2 ,\"\\u0061\":\"\\/\\u00e9\", \"model\" : \"corp-large\" ,\n}");
    row("an escaped name and an escaped model", R"({"mod\u0065l":"claude\u002dopus-1"})",
        R"({"mod\u0065l":"corp-large"})");
    row("after a byte order mark", "\xef\xbb\xbf{\"model\":\"claude-opus-1\"}",
        "\xef\xbb\xbf{\"model\":\"corp-large\"}");
    row("cut after the model", R"({"model":"claude-opus-1","me)", R"({"model":"corp-large","me)");
    stays("a model that no rule fits", R"({"model":"gpt"})");
    stays("a model inside a message", R"({"messages":[{"model":"claude-opus-1"}]})");
    stays("a model that is no string", R"({"model":["claude-opus-1"],"x":1})");
    stays("an array", R"([{"model":"claude-opus-1"}])");
    stays("text", "model=claude-opus-1");
    stays("nothing", "");
    stays("cut inside the model", R"({"model":"claude-opus-)");
    stays("a model after three hundred levels", R"({"a":)" + QByteArray(300, '[') +
                                                    QByteArray(300, ']') +
                                                    R"(,"model":"claude-opus-1"})");
    stays("after what is no JSON", R"({"a":1 "model":"claude-opus-1"})");
}

void TestModelRename::twoModelsAreRefused_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("at once") << QByteArray(R"({"model":"a","model":"claude-opus-1"})");
    QTest::newRow("one is no string") << QByteArray(R"({"model":{},"x":1,"model":"a"})");
    QTest::newRow("one is escaped") << QByteArray(R"({"model":"a","x":[],"m\u006fdel":"b"})");
}

QTEST_GUILESS_MAIN(TestModelRename)
#include "tst_modelrename.moc"
