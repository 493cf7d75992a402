// SPDX-License-Identifier: MIT
#include "ui/log/celltexts.h"

#include <QApplication>
#include <QFontMetricsF>
#include <QImage>
#include <QTest>

using namespace sallyport;

class CellTextsTest : public QObject {
    Q_OBJECT
private slots:
    void aTextStandsWhereThePainterPutsIt_data();
    void aTextStandsWhereThePainterPutsIt();
    void whatHasNoRoomIsCut();
    void anotherFontIsLaidOutAnew();
};

namespace {

const QRectF kRoom(10, 4, 200, 24);

QImage blank() {
    QImage image(240, 32, QImage::Format_RGB32);
    image.fill(Qt::white);
    return image;
}

QImage painted(CellTexts& texts, const QString& text, Qt::Alignment side = Qt::AlignLeft) {
    QImage image = blank();
    QPainter painter(&image);
    texts.paint(painter, text, kRoom, side);
    return image;
}

} // namespace

void CellTextsTest::aTextStandsWhereThePainterPutsIt_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<Qt::Alignment>("side");
    QTest::newRow("words") << QStringLiteral("claude-opus, 312 tokens")
                           << Qt::Alignment(Qt::AlignLeft);
    QTest::newRow("figures at the right edge")
        << QStringLiteral("1.23 s") << Qt::Alignment(Qt::AlignRight);
    QTest::newRow("a glyph of another font")
        << QStringLiteral("⇄ tunnel 中文") << Qt::Alignment(Qt::AlignLeft);
}

void CellTextsTest::aTextStandsWhereThePainterPutsIt() {
    QFETCH(QString, text);
    QFETCH(Qt::Alignment, side);
    const QFont font = QApplication::font();
    const QFontMetricsF metrics(font);
    QImage expected = blank();
    QPainter painter(&expected);
    painter.setFont(font);
    const qreal x =
        side == Qt::AlignRight ? kRoom.right() - metrics.horizontalAdvance(text) : kRoom.left();
    painter.drawText(QPointF(x, kRoom.center().y() - metrics.height() / 2 + metrics.ascent()),
                     text);
    painter.end();
    CellTexts texts;
    texts.setFont(font);
    QCOMPARE(painted(texts, text, side), expected);
    QCOMPARE(painted(texts, text, side), expected); // as it was laid out before
}

void CellTextsTest::whatHasNoRoomIsCut() {
    CellTexts texts;
    texts.setFont(QApplication::font());
    const QImage image = painted(texts, QString(200, u'M'));
    for (int x = static_cast<int>(kRoom.right()) + 1; x < image.width(); ++x)
        for (int y = 0; y < image.height(); ++y)
            QCOMPARE(image.pixelColor(x, y), QColor(Qt::white));
    QVERIFY(image != blank());
}

void CellTextsTest::anotherFontIsLaidOutAnew() {
    CellTexts texts;
    QFont font = QApplication::font();
    texts.setFont(font);
    const QImage before = painted(texts, QStringLiteral("text"));
    font.setBold(true);
    texts.setFont(font);
    QVERIFY(painted(texts, QStringLiteral("text")) != before);
}

QTEST_MAIN(CellTextsTest)
#include "tst_celltexts.moc"
