// SPDX-License-Identifier: MIT
#include "app/desktop/historythread.h"

#include <QDeadlineTimer>

namespace sallyport {

namespace {
using namespace std::chrono_literals;
constexpr auto kLastStatement = 2s; ///< how long the end waits for the one that is under way
} // namespace

HistoryThread::HistoryThread(const QString& path, QObject* parent)
    : HistoryInterface(parent)
    , m_thread(new QThread)
    , m_browser(new HistoryBrowser(path)) {
    m_thread->setObjectName(QStringLiteral("history-reader"));
    m_browser->moveToThread(m_thread);
    connect(m_thread, &QThread::finished, m_browser, &QObject::deleteLater);
    connect(m_browser, &HistoryBrowser::found, this, &HistoryInterface::found);
    connect(m_browser, &HistoryBrowser::detailRead, this, &HistoryInterface::detailRead);
    connect(m_browser, &HistoryBrowser::detailMissing, this, &HistoryInterface::detailMissing);
    connect(m_browser, &HistoryBrowser::earlierTurnRead, this, &HistoryInterface::earlierTurnRead);
    connect(m_browser, &HistoryBrowser::exported, this, &HistoryInterface::exported);
    connect(m_browser, &HistoryBrowser::cleared, this, &HistoryInterface::cleared);
    m_thread->start(QThread::LowPriority);
}

HistoryThread::~HistoryThread() {
    m_browser->disconnect(this);
    m_thread->quit();
    if (m_thread->wait(QDeadlineTimer(kLastStatement))) delete m_thread;
}

void HistoryThread::find(const HistoryRequest& request) {
    QMetaObject::invokeMethod(m_browser,
                              [browser = m_browser, request] { browser->find(request); });
}

void HistoryThread::cancel() { QMetaObject::invokeMethod(m_browser, &HistoryBrowser::cancel); }

void HistoryThread::readDetail(const ExchangeRecord& record, bool isLive) {
    QMetaObject::invokeMethod(
        m_browser, [browser = m_browser, record, isLive] { browser->readDetail(record, isLive); });
}

void HistoryThread::readEarlierTurn(const ExchangeRecord& record) {
    QMetaObject::invokeMethod(m_browser,
                              [browser = m_browser, record] { browser->readEarlierTurn(record); });
}

void HistoryThread::exportTo(const ExportRequest& request) {
    QMetaObject::invokeMethod(m_browser,
                              [browser = m_browser, request] { browser->exportTo(request); });
}

void HistoryThread::clear() { QMetaObject::invokeMethod(m_browser, &HistoryBrowser::clear); }

} // namespace sallyport
