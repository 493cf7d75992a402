// SPDX-License-Identifier: MIT
// Measures the log window with 100 000 rows: ./dev bench --only window. Figures are processor time
// of the whole program: other programs may have had the processor meanwhile. Nothing is drawn on a
// screen; all is painted.
#include "core/history/filterparser.h"
#include "core/support/heaptrim.h"
#include "tests/bench/budgetreport.h"
#include "tests/ui/demofeed.h"
#include "tests/ui/windowrig.h"

#include <QApplication>
#include <QFile>
#include <QTabWidget>

#include <algorithm>
#include <ctime>
#include <functional>

using namespace sallyport;

namespace {

constexpr quint64 kRows = 100'000;
constexpr double kFlushMillis = 33; ///< between two batches of the core

double processorMillis() { return static_cast<double>(std::clock()) * 1000 / CLOCKS_PER_SEC; }

/// What it takes until all that it leads to is done, painting included.
double cost(const std::function<void()>& work) {
    const double before = processorMillis();
    work();
    QCoreApplication::processEvents();
    // What has changed is painted now, as between two batches; the platform would wait for 5 ms.
    for (QWidget* window : QApplication::topLevelWidgets()) {
        QEvent update(QEvent::UpdateRequest);
        if (window->isVisible()) QCoreApplication::sendEvent(window, &update);
    }
    return processorMillis() - before;
}

double residentMiB() {
    QFile file(QStringLiteral("/proc/self/statm"));
    constexpr double kPagesInMiB = 256;
    if (!file.open(QFile::ReadOnly)) return 0;
    return file.readAll().split(' ').value(1).toDouble() / kPagesInMiB;
}

ExchangeRecord running(quint64 id, WallTime now) {
    ExchangeRecord record = demo::record(id * 12, now);
    record.id = id;
    record.end = ExchangeEnd::Running;
    record.phase = ExchangePhase::Streaming;
    record.times.ended.reset();
    record.progress = {StreamProgress::Block::Text, 1};
    return record;
}

/// With texts of its own, as a record that comes from the core has them.
ExchangeRecord row(quint64 id, WallTime now) {
    ExchangeRecord record = demo::record(id, now);
    record.session = id % 3 ? "9f31c2d4-6a70-4b1e-8f54-0c6a2b7d9e11" : "1c0ffee0-77aa";
    for (QByteArray* text : {&record.method, &record.host, &record.path, &record.modelAsked,
                             &record.userAgent, &record.session})
        text->detach();
    for (QString* text : {&record.target, &record.client, &record.error})
        text->detach();
    return record;
}

void measureFill(WindowRig& rig, BudgetReport& report) {
    const double before = residentMiB();
    const WallTime now = SystemClock().wallNow();
    QVector<ExchangeRecord> records;
    for (quint64 id = 1; id <= kRows; ++id)
        records += row(id, now);
    report.add("100 000 rows filled", cost([&] { emit rig.port.exchangesChanged(records); }), 150,
               "ms");
    records = {};
    returnFreeMemory();
    report.add("memory that 100 000 rows take", residentMiB() - before, 150, "MiB");
    report.add("memory in all with 100 000 rows", residentMiB(), 150, "MiB");
}

void measureFilter(WindowRig& rig, BudgetReport& report) {
    auto* line = rig.part<FilterLine>("filterLine");
    double slowest = 0;
    for (const char* text : {"status:>=400 -model:opus", "haiku", "dur:>15s or is:error", ""})
        slowest = std::max(slowest, cost([&] {
                               line->setText(QString::fromUtf8(text));
                               line->applyNow();
                           }));
    report.add("the filter changed", slowest, 100, "ms");
}

/// 200 streams at 50 events a second each: every batch changes all of them.
void measureStreams(WindowRig& rig, BudgetReport& report) {
    constexpr quint64 kStreams = 200;
    constexpr int kBatches = 300;
    QVector<ExchangeRecord> streams;
    for (quint64 i = 1; i <= kStreams; ++i)
        streams += running(kRows + i, SystemClock().wallNow());
    static_cast<void>(cost([&] { emit rig.port.exchangesChanged(streams); }));
    static_cast<void>(cost([&] { rig.table().tail().follow(); }));
    std::vector<double> costs;
    for (int batch = 0; batch < kBatches; ++batch) {
        for (ExchangeRecord& each : streams) {
            each.events += 2;
            each.progress.outputTokens += 3;
            each.responseBytes += 300;
        }
        costs.push_back(cost([&] { emit rig.port.exchangesChanged(streams); }));
    }
    std::sort(costs.begin(), costs.end());
    double sum = 0;
    for (const double each : costs)
        sum += each;
    report.add("200 streams, 10 000 events/s: a batch, 99th percentile",
               costs[costs.size() * 99 / 100], 16, "ms");
    report.add("200 streams, 10 000 events/s: of a core", sum / kBatches / kFlushMillis * 100, 35,
               "%");
}

/// A batch begins as many as it ends.
double shareOfRequests(WindowRig& rig, quint64& id) {
    constexpr int kBatches = 300;
    constexpr quint64 kInBatch = 17; // 500 a second
    double sum = 0;
    const WallTime now = SystemClock().wallNow();
    for (int batch = 0; batch < kBatches; ++batch) {
        QVector<ExchangeRecord> records;
        for (quint64 i = 0; i < kInBatch; ++i) {
            records += demo::record(id - kInBatch + i, now);
            records.last().end = ExchangeEnd::Complete;
        }
        for (quint64 i = 0; i < kInBatch; ++i)
            records += running(id + i, now);
        id += kInBatch;
        sum += cost([&] { emit rig.port.exchangesChanged(records); });
    }
    return sum / kBatches / kFlushMillis * 100;
}

void measureRequests(WindowRig& rig, BudgetReport& report) {
    quint64 id = kRows + 1000;
    rig.table().tail().follow();
    report.add("500 requests/s, following: of a core", shareOfRequests(rig, id), 20, "%");
    rig.window.hide();
    report.add("500 requests/s, hidden: of a core", shareOfRequests(rig, id), 8, "%");
    rig.window.show();
}

void measureLine(WindowRig& rig, BudgetReport& report, qsizetype bytes, double budget) {
    const quint64 id =
        rig.table().model()->index(0, 0).data(ExchangeTableModel::IdRole).toULongLong();
    rig.window.showExchange(id);
    rig.part<QTabWidget>("detailTabs")->setCurrentIndex(1);
    ExchangeDetail detail = demo::detail(demo::record(id, SystemClock().wallNow()));
    detail.record.id = id;
    detail.requestBody = {
        {900, "{\"data\":\"" + QByteArray(bytes * 3 / 4, 'x').toBase64() + "\"}"}};
    const QByteArray what = "a line of " + QByteArray::number(bytes / 1024 / 1024) + " MiB shown";
    const auto* body = rig.part<QPlainTextEdit>("requestBody");
    const auto show = [&] {
        emit rig.port.detailChanged(detail);
        // Long contents are read on a thread of their own.
        constexpr int kMostMillis = 5000;
        static_cast<void>(
            QTest::qWaitFor([body] { return !body->toPlainText().isEmpty(); }, kMostMillis));
    };
    report.add(what.constData(), cost(show), budget, "ms");
    rig.press(Qt::Key_Escape, Qt::NoModifier);
}

} // namespace

int main(int argc, char** argv) {
    const QApplication application(argc, argv);
    const QStringList parts = QApplication::arguments().mid(1);
    const auto isWanted = [&parts](const char* part) {
        return parts.isEmpty() || parts.contains(QLatin1String(part));
    };
    WindowRig rig;
    rig.window.resize(1280, 800);
    rig.window.show();
    QCoreApplication::processEvents();
    BudgetReport report;
    measureFill(rig, report); // the other parts need rows
    if (isWanted("filter")) measureFilter(rig, report);
    if (isWanted("lines")) measureLine(rig, report, 4LL * 1024 * 1024, 100);
    if (isWanted("lines")) measureLine(rig, report, 32LL * 1024 * 1024, 300);
    if (isWanted("streams")) measureStreams(rig, report);
    if (isWanted("requests")) measureRequests(rig, report);
    return report.end();
}
