// SPDX-License-Identifier: MIT
#include "ui/detail/displaytext.h"

#include "ui/detail/messagepane.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>
#include <QTextBlock>

using namespace sallyport;

namespace {

/// Base64 of `bytes` bytes that begin as `start` and go on at random.
QByteArray encoded(const QByteArray& start, qsizetype bytes) {
    QRandomGenerator random(7);
    QByteArray plain = start;
    while (plain.size() < bytes)
        plain += static_cast<char>(random.bounded(256));
    return plain.first(bytes).toBase64();
}

QByteArray folded(const QByteArray& text, qsizetype piece) {
    Base64Folder folder;
    QByteArray out;
    for (qsizetype at = 0; at < text.size(); at += piece)
        out += folder.feed(QByteArrayView(text).sliced(at, std::min(piece, text.size() - at)));
    return out + folder.finish();
}

qsizetype longestLine(const QString& text) {
    qsizetype longest = 0;
    for (const QString& line : text.split(u'\n'))
        longest = std::max(longest, line.size());
    return longest;
}

qsizetype longestBlock(const QTextDocument& document) {
    qsizetype longest = 0;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
        longest = std::max<qsizetype>(longest, block.length() - 1);
    return longest;
}

} // namespace

class DisplayTextTest : public QObject {
    Q_OBJECT
private slots:
    void base64IsFolded_data();
    void base64IsFolded();
    void longLinesAreBroken_data();
    void longLinesAreBroken();
    void surrogatePairsStayTogether();
    void aLineIsBrokenAcrossPieces();
    void noBodyGivesTheViewALongLine_data();
    void noBodyGivesTheViewALongLine();
    void aCutIsSaid();
};

void DisplayTextTest::base64IsFolded_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("shown");
    const auto quoted = [](const QByteArray& text) { return QByteArray('"' + text + '"'); };
    QTest::newRow("a picture has its type and size")
        << quoted(encoded("\x89PNG\r\n\x1a\n", 1258291)) << quoted("‹image/png, 1.2 MiB, base64›");
    QTest::newRow("a photograph") << quoted(encoded("\xff\xd8\xff\xe0", 4096))
                                  << quoted("‹image/jpeg, 4.0 KiB, base64›");
    QTest::newRow("a document") << quoted(encoded("%PDF-1.7", 4096))
                                << quoted("‹application/pdf, 4.0 KiB, base64›");
    QTest::newRow("bytes of no known type")
        << quoted(encoded("\x01\x02", 6144)) << quoted("‹6.0 KiB, base64›");
    QTest::newRow("a data URL keeps its head")
        << quoted("data:image/gif;base64," + encoded("GIF89a", 4096))
        << quoted("data:image/gif;base64,‹image/gif, 4.0 KiB, base64›");
    QTest::newRow("two in one text")
        << encoded("GIF89a", 3072) + ' ' + encoded("GIF89a", 4096)
        << QByteArray("‹image/gif, 3.0 KiB, base64› ‹image/gif, 4.0 KiB, base64›");
    const QByteArray shortOne = quoted(encoded("GIF89a", 1024));
    QTest::newRow("a short one stays") << shortOne << shortOne;
    const QByteArray letters(8000, 'x');
    QTest::newRow("a long run of one letter is a text") << letters << letters;
    QTest::newRow("words stay") << QByteArray("no base64 here") << QByteArray("no base64 here");
}

void DisplayTextTest::base64IsFolded() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, shown);
    for (const qsizetype piece : {text.size(), qsizetype{4096}, qsizetype{999}, qsizetype{1}})
        QCOMPARE(folded(text, piece), shown);
}

void DisplayTextTest::longLinesAreBroken_data() {
    QTest::addColumn<qsizetype>("length");
    QTest::addColumn<qsizetype>("lines");
    QTest::newRow("one that fits") << kMaxDisplayLine << qsizetype{1};
    QTest::newRow("one too long") << kMaxDisplayLine + 1 << qsizetype{2};
    QTest::newRow("twice the length") << 2 * kMaxDisplayLine << qsizetype{2};
    QTest::newRow("a line of 1 MiB") << qsizetype{1024} * 1024 << qsizetype{512};
}

