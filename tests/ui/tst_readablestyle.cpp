// SPDX-License-Identifier: MIT
// The edge of what can be ticked is seen in dark palettes: 3:1 against the window
// (WCAG 2.2 1.4.11).
#include "ui/readablestyle.h"
#include "ui/tones.h"

#include <QApplication>
#include <QCheckBox>
#include <QRadioButton>
#include <QStyleFactory>
#include <QStyleOptionButton>
#include <QTest>

#include <algorithm>

using namespace sallyport;

namespace {

/// The best contrast that any pixel of the indicator has against the window.
double bestContrast(QAbstractButton& button, QStyle::SubElement indicator) {
    QStyleOptionButton option;
    option.initFrom(&button);
    const QRect place = button.style()->subElementRect(indicator, &option, &button);
    const QImage picture = button.grab().toImage();
    double best = 1;
    for (int y = place.top(); y <= place.bottom(); ++y)
        for (int x = place.left(); x <= place.right(); ++x)
            best = std::max(
                best, contrast(picture.pixelColor(x, y), button.palette().color(QPalette::Window)));
    return best;
}

} // namespace

class ReadableStyleTest : public QObject {
    Q_OBJECT
private slots:
    void anEdgeIsSeen_data() {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("on Breeze's dark")
            << QPalette(QColor(0x31, 0x36, 0x3b), QColor(0x2a, 0x2e, 0x32));
        QPalette dark(QColor(0x2d, 0x2f, 0x33), QColor(0x24, 0x26, 0x2a));
        dark.setColor(QPalette::Base, QColor(0x1e, 0x20, 0x23));
        QTest::newRow("on dark") << dark;
    }
    void anEdgeIsSeen() {
        QFETCH(const QPalette, palette);
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("fusion")));
        ReadableStyle::install();
        QApplication::setPalette(palette);
        QRadioButton radio;
        QCheckBox box;
        for (QAbstractButton* button :
             {static_cast<QAbstractButton*>(&radio), static_cast<QAbstractButton*>(&box)})
            button->resize(button->sizeHint());
        QVERIFY(bestContrast(radio, QStyle::SE_RadioButtonIndicator) >= 3);
        QVERIFY(bestContrast(box, QStyle::SE_CheckBoxIndicator) >= 3);
    }
    void anotherStyleStays() {
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("windows")));
        ReadableStyle::install();
        QVERIFY(!qobject_cast<ReadableStyle*>(QApplication::style()));
    }
};

QTEST_MAIN(ReadableStyleTest)
#include "tst_readablestyle.moc"
