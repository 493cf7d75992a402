// SPDX-License-Identifier: MIT
#include "ui/log/olderrows.h"

#include <utility>

namespace sallyport {

namespace {

OlderState::Kind kindOf(HistoryPage::State state, bool isFull) {
    switch (state) {
    case HistoryPage::State::Searching: return OlderState::Kind::Searching;
    case HistoryPage::State::More: return isFull ? OlderState::Kind::Full : OlderState::Kind::More;
    case HistoryPage::State::All: return OlderState::Kind::All;
    case HistoryPage::State::Failed: return OlderState::Kind::Failed;
    }
    Q_UNREACHABLE();
}

} // namespace

OlderRows::OlderRows(ExchangeTableModel& model, QObject* parent)
    : QObject(parent)
    , m_model(model) {
    connect(&model, &ExchangeTableModel::olderCleared, this, &OlderRows::restart);
}

void OlderRows::setHistory(HistoryInterface& history) {
    m_history = &history;
    connect(&history, &HistoryInterface::found, this, &OlderRows::addPage);
    connect(&history, &HistoryInterface::detailRead, this, [this](ExchangeDetail detail) {
        if (isHistoryId(m_wanted)) detail.record.id |= kHistoryBit;
        if (detail.record.id == m_wanted) emit detailRead(detail);
    });
    connect(&history, &HistoryInterface::detailMissing, this, [this](quint64 id) {
        if (isHistoryId(m_wanted)) id |= kHistoryBit;
        if (id == m_wanted) emit detailGone(id);
    });
    restart();
}

void OlderRows::setKept(bool isKept) {
    if (std::exchange(m_isKept, isKept) == isKept) return;
    drop();
}

void OlderRows::setQuery(const filter::Query& query) {
    m_query = query;
    // Takes the older rows out, which ends in restart().
    m_model.setQuery(query);
    if (hasHistory() && !query.isEmpty()) ask();
}

void OlderRows::drop() { m_model.clearOlder(); }

void OlderRows::restart() {
    if (m_isAsking && m_history) m_history->cancel();
    m_isAsking = false;
    ++m_search;
    m_before = ~0ULL;
    OlderState state;
    state.kind = hasHistory() ? OlderState::Kind::Idle : OlderState::Kind::None;
    state.isFiltered = !m_query.isEmpty();
    setState(state);
}

void OlderRows::ask() {
    m_isAsking = true;
    HistoryRequest request;
    request.search = m_search;
    request.query = m_query;
    request.before = m_before;
    OlderState state = m_state;
    state.kind = OlderState::Kind::Searching;
    state.problem.clear();
    setState(state);
    m_history->find(request);
}

void OlderRows::loadMore() {
    if (!hasHistory() || m_isAsking) return;
    switch (m_state.kind) {
    case OlderState::Kind::Idle:
    case OlderState::Kind::More:
    case OlderState::Kind::Failed: ask(); return;
    case OlderState::Kind::None:
    case OlderState::Kind::Searching:
    case OlderState::Kind::All:
    case OlderState::Kind::Full: return;
    }
}

void OlderRows::cancel() {
    if (!m_isAsking) return;
    m_isAsking = false;
    // What is still on its way belongs to no search.
    ++m_search;
    m_history->cancel();
    OlderState state = m_state;
    state.kind = OlderState::Kind::More;
    setState(state);
}

void OlderRows::addPage(const HistoryPage& page) {
    if (!m_isAsking || page.search != m_search) return;
    m_isAsking = page.state == HistoryPage::State::Searching;
    m_before = page.before;
    m_model.prependOlder(page.records);
    OlderState state = m_state;
    state.rows = m_model.olderRows();
    state.kind = kindOf(page.state, state.rows >= kMaxRows);
    if (page.reached) state.reached = page.reached;
    state.problem = page.problem;
    setState(state);
}

void OlderRows::setState(OlderState state) {
    if (state == m_state) return;
    m_state = std::move(state);
    emit stateChanged();
}

void OlderRows::readDetail(const ExchangeRecord& record) {
    if (!m_history) {
        emit detailGone(record.id);
        return;
    }
    m_wanted = record.id;
    ExchangeRecord asked = record;
    asked.id &= ~kHistoryBit;
    m_history->readDetail(asked, !isHistoryId(record.id));
}

} // namespace sallyport
