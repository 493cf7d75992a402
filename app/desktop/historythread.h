// SPDX-License-Identifier: MIT
#pragma once

#include "core/history/historybrowser.h"
#include "ui/log/historyinterface.h"

#include <QThread>

namespace sallyport {

/// Reads the history on a thread of its own. Values cross in queued calls.
class HistoryThread : public HistoryInterface {
    Q_OBJECT
public:
    /// `path`: of the history file, which need not be there.
    explicit HistoryThread(const QString& path, QObject* parent = nullptr);
    /// Ends the thread; one that hangs in a call of the system is left alone after two seconds.
    ~HistoryThread() override;

    void find(const HistoryRequest& request) override;
    void cancel() override;
    void readDetail(const ExchangeRecord& record, bool isLive) override;
    void readEarlierTurn(const ExchangeRecord& record) override;
    void exportTo(const ExportRequest& request) override;
    void clear() override;

private:
    QThread* m_thread;         ///< deleted when it has ended
    HistoryBrowser* m_browser; ///< lives on m_thread and is deleted there when it ends
};

} // namespace sallyport
