// SPDX-License-Identifier: MIT
#include "ui/detail/findbar.h"
#include "ui/detail/jsonentries.h"
#include "ui/detail/jsonhighlighter.h"
#include "ui/detail/jsontreemodel.h"
#include "ui/detail/jsonview.h"
#include "ui/detail/rawpane.h"

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QLocale>
#include <QPlainTextDocumentLayout>
#include <QPlainTextEdit>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>
#include <QTreeView>

using namespace sallyport;

class JsonTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void membersAreFoundInOrder_data();
    void membersAreFoundInOrder();
    void textsAreDecoded_data();
    void textsAreDecoded();
    void deepTextsAreRead();
    void theTreeReadsWhatIsOpened();
    void fourMegabytesOpenAtOnce();
    void valuesAndPathsAreCopied();
    void namesStringsAndValuesAreColoured();
    void placesAreFound_data();
    void placesAreFound();
    void findGoesRound();
    void findOpensTheTree();
    void findFollowsWhatGrows();
    void escapeClosesTheBar();
    void rawIsBothMessagesAsTheyPassed();
    void rawBinaryIsHexadecimal();
};

namespace {
QString lines(const QByteArray& text) {
    QStringList out;
    for (const JsonEntry& entry : jsonEntriesOf(text, jsonEntryAt(text, 0)))
        out += entry.name + u'=' + jsonEntryText(text, entry, 100);
    return out.join(u' ');
}
} // namespace

void JsonTest::membersAreFoundInOrder_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("entries");
    const auto row = [](const char* tag, const char* text, const char* entries) {
        QTest::newRow(tag) << QByteArray(text) << QString::fromUtf8(entries);
    };
    row("members in order of the text", R"({"b":1,"a":"x","b":true})", "b=1 a=x b=true");
    row("white space", " { \"a\" : 1 ,\n\"b\" : [ 1, 2 ] } ", "a=1 b=[ 1, 2 ]");
    row("brackets inside strings", R"(["]","}",{"a":"\"]"}])", R"(=] =} ={"a":"\"]"})");
    row("nothing inside", "{}", "");
    row("a plain value has nothing inside", "17", "");
    row("no text", "", "");
    row("a text that was cut in a string", R"({"a":1,"b":"hal)", "a=1 b=hal");
    row("a text that was cut in an escape", R"({"b":"x\u00)", "b=x");
    row("a text that was cut in a name", R"({"a":1,"b)", "a=1 b=");
    row("a text that was cut in an object", R"({"a":{"x":[1)", R"(a={"x":[1)");
    row("what is not JSON ends all the same", "[1 2 : : }", "=1 =2 = =");
}

void JsonTest::membersAreFoundInOrder() {
    QFETCH(QByteArray, text);
    QTEST(lines(text), "entries");
}

void JsonTest::textsAreDecoded_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("limit");
    QTest::addColumn<QString>("decoded");
    QTest::newRow("escapes") << QByteArray(R"("a\n\u00e9\"")") << 100 << QStringLiteral("a\né\"");
    QTest::newRow("cut at a limit") << QByteArray(R"("abcdef")") << 4 << QStringLiteral("abc");
    QTest::newRow("cut at a limit in an escape")
        << QByteArray(R"("ab\u00e9")") << 6 << QStringLiteral("ab");
    QTest::newRow("a number as it is written")
        << QByteArray("1.10") << 100 << QStringLiteral("1.10");
}

void JsonTest::textsAreDecoded() {
    QFETCH(QByteArray, text);
    QFETCH(int, limit);
    QTEST(jsonEntryText(text, jsonEntryAt(text, 0), limit), "decoded");
}

void JsonTest::deepTextsAreRead() {
    const QByteArray deep = QByteArray(1'000'000, '[') + QByteArray(1'000'000, ']');
    JsonTreeModel model;
    model.setText(deep);
    const QModelIndex root = model.index(0, 0, {});
    model.fetchMore(root);
    QCOMPARE(model.rowCount(root), 1);
    QVERIFY(model.canFetchMore(model.index(0, 0, root)));
}

