// SPDX-License-Identifier: MIT
#include "core/history/historybrowser.h"

#include "core/history/historystore.h"

#include <algorithm>

namespace sallyport {

namespace {
constexpr quint64 kFirstWidth = 4096;   ///< ids; some milliseconds on a disk that is slow
constexpr quint64 kMaxWidth = 1U << 20; ///< ids of one span
constexpr qint64 kShortSpan = 20;       ///< ms; the next one is twice as wide
constexpr qint64 kLongSpan = 100;       ///< ms; the next one is half as wide
constexpr qint64 kEmission = 100;       ///< ms between two parts of an answer
} // namespace

bool HistoryBrowser::openReader() {
    m_reader.reset();
    auto reader = HistoryReader::open(m_path);
    if (reader) {
        m_reader.emplace(std::move(reader).value());
        return true;
    }
    const bool isMissing = reader.error().kind == HistoryError::Kind::Missing;
    if (isMissing)
        emitPage(HistoryPage::State::All);
    else
        emitPage(HistoryPage::State::Failed, reader.error().reason);
    return false;
}

void HistoryBrowser::find(const HistoryRequest& request) {
    // The file may have been replaced since the last search; the pages of one are of one file.
    const bool isNew = request.search != m_request.search || !m_reader;
    m_request = request;
    m_found.clear();
    m_isSearching = false;
    m_sinceEmission.start();
    if (isNew && !openReader()) return;
    m_first = m_reader->firstId();
    m_request.before = std::min(request.before, m_reader->lastId() + 1);
    m_width = kFirstWidth;
    m_isSearching = true;
    step(request.search);
}

void HistoryBrowser::cancel() { m_isSearching = false; }

void HistoryBrowser::adaptWidth(qint64 millis) {
    if (millis < kShortSpan) m_width = std::min(m_width * 2, kMaxWidth);
    if (millis > kLongSpan) m_width = std::max(m_width / 2, kFirstWidth);
}

void HistoryBrowser::step(quint64 search) {
    if (!m_isSearching || search != m_request.search) return;
    quint64& before = m_request.before;
    const quint64 from = before > m_width ? before - m_width : 0;
    QElapsedTimer timer;
    timer.start();
    const auto records =
        m_reader->latest(m_request.query, m_request.limit, {from == 0 ? 0 : from - 1, before});
    if (!records) {
        emitPage(HistoryPage::State::Failed, records.error().reason);
        return;
    }
    adaptWidth(timer.elapsed());
    m_found += QVector<ExchangeRecord>(records->begin(), records->end());
    m_request.limit -= static_cast<int>(records->size());
    before = m_request.limit > 0 ? from : records->back().id;
    if (before <= m_first) {
        emitPage(HistoryPage::State::All);
    } else if (m_request.limit <= 0) {
        emitPage(HistoryPage::State::More);
    } else {
        if (m_sinceEmission.elapsed() >= kEmission) emitPage(HistoryPage::State::Searching);
        QMetaObject::invokeMethod(
            this, [this, search] { step(search); }, Qt::QueuedConnection);
    }
}

void HistoryBrowser::emitPage(HistoryPage::State state, const QString& problem) {
    m_isSearching = state == HistoryPage::State::Searching;
    HistoryPage page;
    page.search = m_request.search;
    page.state = state;
    page.records.swap(m_found);
    page.before = m_request.before;
    if (m_reader) page.reached = m_reader->startFrom(m_request.before);
    page.problem = problem;
    m_sinceEmission.restart();
    emit found(page);
}

void HistoryBrowser::readDetail(const ExchangeRecord& record, bool isLive) {
    const auto reader = HistoryReader::open(m_path);
    const auto like =
        reader && isLive ? reader->recordsLike({record}) : QHash<quint64, ExchangeRecord>();
    const bool isKept = reader && (!isLive || like.contains(record.id));
    auto detail = isKept ? reader->detail(isLive ? like.value(record.id) : record) : std::nullopt;
    if (!detail) {
        emit detailMissing(record.id);
        return;
    }
    detail->record.id = record.id;
    emit detailRead(*detail);
}

void HistoryBrowser::readEarlierTurn(const ExchangeRecord& record) {
    const auto reader = HistoryReader::open(m_path);
    emit earlierTurnRead(record.id, reader ? reader->earlierTurn(record).value_or(ExchangeRecord())
                                           : ExchangeRecord());
}

void HistoryBrowser::exportTo(const ExportRequest& request) {
    emit exported(exportExchanges(m_path, request));
}

void HistoryBrowser::clear() {
    m_isSearching = false;
    m_reader.reset();
    // Not made where there is none.
    if (const auto reader = HistoryReader::open(m_path); !reader) {
        const bool isMissing = reader.error().kind == HistoryError::Kind::Missing;
        emit cleared(isMissing ? QString() : reader.error().reason);
        return;
    }
    auto store = HistoryStore::open(m_path, {});
    const auto error = store ? store.value()->clear() : std::optional(store.error());
    emit cleared(error ? error->reason : QString());
}

} // namespace sallyport
