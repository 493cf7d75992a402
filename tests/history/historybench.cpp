// SPDX-License-Identifier: MIT
// Measures a history of a million exchanges: ./dev bench --only history. Each figure is that of a
// connection of its own, as `sallyport log` opens one.
#include "tests/bench/budgetreport.h"
#include "tests/history/historyrig.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>

#include <cstdio>
#include <ctime>

using namespace sallyport;

namespace {

constexpr int kPage = 200; ///< rows that a window asks for

const char* const kModels[] = {"claude-opus-4-5", "claude-sonnet-4-5", "claude-haiku-4-5"};

/// Repeats in some thousand kinds; one in a hundred has failed.
ExchangeDetail sample(quint32 number, WallTime start) {
    ExchangeDetail detail =
        rig::exchange(static_cast<int>(number), start + std::chrono::seconds(number));
    ExchangeRecord& r = detail.record;
    quint32 seed = number * 2654435761U;
    const auto below = [&seed](quint32 limit) {
        seed = seed * 1664525U + 1013904223U;
        return (seed >> 8U) % limit;
    };
    r.path = below(4) > 0 ? QByteArray("/v1/messages?beta=true")
                          : "/v1/files/" + QByteArray::number(below(2000));
    r.modelAsked = r.modelSent = kModels[below(3)];
    r.usage = {below(3000), below(4000), below(200000), below(2000)};
    r.times.firstByte = 200000 + below(3000000);
    r.times.ended = *r.times.firstByte + below(60000000);
    if (below(100) == 0) {
        r.status = below(2) == 0 ? 429 : 529;
        r.error = QStringLiteral("Overloaded, request %1").arg(below(5000));
    }
    // Contents of the last day only.
    detail.requestFields.clear();
    detail.responseFields.clear();
    detail.requestBody.clear();
    detail.responseBody.clear();
    return detail;
}

bool fill(const QString& path, quint32 count) {
    HistoryLimits limits;
    auto store = HistoryStore::open(path, limits);
    if (!store) return false;
    const WallTime start{std::chrono::hours(24 * 20000)};
    std::vector<ExchangeDetail> batch;
    for (quint32 number = 1; number <= count; ++number) {
        batch.push_back(number + 2000 > count ? rig::exchange(static_cast<int>(number), start)
                                              : sample(number, start));
        if (batch.size() < 5000 && number < count) continue;
        if (store.value()->append(batch)) return false;
        batch.clear();
    }
    return true;
}

double milliseconds(const QElapsedTimer& timer) {
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

} // namespace

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    const quint32 count = argc > 1 ? QString::fromLatin1(argv[1]).toUInt() : 1'000'000;
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("history.sqlite"));
    QElapsedTimer timer;
    timer.start();
    if (!fill(path, count)) return 1;
    std::printf("%u exchanges written in %.1f s, %.1f MB\n", count, milliseconds(timer) / 1000,
                static_cast<double>(QFileInfo(path).size()) / 1e6);
    double slowest = 0;
    double slowestOpen = 0;
    for (const char* line :
         {"", "haiku", "nowhere", "status:>=400", "status:599", "is:error model:opus",
          "path:/v1/files/1999", "in:>204000 out:>3990", "dur:>62s", "-is:stream",
          "/files\\/19\\d9$/", "error:\"request 4999\"", "body:\"number 999999\"",
          "(model:haiku or status:529) dur:>60s -path:files"}) {
        timer.restart();
        const auto reader = HistoryReader::open(path);
        const auto first =
            reader
                ? reader->latest({}, kPage)
                : Result<std::vector<ExchangeRecord>, HistoryError>(std::vector<ExchangeRecord>());
        const double opened = milliseconds(timer);
        if (!reader || !first) return 1;
        double answered = 1e9;
        std::size_t rows = 0;
        // The best of five, and the processor's time beside it: other programs may have had it.
        double used = 1e9;
        for (int i = 0; i < 5; ++i) {
            timer.restart();
            const std::clock_t before = std::clock();
            const auto found = reader->latest(rig::query(line), kPage);
            if (!found) return 1;
            used =
                std::min(used, static_cast<double>(std::clock() - before) * 1000 / CLOCKS_PER_SEC);
            answered = std::min(answered, milliseconds(timer));
            rows = found->size();
        }
        slowest = std::max(slowest, used);
        slowestOpen = std::max(slowestOpen, opened);
        std::printf("  %-52s %3zu rows: opened %5.1f ms, answered %6.1f ms (processor %6.1f ms)\n",
                    line, rows, opened, answered, used);
    }
    BudgetReport report;
    report.add("opened, at most", slowestOpen, 200, "ms");
    report.add("a filter answered, processor time at most", slowest, 300, "ms");
    return report.end();
}