void JsonTest::theTreeReadsWhatIsOpened() {
    JsonTreeModel model;
    model.setText(R"({"model":"m","messages":[{"role":"user","content":"hello"},{}],"n":1.0})");
    const QModelIndex root = model.index(0, 0, {});
    QVERIFY(model.hasChildren(root));
    QCOMPARE(model.rowCount(root), 0); // not before it is opened
    model.fetchMore(root);
    QCOMPARE(model.rowCount(root), 3);
    const QModelIndex messages = model.index(1, 0, root);
    QCOMPARE(messages.data().toString(), QStringLiteral("messages"));
    model.fetchMore(messages);
    QCOMPARE(messages.siblingAtColumn(1).data().toString(), QStringLiteral("[2]"));
    const QModelIndex first = model.index(0, 0, messages);
    model.fetchMore(first);
    const QModelIndex content = model.index(1, 0, first);
    QCOMPARE(model.path(content), QStringLiteral("messages[0].content"));
    QCOMPARE(model.valueText(content), QStringLiteral("hello"));
    QCOMPARE(content.data(Qt::AccessibleTextRole).toString(), QStringLiteral("content: \"hello\""));
    QCOMPARE(model.index(2, 1, root).data().toString(), QStringLiteral("1.0"));
    model.setText({});
    QCOMPARE(model.rowCount({}), 0);
}

void JsonTest::fourMegabytesOpenAtOnce() {
    const QByteArray text = R"({"line":")" + QByteArray(4 * 1024 * 1024, 'x') + R"(","a":[1,2]})";
    JsonView view(QStringLiteral("request"));
    view.resize(600, 400);
    view.show();
    QElapsedTimer timer;
    timer.start();
    view.setText(text);
    QCoreApplication::processEvents();
    const qint64 opened = timer.elapsed();
    qInfo("opened in %lld ms", static_cast<long long>(opened));
    QVERIFY2(opened < 300, qPrintable(QString::number(opened))); // room for a busy machine
    QCOMPARE(view.findChild<QTreeView*>()->model()->rowCount(
                 view.findChild<QTreeView*>()->model()->index(0, 0)),
             2);
}

void JsonTest::valuesAndPathsAreCopied() {
    JsonView view(QStringLiteral("request"));
    view.setText(R"({"a":{"b":"one\ntwo"}})");
    auto* tree = view.findChild<QTreeView*>(QStringLiteral("requestTree"));
    tree->expandAll();
    const QModelIndex a = tree->model()->index(0, 0, tree->model()->index(0, 0));
    tree->model()->fetchMore(a);
    tree->setCurrentIndex(tree->model()->index(0, 0, a));
    const auto actions = tree->actions();
    QCOMPARE(actions.size(), 2);
    actions[0]->trigger();
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("one\ntwo"));
    actions[1]->trigger();
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("a.b"));
    QCOMPARE(view.findChild<QPlainTextEdit*>()->toPlainText(), QStringLiteral("one\ntwo"));
}

void JsonTest::namesStringsAndValuesAreColoured() {
    QTextDocument document(
        QStringLiteral("{\n  \"a\": \"x\\\" {\",\n  \"b\": [1, \"long\nstill\"]"));
    document.setDocumentLayout(new QPlainTextDocumentLayout(&document));
    JsonHighlighter highlighter(&document, QPalette());
    highlighter.rehighlight();
    const auto colours = [&document](int line) {
        QStringList out;
        const auto formats = document.findBlockByNumber(line).layout()->formats();
        for (const auto& range : formats)
            out += document.findBlockByNumber(line).text().mid(range.start, range.length);
        return out.join(u'|');
    };
    QCOMPARE(colours(1), QStringLiteral("\"a\"|\"x\\\" {\""));
    QCOMPARE(colours(2), QStringLiteral("\"b\"|1|\"long"));
    QCOMPARE(colours(3), QStringLiteral("still\""));
}

void JsonTest::placesAreFound_data() {
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<int>("count");
    QTest::newRow("case does not count") << QStringLiteral("ONE") << 2;
    QTest::newRow("nothing is in nothing") << QString() << 0;
    QTest::newRow("none") << QStringLiteral("two") << 0;
    QTest::newRow("places do not overlap") << QStringLiteral("aa") << 2;
}

void JsonTest::placesAreFound() {
    QFETCH(QString, wanted);
    QTEST(static_cast<int>(placesOf(wanted, u"one aaaaa One", 10).size()), "count");
}

