// SPDX-License-Identifier: MIT
#include "ui/filter/filterline.h"

#include <QAbstractItemView>
#include <QSignalSpy>
#include <QTest>

using namespace sallyport;

class FilterLineTest : public QObject {
    Q_OBJECT
private slots:
    void keysAndValuesAreOffered();
    void aKeyIsFollowedByItsValues();
    void contentsNeedAHistory();
    void aMistakeIsUnderlined();
};

namespace {

filter::SeenValues seen(std::initializer_list<const char*> models) {
    filter::SeenValues values;
    ExchangeRecord record;
    for (const char* model : models) {
        record.modelAsked = record.modelSent = model;
        values.note(record);
    }
    return values;
}

QStringList offered(const FilterLine& line) {
    return line.findChild<QStringListModel*>() ? line.findChild<QStringListModel*>()->stringList()
                                               : QStringList();
}

} // namespace

void FilterLineTest::keysAndValuesAreOffered() {
    FilterLine line;
    line.setSeenValues([] { return seen({"claude-haiku", "claude-opus"}); });
    line.show();
    QTest::keyClicks(&line, QStringLiteral("a mod"));
    QCOMPARE(offered(line), QStringList{QStringLiteral("model:")});
    QTest::keyClicks(&line, QStringLiteral("el:op"));
    QCOMPARE(offered(line), QStringList{QStringLiteral("model:claude-opus")});
    QTest::keyClicks(&line, QStringLiteral("zz"));
    QVERIFY(offered(line).isEmpty());
}

void FilterLineTest::aKeyIsFollowedByItsValues() {
    FilterLine line;
    line.setSeenValues([] { return seen({"claude-haiku"}); });
    line.show();
    QTest::keyClicks(&line, QStringLiteral("mod"));
    auto* completer = line.findChild<QCompleter*>();
    QVERIFY(completer);
    emit completer->activated(QStringLiteral("model:"));
    QCOMPARE(line.text(), QStringLiteral("model:"));
    QCOMPARE(offered(line), QStringList{QStringLiteral("model:claude-haiku")});
    emit completer->activated(QStringLiteral("model:claude-haiku"));
    QCOMPARE(line.text(), QStringLiteral("model:claude-haiku "));
}

void FilterLineTest::contentsNeedAHistory() {
    FilterLine line;
    const QSignalSpy changes(&line, &FilterLine::queryChanged);
    line.setText(QStringLiteral("is:error body:x"));
    line.applyNow();
    QVERIFY(line.problem().contains(QStringLiteral("switched off")));
    QCOMPARE(changes.size(), 0);
    line.setSearchesHistory(true);
    QVERIFY(line.problem().isEmpty());
    QCOMPARE(changes.size(), 1);
    line.setText(QStringLiteral("is:error or haiku"));
    line.applyNow();
    QVERIFY(line.problem().isEmpty());
    QCOMPARE(changes.size(), 2);
}

void FilterLineTest::aMistakeIsUnderlined() {
    const auto pictureOf = [](const char* text) {
        FilterLine line;
        line.resize(400, line.sizeHint().height());
        line.setText(QString::fromLatin1(text));
        line.applyNow();
        return line.grab().toImage();
    };
    // Of equal colours and widths: the same mistake at two places.
    const QImage first = pictureOf("bad:x aaaaa");
    const QImage second = pictureOf("aaaaa bad:x");
    const int row = first.height() - 4;
    const auto reddest = [row](const QImage& image, int from, int to) {
        int most = 0;
        for (int x = from; x < to; ++x) {
            const QColor color = image.pixelColor(x, row);
            most = std::max(most, color.red() - color.green());
        }
        return most;
    };
    QVERIFY(reddest(first, 8, 20) > reddest(second, 8, 20));
}

QTEST_MAIN(FilterLineTest)
#include "tst_filterline.moc"
