// SPDX-License-Identifier: MIT
#include "core/config/yamlposition.h"
#include "core/config/yamltree.h"

#include <QElapsedTimer>
#include <QTest>

using namespace sallyport;

namespace {

/// The tree as one line; an alias has a star before it, a quoted scalar its quotes.
QByteArray textOf(const yaml::Value& value) {
    const yaml::Node& node = *value.node;
    QByteArray text = value.isAlias ? "*" : "";
    switch (node.kind) {
    case yaml::Kind::Null: return text + "~";
    case yaml::Kind::Scalar: return text + (node.isQuoted ? "'" + node.text + "'" : node.text);
    case yaml::Kind::List:
        text += '[';
        for (const yaml::Value& item : node.items)
            text += textOf(item) + ' ';
        return text.trimmed() + ']';
    case yaml::Kind::Map:
        text += '{';
        for (const yaml::Pair& pair : node.pairs)
            text += pair.key + ':' + textOf(pair.value) + ' ';
        return text.trimmed() + '}';
    }
    Q_UNREACHABLE();
}

} // namespace

class TestYamlTree : public QObject {
    Q_OBJECT
private slots:
    void trees_data() {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QByteArray>("tree");
        const auto row = [](const char* tag, const QByteArray& yaml, const char* tree) {
            QTest::newRow(tag) << yaml << QByteArray(tree);
        };
        row("an empty file is nothing", "", "~");
        row("comments alone are nothing", "# a\n  # b\n", "~");
        row("a marked empty document is nothing", "---\n", "~");
        row("a map and a list in lines", "a: 1\nb:\n  - x\n  - y: z\n", "{a:1 b:[x {y:z}]}");
        row("a map and a list in brackets", "{a: 1, b: [x, {y: z}]}", "{a:1 b:[x {y:z}]}");
        row("quoted is told from plain", "[true, \"true\", 'true', !!str true]",
            "[true 'true' 'true' 'true']");
        row("null in its spellings", "[~, null, , \"\"]", "[~ ~ ~ '']");
        row("an alias is the value of its anchor", "a: &x [1, 2]\nb: *x\n", "{a:[1 2] b:*[1 2]}");
        row("a byte order mark is no text",
            "\xEF\xBB\xBF"
            "a: b\n",
            "{a:b}");
        row("lines may end in CR LF", "a: b\r\nc:\r\n  - d\r\n", "{a:b c:[d]}");
        row("a directive and one document", "%YAML 1.2\n---\na: b\n...\n", "{a:b}");
    }
    void trees() {
        QFETCH(QByteArray, yaml);
        QFETCH(QByteArray, tree);
        const auto root = yaml::parse(yaml);
        QVERIFY2(root.isOk(), root.isOk() ? "" : qPrintable(root.error().message));
        QCOMPARE(textOf(*root), tree);
    }