void JsonTest::findGoesRound() {
    QPlainTextEdit view;
    view.setPlainText(QStringLiteral("one\ntwo one\nONE"));
    FindBar bar;
    bar.setView(&view);
    bar.open();
    const auto* count = bar.findChild<QLabel*>(QStringLiteral("findCount"));
    auto* line = bar.findChild<QLineEdit*>(QStringLiteral("findLine"));
    line->setText(QStringLiteral("one"));
    QCOMPARE(count->text(), QStringLiteral("1 / 3"));
    QCOMPARE(view.textCursor().selectedText(), QStringLiteral("one"));
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(count->text(), QStringLiteral("2 / 3"));
    QCOMPARE(view.textCursor().selectionStart(), 8);
    QTest::keyClick(line, Qt::Key_Return);
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(count->text(), QStringLiteral("1 / 3"));
    QTest::keyClick(line, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(count->text(), QStringLiteral("3 / 3"));
    line->setText(QStringLiteral("four"));
    QCOMPARE(count->text(), QStringLiteral("no match"));
}

void JsonTest::findOpensTheTree() {
    JsonView view(QStringLiteral("x"));
    view.setText(R"({"a":{"é":["one",{"needle":1},"two"]},"b":"a needle"})");
    FindBar bar;
    bar.setView(&view);
    bar.show();
    auto* line = bar.findChild<QLineEdit*>(QStringLiteral("findLine"));
    auto* tree = view.findChild<QTreeView*>();
    const auto* model = qobject_cast<const JsonTreeModel*>(tree->model());
    line->setText(QStringLiteral("NEEDLE"));
    QCOMPARE(model->path(tree->currentIndex()), QStringLiteral("a.é[1].needle"));
    QVERIFY(tree->isExpanded(tree->currentIndex().parent()));
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(model->path(tree->currentIndex()), QStringLiteral("b"));
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(model->path(tree->currentIndex()), QStringLiteral("a.é[1].needle"));
    line->setText(QStringLiteral("nowhere"));
    QVERIFY(bar.findChild<QLabel*>(QStringLiteral("findCount"))->text().contains(u"no match"));
}

void JsonTest::findFollowsWhatGrows() {
    QPlainTextEdit view;
    view.setPlainText(QStringLiteral("one"));
    FindBar bar;
    bar.setView(&view);
    bar.open();
    bar.findChild<QLineEdit*>(QStringLiteral("findLine"))->setText(QStringLiteral("one"));
    view.appendPlainText(QStringLiteral("and one"));
    QTRY_COMPARE(bar.findChild<QLabel*>(QStringLiteral("findCount"))->text(),
                 QStringLiteral("1 / 2"));
}

void JsonTest::escapeClosesTheBar() {
    QWidget window;
    QPlainTextEdit view(&window);
    FindBar bar(&window);
    bar.setView(&view);
    window.show();
    bar.open();
    QVERIFY(bar.isVisible());
    QTest::keyClick(bar.findChild<QLineEdit*>(QStringLiteral("findLine")), Qt::Key_Escape);
    QVERIFY(bar.isHidden());
}

void JsonTest::rawIsBothMessagesAsTheyPassed() {
    ExchangeDetail detail;
    detail.record.id = 1;
    detail.record.method = "POST";
    detail.record.path = "/v1/messages";
    detail.requestFields.append("Host", "h");
    detail.requestBody = {{1, "{\"a\":"}, {2, "1}"}};
    QCOMPARE(rawText(detail), QStringLiteral("POST /v1/messages\nHost: h\n\n{\"a\":1}\n"));
    detail.record.status = 200;
    detail.responseReason = "OK";
    detail.responseFields.append("X", "y");
    RawPane pane;
    pane.setDetail(detail);
    detail.responseBody = {{3, "data: x\n\n"}};
    pane.setDetail(detail);
    QCOMPARE(
        pane.toPlainText(),
        QStringLiteral("POST /v1/messages\nHost: h\n\n{\"a\":1}\n\n200 OK\nX: y\n\ndata: x\n\n"));
    pane.clearText();
    QVERIFY(pane.toPlainText().isEmpty());
}

void JsonTest::rawBinaryIsHexadecimal() {
    ExchangeDetail detail;
    detail.record.method = "GET";
    detail.record.status = 200;
    detail.responseBody = {{1, QByteArray::fromHex("1f8b080000000000")}};
    QVERIFY(rawText(detail).contains(QLatin1String("1f 8b 08 00")));
}

QTEST_MAIN(JsonTest)
#include "tst_json.moc"
