// SPDX-License-Identifier: MIT
#include "tests/ui/demofeed.h"
#include "ui/detail/detailview.h"
#include "ui/detail/eventspane.h"
#include "ui/detail/websockettext.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QStackedWidget>
#include <QTest>

using namespace sallyport;

class WebSocketPaneTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void messagesAreSaidInALine_data();
    void messagesAreSaidInALine();
    void aMessageIsShownWhole_data();
    void aMessageIsShownWhole();
    void theEndIsSaidInWords_data();
    void theEndIsSaidInWords();
    void rowsGrowAndTheOldestGo();
    void thePaneShowsMessagesAsTheyCome();
    void aTunnelThatIsNotReadSaysSo();
    void theOverviewSaysHowItEnded();
};

namespace {

WebSocketMessage message(WebSocketKind kind, const QByteArray& preview) {
    WebSocketMessage out;
    out.kind = kind;
    out.preview = preview;
    out.bytes = static_cast<quint64>(preview.size());
    return out;
}

WebSocketMessage closing(std::optional<quint16> code, const QByteArray& reason = {}) {
    WebSocketMessage out = message(WebSocketKind::Close, reason);
    out.closeCode = code;
    return out;
}

QVector<WebSocketEntry> entries(quint64 first, quint64 last) {
    QVector<WebSocketEntry> out;
    for (quint64 number = first; number <= last; ++number)
        out += WebSocketEntry{number, static_cast<qint64>(number * number) * 1000,
                              WebSocketSender::Server, message(WebSocketKind::Text, "x")};
    return out;
}

QString cell(const QAbstractItemModel& model, int row, int column) {
    return model.index(row, column).data().toString();
}

} // namespace

void WebSocketPaneTest::messagesAreSaidInALine_data() {
    QTest::addColumn<WebSocketMessage>("message");
    QTest::addColumn<QString>("line");
    const auto row = [](const char* tag, const WebSocketMessage& what, const QString& line) {
        QTest::newRow(tag) << what << line;
    };
    row("a text", message(WebSocketKind::Text, "hello\n  中文"), QStringLiteral("hello 中文"));
    row("bytes", message(WebSocketKind::Binary, QByteArray("\x00\xff\x01", 3)),
        QStringLiteral("00 ff 01"));
    row("bytes that are text", message(WebSocketKind::Binary, "{\"a\":1}"),
        QStringLiteral("{\"a\":1}"));
    row("a close", closing(1001, "bye"), QStringLiteral("1001 (going away) · bye"));
    row("a close of the application", closing(4000), QStringLiteral("4000 (of the application)"));
    row("a close of a library", closing(3999), QStringLiteral("3999 (of a library)"));
    row("a close that may not be", closing(999), QStringLiteral("999 (not a valid code)"));
    row("a close without a code", closing({}), QStringLiteral("no code"));
    WebSocketMessage unread = message(WebSocketKind::Text, {});
    unread.shown = WebSocketPreview::Unread;
    row("what could not be read", unread, QStringLiteral("(compressed, and could not be read)"));
    row("a long one is cut", message(WebSocketKind::Text, QByteArray(5000, 'x')),
        QString(300, u'x'));
}

void WebSocketPaneTest::messagesAreSaidInALine() {
    QFETCH(WebSocketMessage, message);
    QTEST(messageLine(message), "line");
}

void WebSocketPaneTest::aMessageIsShownWhole_data() {
    QTest::addColumn<WebSocketMessage>("message");
    QTest::addColumn<QString>("text");
    QTest::newRow("JSON is laid out")
        << message(WebSocketKind::Text, "{\"a\":1}") << QStringLiteral("{\n  \"a\": 1\n}");
    QTest::newRow("other text stays as it came")
        << message(WebSocketKind::Text, "a:  b,c") << QStringLiteral("a:  b,c");
    WebSocketMessage cut = message(WebSocketKind::Text, "abc");
    cut.shown = WebSocketPreview::Cut;
    QTest::newRow("a cut is said") << cut << QStringLiteral("abc\n\n(only the beginning is kept)");
    WebSocketMessage bad = message(WebSocketKind::Text, "abc");
    bad.isUtf8 = false;
    QTest::newRow("a fault is said") << bad << QStringLiteral("abc\n\n(not valid UTF-8)");
}

void WebSocketPaneTest::aMessageIsShownWhole() {
    QFETCH(WebSocketMessage, message);
    QTEST(messageText(message), "text");
}

