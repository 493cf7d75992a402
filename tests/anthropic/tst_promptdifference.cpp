// SPDX-License-Identifier: MIT
#include "core/anthropic/promptdifference.h"

#include <QJsonDocument>
#include <QTest>

using namespace sallyport;

class TestPromptDifference : public QObject {
    Q_OBJECT
private slots:
    void theFirstPathIsFound_data();
    void theFirstPathIsFound();
    void anExcerptStandsAroundTheDifference();
    void whatIsLostIsCounted_data();
    void whatIsLostIsCounted();
};

namespace {
QJsonObject json(const QByteArray& text) { return QJsonDocument::fromJson(text).object(); }
} // namespace

void TestPromptDifference::theFirstPathIsFound_data() {
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("texts");
    const auto row = [](const char* tag, const char* before, const char* after, const char* path,
                        const char* texts) {
        QTest::newRow(tag) << QByteArray(before) << QByteArray(after) << QString::fromUtf8(path)
                           << QString::fromUtf8(texts);
    };
    row("the same", R"({"system":"a"})", R"({"system":"a"})", "", "");
    row("messages that are added keep the prefix",
        R"({"messages":[{"role":"user","content":"a"}]})",
        R"({"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]})", "",
        "");
    row("a mark of the cache that moves is no difference",
        R"({"messages":[{"role":"user","content":[{"type":"text","text":"a",
            "cache_control":{"type":"ephemeral"}}]}]})",
        R"({"messages":[{"role":"user","content":"a"}]})", "", "");
    row("what does not enter the prompt", R"({"max_tokens":1,"stream":true,"metadata":{"a":1}})",
        R"({"max_tokens":2,"metadata":{"a":2}})", "", "");
    row("another model", R"({"model":"a"})", R"({"model":"b"})", "model", "a|b");
    row("a tool that is described differently",
        R"({"tools":[{"name":"A"},{"name":"B","description":"one"}],"system":"x"})",
        R"({"tools":[{"name":"A"},{"name":"B","description":"two"}],"system":"y"})",
        "tools[1].description", "one|two");
    row("a tool more", R"({"tools":[{"name":"A"}]})", R"({"tools":[{"name":"A"},{"name":"B"}]})",
        "tools[1]", R"(|{"name":"B"})");
    row("tools in another order", R"({"tools":[{"name":"A"},{"name":"B"}]})",
        R"({"tools":[{"name":"B"},{"name":"A"}]})", "tools[0].name", "A|B");
    row("a system prompt with the time in it",
        R"({"system":[{"type":"text","text":"fixed"},{"type":"text","text":"It is 10:01"}]})",
        R"({"system":[{"type":"text","text":"fixed"},{"type":"text","text":"It is 10:02"}]})",
        "system[1].text", "It is 10:01|It is 10:02");
    row("a system prompt goes before messages",
        R"({"messages":[{"role":"user","content":"a"}],"system":"x"})",
        R"({"messages":[{"role":"user","content":"b"}],"system":"y"})", "system[0].text", "x|y");
    row("thinking with another budget", R"({"thinking":{"budget_tokens":1024}})",
        R"({"thinking":{"budget_tokens":2048}})", "thinking.budget_tokens", "1024|2048");
    row("a turn that was edited",
        R"({"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]})",
        R"({"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"c"}]})",
        "messages[1].content[0].text", "b|c");
    row("turns that are gone, as after compaction",
        R"({"messages":[{"role":"user","content":"a"},{"role":"user","content":"b"}]})",
        R"({"messages":[{"role":"user","content":"a"}]})", "messages[1]",
        R"({"content":[{"text":"b","type":"text"}],"role":"user"}|)");
}

void TestPromptDifference::theFirstPathIsFound() {
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QString, path);
    const auto found = promptDifference(json(before), json(after));
    QCOMPARE(found ? found->path : QString(), path);
    QTEST(found ? QString(found->before + u'|' + found->after) : QString(), "texts");
}

void TestPromptDifference::anExcerptStandsAroundTheDifference() {
    const QString same(1000, u'x');
    const auto found = promptDifference({{QStringLiteral("system"), QString(same + u'1' + same)}},
                                        {{QStringLiteral("system"), QString(same + u'2' + same)}});
    QVERIFY(found);
    QCOMPARE(found->before, QString(QString(40, u'x') + u'1' + QString(39, u'x')));
    QCOMPARE(found->after, QString(QString(40, u'x') + u'2' + QString(39, u'x')));
}

void TestPromptDifference::whatIsLostIsCounted_data() {
    QTest::addColumn<Usage>("before");
    QTest::addColumn<Usage>("after");
    QTest::addColumn<qint64>("tokens");
    QTest::addColumn<double>("dollars");
    QTest::newRow("all was read") << Usage{10, 1, 40'000, 2'000} << Usage{10, 1, 42'000, 500}
                                  << qint64{0} << 0.0;
    QTest::newRow("all was written again") << Usage{10, 1, 40'000, 2'000} << Usage{10, 1, 0, 43'000}
                                           << qint64{42'000} << 42'000 * (5 - 0.5) / 1e6;
    QTest::newRow("part of it, sent without a mark of the cache")
        << Usage{10, 1, 40'000, 2'000} << Usage{22'000, 1, 20'000, 0} << qint64{22'000}
        << 22'000 * (4 - 0.5) / 1e6;
    QTest::newRow("less than is ever cached")
        << Usage{10, 1, 1'500, 0} << Usage{1'010, 1, 500, 0} << qint64{0} << 0.0;
    QTest::newRow("the response did not say")
        << Usage{10, 1, 40'000, 0} << Usage{} << qint64{0} << 0.0;
}

void TestPromptDifference::whatIsLostIsCounted() {
    QFETCH(Usage, before);
    QFETCH(Usage, after);
    const auto loss = cacheLoss(before, after, TokenPrices{4, 20, 5, 0.5});
    QTEST(loss ? loss->tokens : 0, "tokens");
    QTEST(loss ? loss->dollars.value_or(-1) : 0.0, "dollars");
    const auto unpriced = cacheLoss(before, after, {});
    QCOMPARE(unpriced.has_value(), loss.has_value());
    if (unpriced) QVERIFY(!unpriced->dollars);
}

QTEST_APPLESS_MAIN(TestPromptDifference)
#include "tst_promptdifference.moc"