    void refusals_data() {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column"); ///< 0: wherever the parser says
        QTest::addColumn<QString>("words");
        const auto row = [](const char* tag, const QByteArray& yaml, int line, int column,
                            const char* words) {
            QTest::newRow(tag) << yaml << line << column << QString::fromLatin1(words);
        };
        row("a key twice", "a: 1\nb: 2\na: 3\n", 3, 1, "\"a\" is here twice");
        row("a key twice in brackets", "{a: 1, a: 2}", 1, 8, "twice");
        row("a key that is a list", "? [a]\n: b\n", 1, 3, "a key must be a word");
        row("a key that is nothing", "~: b\n", 1, 1, "a key must be a word");
        row("a merge key", "a: &x {b: 1}\nc:\n  <<: *x\n", 3, 3, "merge keys");
        row("an alias inside its own anchor", "a: &x [*x]\n", 1, 8, "inside what it refers to");
        row("an alias without an anchor", "a: *x\n", 1, 4, "no anchor before it");
        row("a star that should be quoted", "a: [*]\n", 1, 6, "must be quoted");
        row("a second document", "a: 1\n---\nb: 2\n", 3, 1, "second document");
        row("text behind the document", "- a\nb\n", 2, 1, "does not continue");
        row("a tab in the indentation", "a:\n\tb: 1\n", 2, 1, "a tab");
        row("a bracket that nothing opened", "a: b\n]\n", 2, 1, "nothing opened");
        row("a list that is not closed", "a: [1, 2\nb: 3\n", 2, 2, "is not closed");
        row("a double quote that is not closed", "a: \"b\nc: d\n", 1, 4, "quote that opens here");
        row("a single quote that is not closed", "a:\n  - 'b''\n", 2, 5, "quote that opens here");
        row("a quote with an anchor that is not closed", "a: &x \"b\n", 1, 7,
            "quote that opens here");
        row("a colon inside a plain value", "a: b: c\n", 1, 5, "quote a value");
        row("a value that begins with an at sign", "a: @b\n", 1, 4, "put it in quotes");
        row("Latin-1", "a: 1\nb: caf\xE9\n", 2, 7, "not UTF-8");
        row("UTF-16",
            QByteArray("\xFF\xFE"
                       "a\0",
                       4),
            1, 1, "not UTF-8");
        row("an overlong slash", "a: \xC0\xAF\n", 1, 4, "not UTF-8");
        row("a surrogate", "a: \xED\xA0\x80\n", 1, 4, "not UTF-8");
        row("a sequence that the end cuts", "a: \xE4\xB8", 1, 4, "not UTF-8");
        row("a NUL", QByteArray("a: 1\nb\0c", 8), 2, 2, "control character (0x00)");
        row("the byte that the parser takes for the end",
            "a: 1\n\x04"
            "b: 2\n",
            2, 1, "0x04");
        row("columns count characters", "\xE4\xB8\xAD: 1\n\xE4\xB8\xAD\xE6\x96\x87: @\n", 2, 5,
            "put it in quotes");
        row("a byte order mark is no column", "\xEF\xBB\xBF@\n", 1, 1, "put it in quotes");
        row("flow lists in each other", QByteArray(100'000, '['), 1, 0, "nested more than 32");
        row("dashes in each other", QByteArray("- ").repeated(100'000), 1, 65,
            "nested more than 32");
        row("maps in each other", QByteArray("{a: ").repeated(1000), 1, 0, "nested more than 32");
        row("too many values", "[" + QByteArray("a,").repeated(350'000) + "]", 1, 600'000,
            "more than 300000 values");
        row("a file of five MiB", QByteArray(5 * 1024 * 1024, '#'), 0, 0, "larger than 4 MiB");
    }
    void refusals() {
        QFETCH(QByteArray, yaml);
        QFETCH(int, line);
        QFETCH(int, column);
        QFETCH(QString, words);
        QElapsedTimer timer;
        timer.start();
        const auto root = yaml::parse(yaml);
        QVERIFY(!root.isOk());
        const auto place = yaml::lineColumnOf(yaml, root.error().place);
        QVERIFY2(root.error().message.contains(words), qPrintable(root.error().message));
        QCOMPARE(place.line, line);
        if (column != 0 || line == 0) QCOMPARE(place.column, column);
        QVERIFY2(timer.elapsed() < 5000, "a hostile file is refused in time");
    }

    void aliasesDoNotMultiply() {
        QByteArray yaml = "a0: &a0 [x, x]\n";
        for (int i = 1; i < 30; ++i) {
            const QByteArray before = "*a" + QByteArray::number(i - 1);
            const QByteArray name = "a" + QByteArray::number(i);
            yaml += name + ": &" + name + " [" + before + ", " + before + ", " + before + "]\n";
        }
        QVERIFY(yaml::parse(yaml).isOk());
    }
};

QTEST_APPLESS_MAIN(TestYamlTree)
#include "tst_yamltree.moc"
