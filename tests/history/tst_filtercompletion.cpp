// SPDX-License-Identifier: MIT
#include "core/history/filtercompletion.h"
#include "core/history/seenvalues.h"

#include <QTest>

using namespace sallyport;

class TestFilterCompletion : public QObject {
    Q_OBJECT
private slots:
    void completions_data();
    void completions();
    void noMoreThanAList();
    void valuesThatWereSeen();
};

void TestFilterCompletion::completions_data() {
    QTest::addColumn<QString>("line"); ///< the cursor stands at |
    QTest::addColumn<QString>("replaced");
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char* tag, const char* line, const char* replaced,
                        const QStringList& words) {
        QTest::newRow(tag) << QString::fromLatin1(line) << QString::fromLatin1(replaced) << words;
    };
    const auto list = [](std::initializer_list<const char*> words) {
        QStringList out;
        for (const char* word : words)
            out += QString::fromLatin1(word);
        return out;
    };
    row("nothing typed", "|", "", {});
    row("after a blank", "a |", "", {});
    row("the beginning of keys", "m|", "m", list({"method:", "model:"}));
    row("in another case", "MO|", "MO", list({"model:"}));
    row("no key begins so", "zz|", "zz", {});
    row("after a minus", "-pa|", "pa", list({"path:"}));
    row("in brackets", "a (is|", "is", list({"is:"}));
    row("fixed values", "is:s|", "is:s", list({"is:stream", "is:websocket"}));
    row("values that were seen", "model:|",
        "model:", list({"model:claude-haiku", "model:\"my model\""}));
    row("a part of a value", "a model:haik| b", "model:haik", list({"model:claude-haiku"}));
    row("in quotes that are open", "model:\"my m|", "model:\"my m", list({"model:\"my model\""}));
    row("a value that is whole", "model:claude-haiku|", "model:claude-haiku", {});
    row("values of another key are not offered", "route:claude|", "route:claude", {});
    row("a key that is none", "colour:|", "colour:", {});
}

void TestFilterCompletion::completions() {
    QFETCH(QString, line);
    QFETCH(QString, replaced);
    QFETCH(QStringList, words);
    const qsizetype cursor = line.indexOf(u'|');
    line.remove(cursor, 1);
    const auto completion = filter::completionAt(
        line, cursor,
        {{QStringLiteral("model"), {QStringLiteral("claude-haiku"), QStringLiteral("my model")}}});
    QCOMPARE(line.mid(completion.position, completion.length), replaced);
    QCOMPARE(completion.words, words);
}

void TestFilterCompletion::noMoreThanAList() {
    QStringList paths;
    for (int i = 0; i < 100; ++i)
        paths += QStringLiteral("/v1/%1").arg(i);
    const auto completion = filter::completionAt(u"path:/v1", 8, {{QStringLiteral("path"), paths}});
    QCOMPARE(completion.words.size(), filter::Completion::kMaxWords);
}

void TestFilterCompletion::valuesThatWereSeen() {
    filter::SeenValues seen;
    ExchangeRecord record;
    record.method = "POST";
    record.path = "/v1/messages?beta=true";
    record.modelAsked = record.modelSent = "claude-haiku";
    record.status = 200;
    seen.note(record);
    record.modelAsked = "claude-opus";
    seen.note(record);
    seen.note(record);
    for (int i = 0; i < 1000; ++i) {
        record.path = "/" + QByteArray::number(i);
        seen.note(record);
    }
    const auto values = seen.values();
    QCOMPARE(values.value(QStringLiteral("model")),
             (QStringList{QStringLiteral("claude-haiku"), QStringLiteral("claude-opus")}));
    QCOMPARE(values.value(QStringLiteral("path")).front(), QStringLiteral("/v1/messages"));
    QCOMPARE(values.value(QStringLiteral("path")).size(), filter::SeenValues::kMaxValues);
    QVERIFY(!values.contains(QStringLiteral("route")));
}

QTEST_GUILESS_MAIN(TestFilterCompletion)
#include "tst_filtercompletion.moc"