void WebSocketPaneTest::theEndIsSaidInWords_data() {
    QTest::addColumn<WebSocketSummary>("facts");
    QTest::addColumn<QString>("text");
    WebSocketSummary facts;
    QTest::newRow("open") << facts << QStringLiteral("open");
    facts.end = WebSocketEnd::UpstreamReset;
    QTest::newRow("reset") << facts << QStringLiteral("the upstream's connection broke off");
    facts.fromClient.hasClosed = true;
    facts.fromClient.closeCode = 1000;
    facts.fromClient.closeReason = QStringLiteral("100% done %1");
    QTest::newRow("reset by who was to close as well")
        << facts
        << QStringLiteral("the upstream's connection broke off · the client closed: "
                          "1000 (normal closure) “100% done %1”");
    facts.end = WebSocketEnd::Closed;
    facts.fromClient.closeReason.clear();
    facts.fromServer.hasClosed = true;
    QTest::newRow("closed by both") << facts
                                    << QStringLiteral("the client closed: 1000 (normal closure) · "
                                                      "the upstream closed: no code");
}

void WebSocketPaneTest::theEndIsSaidInWords() {
    QFETCH(WebSocketSummary, facts);
    QTEST(endText(facts), "text");
}

void WebSocketPaneTest::rowsGrowAndTheOldestGo() {
    WebSocketModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.update(entries(1, 3), 500);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(cell(model, 0, WebSocketModel::Gap), QStringLiteral("<1 ms"));
    QCOMPARE(cell(model, 2, WebSocketModel::Gap), QStringLiteral("+5 ms"));
    QCOMPARE(cell(model, 2, WebSocketModel::Direction), QStringLiteral("↓ received"));
    model.update(entries(1, 3), 500);
    QCOMPARE(model.rowCount(), 3);
    model.update(entries(3, 6), 500);
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(cell(model, 0, WebSocketModel::Number), QStringLiteral("3"));
    QCOMPARE(cell(model, 1, WebSocketModel::Gap), QStringLiteral("+7 ms"));
    // What lies between is not known, so neither is its silence.
    model.update(entries(50, 51), 500);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(cell(model, 0, WebSocketModel::Gap), QString());
    QCOMPARE(model.longestGap(), 101000);
    model.update({}, 500);
    QCOMPARE(model.rowCount(), 0);
    model.clear();
    QCOMPARE(model.longestGap(), 0);
}

void WebSocketPaneTest::thePaneShowsMessagesAsTheyCome() {
    EventsPane pane;
    ExchangeDetail detail = demo::webSocket(7, {});
    const QVector<WebSocketEntry> all = detail.webSocket;
    detail.webSocket = all.first(2);
    pane.setDetail(detail);
    QCOMPARE(pane.count(), 2);
    detail.webSocket = all;
    pane.setDetail(detail);
    QCOMPARE(pane.count(), static_cast<int>(all.size()));
    auto* table = pane.findChild<QTableView*>(QStringLiteral("messagesTable"));
    QVERIFY(table);
    QVERIFY(!table->accessibleName().isEmpty());
    QCOMPARE(pane.findChild<QStackedWidget*>()->currentWidget(), table);
    table->selectRow(1);
    QVERIFY(pane.findChild<QPlainTextEdit*>()->toPlainText().contains(
        QStringLiteral("\"session.created\"")));
    const QString summary = pane.findChild<QLabel*>(QStringLiteral("eventsSummary"))->text();
    QVERIFY2(summary.contains(QStringLiteral("longest silence")), qPrintable(summary));
    detail.webSocket = all.last(3);
    pane.setDetail(detail);
    QCOMPARE(pane.count(), 3);
    QVERIFY(pane.findChild<QLabel*>(QStringLiteral("eventsSummary"))
                ->text()
                .contains(QStringLiteral("no longer kept")));
    pane.setDetail(demo::detail(demo::record(12, {})));
    QVERIFY(pane.findChild<QStackedWidget*>()->currentWidget() != table);
    QVERIFY(pane.count() > 3);
}

void WebSocketPaneTest::aTunnelThatIsNotReadSaysSo() {
    EventsPane pane;
    pane.setDetail(demo::detail(demo::record(8, {})));
    QCOMPARE(pane.findChild<QLabel*>(QStringLiteral("eventsSummary"))->text(),
             QStringLiteral("What passes through this tunnel is not read."));
}

void WebSocketPaneTest::theOverviewSaysHowItEnded() {
    const SystemClock clock;
    DetailView view(clock);
    view.setRecord(demo::webSocket(7, clock.wallNow()).record);
    const auto* text = view.findChild<QLabel*>(QStringLiteral("overviewWebSocket"));
    QVERIFY(text);
    QVERIFY(text->text().contains(QStringLiteral("1000 (normal closure) “bye”")));
    QVERIFY(text->text().contains(QStringLiteral("realtime.v1")));
    const auto* tabs = view.findChild<QTabWidget*>(QStringLiteral("detailTabs"));
    QStringList texts;
    for (int i = 0; i < tabs->count(); ++i)
        texts += tabs->tabText(i);
    QVERIFY2(texts.contains(QStringLiteral("Messages 14")), qPrintable(texts.join(u',')));
    view.setRecord(demo::record(1, clock.wallNow()));
    QVERIFY(text->text().isEmpty());
}

QTEST_MAIN(WebSocketPaneTest)
#include "tst_websocketpane.moc"
