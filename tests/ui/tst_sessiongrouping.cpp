// SPDX-License-Identifier: MIT
#include "ui/log/sessiongrouping.h"

#include "tests/ui/windowrig.h"

#include <QLabel>
#include <QPushButton>

using namespace sallyport;

namespace {

ExchangeDetail turn(quint64 id, qint64 cacheRead, const QByteArray& system) {
    ExchangeDetail detail;
    ExchangeRecord& r = detail.record;
    r.id = id;
    r.startedAt = WallTime{std::chrono::hours(24 * 365 * 55) + std::chrono::seconds(id)};
    r.method = "POST";
    r.path = "/v1/messages";
    r.modelAsked = r.modelSent = "m";
    r.session = "s-1";
    r.phase = ExchangePhase::Ended;
    r.end = ExchangeEnd::Complete;
    r.status = 200;
    r.usage = {1000, 10, cacheRead, cacheRead == 0 ? 50000 : 0};
    detail.requestFields.append("Content-Type", "application/json");
    detail.requestBody = {{0, R"({"model":"m","system":")" + system + R"(","messages":[]})"}};
    return detail;
}

} // namespace

class SessionGroupingTest : public QObject {
    Q_OBJECT
private slots:
    void aRowOfTheHistorySaysWhyItsCacheWasLost();
};

void SessionGroupingTest::aRowOfTheHistorySaysWhyItsCacheWasLost() {
    WindowRig rig;
    QVERIFY(rig.show());
    rig.press(Qt::Key_PageUp);
    const ExchangeDetail before = turn(700, 50000, "one");
    const ExchangeDetail after = turn(710, 0, "two");
    // The turn before it is on disk alone.
    rig.history.answer(HistoryPage::State::All, {after.record});
    rig.window.showExchange(710 | kHistoryBit);
    QVERIFY(rig.history.asked.contains(QStringLiteral("earlier 710")));
    emit rig.history.detailRead(after);
    emit rig.history.earlierTurnRead(710, before.record);
    auto* overview = rig.window.findChild<OverviewPane*>();
    auto* why = overview->findChild<QPushButton*>(QStringLiteral("cacheWhy"));
    QVERIFY(why && !why->isHidden());
    why->click();
    QCOMPARE(rig.history.asked.last(), QStringLiteral("detail 700"));
    emit rig.history.detailRead(before);
    const auto* cache = overview->findChild<QLabel*>(QStringLiteral("overviewCache"));
    QTRY_VERIFY2(cache->text().contains(QStringLiteral("system")), qPrintable(cache->text()));
    QVERIFY2(cache->text().contains(QStringLiteral("H700")), qPrintable(cache->text()));
}

QTEST_MAIN(SessionGroupingTest)
#include "tst_sessiongrouping.moc"