void DisplayTextTest::longLinesAreBroken() {
    QFETCH(qsizetype, length);
    const QString line(length, u'x');
    LineBreaker breaker;
    QString broken = breaker.feed(QString(line + u'\n'));
    QCOMPARE(broken.count(u'\n') - 1, broken.size() - line.size() - 1);
    QTEST(broken.count(u'\n'), "lines");
    QCOMPARE(breaker.hasBroken(), length > kMaxDisplayLine);
    QCOMPARE(longestLine(broken), std::min(length, kMaxDisplayLine));
    QCOMPARE(broken.remove(u'\n'), line);
}

void DisplayTextTest::surrogatePairsStayTogether() {
    const QString pair = QStringLiteral("😀");
    const QString line = QString(kMaxDisplayLine - 1, u'x') + pair;
    QCOMPARE(LineBreaker().feed(line), QString(QString(kMaxDisplayLine - 1, u'x') + u'\n' + pair));
}

void DisplayTextTest::aLineIsBrokenAcrossPieces() {
    LineBreaker breaker;
    QString text;
    for (int i = 0; i < 10; ++i)
        text += breaker.feed(QString(1000, u'x'));
    QCOMPARE(longestLine(text), kMaxDisplayLine);
    QCOMPARE(text.count(u'\n'), 4);
}

void DisplayTextTest::noBodyGivesTheViewALongLine_data() {
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    const QByteArray json = "application/json";
    const QByteArray megabytes(4 * 1024 * 1024, 'x');
    QTest::newRow("200 KB in one string") << json << "{\"a\":\"" + megabytes.first(200000) + "\"}";
    QTest::newRow("4 MiB in one string") << json << "{\"a\":\"" + megabytes + "\"}";
    QTest::newRow("a picture of 4 MB")
        << json << "{\"data\":\"" + encoded("\x89PNG\r\n", 3 * 1024 * 1024) + "\"}";
    QTest::newRow("4 MiB of text without a line end") << QByteArray("text/plain") << megabytes;
    QTest::newRow("4 MiB of bytes") << QByteArray("image/png") << QByteArray(4 * 1024 * 1024, '\1');
}

void DisplayTextTest::noBodyGivesTheViewALongLine() {
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    MessagePane pane(QStringLiteral("response"));
    pane.resize(800, 600);
    pane.show();
    QVERIFY(QTest::qWaitForWindowExposed(&pane));
    MessageContents message;
    message.id = 1;
    message.fields.append("Content-Type", type);
    message.body = {{0, body}};
    message.isWhole = true;
    QElapsedTimer timer;
    timer.start();
    pane.setMessage(message);
    QCoreApplication::processEvents();
    qInfo("shown in %.1f ms", static_cast<double>(timer.nsecsElapsed()) / 1e6);
    const auto* view = pane.findChild<QPlainTextEdit*>(QStringLiteral("responseBody"));
    QVERIFY(!view->toPlainText().isEmpty());
    // The layout of a line is what took minutes; the work is bounded by the longest one.
    QVERIFY(longestBlock(*view->document()) <= kMaxDisplayLine);
}

void DisplayTextTest::aCutIsSaid() {
    MessagePane pane(QStringLiteral("response"));
    MessageContents message;
    message.id = 1;
    message.fields.append("Content-Type", "text/plain");
    message.body = {{0, QByteArray(2 * 1024 * 1024, 'x')}};
    message.isWhole = true;
    pane.setMessage(message);
    const QString note = pane.findChild<QLabel*>(QStringLiteral("responseNote"))->text();
    QCOMPARE(note, QStringLiteral("2.0 MiB · first 1.0 MiB shown · long lines broken here, not in "
                                  "the copy"));
}

QTEST_MAIN(DisplayTextTest)
#include "tst_displaytext.moc"
