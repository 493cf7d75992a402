// SPDX-License-Identifier: MIT
#include "ui/detail/picturestrip.h"

#include <QBuffer>
#include <QImage>
#include <QTest>

using namespace sallyport;

namespace {

QByteArray picture() {
    QImage image(200, 100, QImage::Format_RGB32);
    for (int x = 0; x < image.width(); ++x)
        for (int y = 0; y < image.height(); ++y)
            image.setPixel(x, y, qRgb(x * 7919 % 251, y * 104729 % 241, x * y % 239));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QBuffer::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

QByteArray body(const QByteArray& data) {
    return "{\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"" + data +
           "\"},\"text\":\"" + QByteArray(9000, 'x') + "\"}";
}

} // namespace

class PictureStripTest : public QObject {
    Q_OBJECT
private slots:
    void picturesAreFound();
    void aPictureIsShownSmall();
    void whatIsNoPictureIsLeftOut();
};

void PictureStripTest::picturesAreFound() {
    const QByteArray png = picture();
    QVERIFY(png.size() > 2048);
    const QByteArray twice = body(png.toBase64()) + body(png.toBase64());
    const auto found = base64Pictures(twice, 6);
    QCOMPARE(found.size(), std::size_t{2});
    QCOMPARE(found[1], png);
    QCOMPARE(base64Pictures(twice, 1).size(), std::size_t{1});
    QVERIFY(base64Pictures(body(QByteArray(5000, 'A').toBase64()), 6).empty());
}

void PictureStripTest::aPictureIsShownSmall() {
    PictureStrip strip;
    strip.setPictures({picture()});
    QVERIFY(!strip.isHidden());
    const auto labels = strip.findChildren<QLabel*>();
    QCOMPARE(labels.size(), 1);
    QCOMPARE(labels[0]->pixmap().size(), QSize(144, 72));
    QVERIFY2(labels[0]->accessibleName().contains(QStringLiteral("200")),
             qPrintable(labels[0]->accessibleName()));
    strip.clear();
    QVERIFY(strip.isHidden());
}

void PictureStripTest::whatIsNoPictureIsLeftOut() {
    PictureStrip strip;
    strip.setPictures({picture().first(40), "\x89PNG\r\n"});
    QVERIFY(strip.isHidden());
}

QTEST_MAIN(PictureStripTest)
#include "tst_picturestrip.moc"
