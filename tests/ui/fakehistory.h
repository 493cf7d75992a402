// SPDX-License-Identifier: MIT
#pragma once

#include "ui/log/historyinterface.h"

#include <QStringList>

namespace sallyport {

/// A history that only writes down what it is asked; a test emits its answers.
class FakeHistory : public HistoryInterface {
    Q_OBJECT
public:
    using HistoryInterface::HistoryInterface;
    void find(const HistoryRequest& request) override { searches += request; }
    void cancel() override { asked += QStringLiteral("cancel"); }
    void readDetail(const ExchangeRecord& record, bool isLive) override {
        asked += QStringLiteral("detail %1%2").arg(record.id).arg(isLive ? u" live" : u"");
    }
    void readEarlierTurn(const ExchangeRecord& record) override {
        asked += QStringLiteral("earlier %1").arg(record.id);
    }
    void exportTo(const ExportRequest& request) override { exports += request; }
    void clear() override { asked += QStringLiteral("clear"); }

    /// Answers the last search.
    void answer(HistoryPage::State state, const QVector<ExchangeRecord>& records = {}) {
        HistoryPage page;
        page.search = searches.last().search;
        page.state = state;
        page.records = records;
        page.before = records.isEmpty() ? 0 : records.last().id;
        page.reached = WallTime{};
        emit found(page);
    }

    QVector<HistoryRequest> searches;
    QVector<ExportRequest> exports;
    QStringList asked;
};

} // namespace sallyport
