// SPDX-License-Identifier: MIT
#include "ui/log/historybar.h"

#include "ui/log/rowtext.h"

#include <QHBoxLayout>
#include <QScrollBar>

namespace sallyport {

namespace {

QString reachText(const OlderState& state) {
    const QString rows = state.isFiltered
                             ? HistoryBar::tr("%Ln older match(es)", nullptr, state.rows)
                             : HistoryBar::tr("%Ln older request(s)", nullptr, state.rows);
    if (!state.reached) return rows;
    return rows + QStringLiteral(" · ") +
           HistoryBar::tr("looked back to %1").arg(momentText(*state.reached));
}

} // namespace

QString olderText(const OlderState& state) {
    switch (state.kind) {
    case OlderState::Kind::None: return {};
    case OlderState::Kind::Idle:
        return HistoryBar::tr("Requests from before, if any were kept, are in the history.");
    case OlderState::Kind::Searching:
        return HistoryBar::tr("Searching the history…") + QStringLiteral(" · ") + reachText(state);
    case OlderState::Kind::More: return reachText(state);
    case OlderState::Kind::All:
        return reachText(state) + QStringLiteral(" · ") +
               HistoryBar::tr("that is all of the history");
    case OlderState::Kind::Full:
        return reachText(state) + QStringLiteral(" · ") +
               HistoryBar::tr("no more are shown at a time; a filter reaches further");
    case OlderState::Kind::Failed:
        return QStringLiteral("! ") +
               HistoryBar::tr("The history cannot be read: %1").arg(state.problem);
    }
    Q_UNREACHABLE();
}

HistoryBar::HistoryBar(OlderRows& older, LogTable& table, QWidget* parent)
    : QWidget(parent)
    , m_older(older)
    , m_table(table) {
    setupUi();
    connect(&m_more, &QPushButton::clicked, &older, &OlderRows::loadMore);
    connect(&m_cancel, &QPushButton::clicked, &older, &OlderRows::cancel);
    connect(&table, &LogTable::topReached, &older, &OlderRows::loadMore);
    connect(&older, &OlderRows::stateChanged, this, &HistoryBar::updateState);
    connect(&table.tail(), &FollowTail::changed, this, &HistoryBar::updateState);
    connect(table.verticalScrollBar(), &QScrollBar::rangeChanged, this, &HistoryBar::updateState);
    updateState();
}

void HistoryBar::setupUi() {
    setObjectName(QStringLiteral("historyBar"));
    m_text.setObjectName(QStringLiteral("historyText"));
    m_more.setObjectName(QStringLiteral("historyMore"));
    m_more.setAutoDefault(false);
    m_more.setAccessibleName(tr("Show older requests"));
    m_more.setToolTip(tr("Show older requests (Ctrl+PgUp)"));
    m_cancel.setObjectName(QStringLiteral("historyCancel"));
    m_cancel.setAutoDefault(false);
    m_cancel.setText(tr("Stop"));
    m_cancel.setToolTip(tr("Stop the search (Esc)"));
    m_cancel.setAccessibleName(tr("Stop searching the history"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 1, 8, 1);
    row->setSpacing(8);
    row->addWidget(&m_text, 1);
    row->addWidget(&m_more);
    row->addWidget(&m_cancel);
}

void HistoryBar::updateState() {
    using Kind = OlderState::Kind;
    const OlderState& state = m_older.state();
    const bool isIdle = state.kind == Kind::Idle;
    const bool isSearching = state.kind == Kind::Searching;
    m_text.setFullText(olderText(state));
    m_more.setText(isIdle ? tr("Show") : tr("Older"));
    m_more.setVisible(isIdle || state.kind == Kind::More || state.kind == Kind::Failed);
    m_cancel.setVisible(isSearching);
    const bool isFollowing =
        m_table.tail().isFollowing() && m_table.verticalScrollBar()->maximum() > 0;
    setVisible(m_older.hasHistory() &&
               (state.isFiltered || state.rows > 0 || isSearching || !isFollowing));
}

} // namespace sallyport
