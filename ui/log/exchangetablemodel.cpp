// SPDX-License-Identifier: MIT
#include "ui/log/exchangetablemodel.h"

#include "core/history/filtermatcher.h"
#include "ui/log/healthcheckrequest.h"
#include "ui/log/rowtext.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sallyport {

namespace {

bool isFigure(int column) {
    switch (column) {
    case ExchangeTableModel::Number:
    case ExchangeTableModel::TokensIn:
    case ExchangeTableModel::TokensOut:
    case ExchangeTableModel::Cache:
    case ExchangeTableModel::FirstByte:
    case ExchangeTableModel::Duration:
    case ExchangeTableModel::Size: return true;
    default: return false;
    }
}

/// While paused at most this many requests are kept; the oldest of them go first.
constexpr std::size_t kMaxWaiting = 100000;

} // namespace

QString numberText(quint64 id) {
    return isHistoryId(id) ? QString(u'H' + QString::number(id & ~kHistoryBit))
                           : QString::number(id);
}

ExchangeTableModel::ExchangeTableModel(const Clock& clock, std::size_t capacity, QObject* parent)
    : QAbstractTableModel(parent)
    , m_clock(clock)
    , m_ring(capacity) {}

int ExchangeTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : olderRows() + static_cast<int>(m_visible.size());
}

int ExchangeTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumns;
}

const ExchangeRecord* ExchangeTableModel::recordAt(int row) const {
    if (row < 0 || row >= rowCount()) return nullptr;
    if (row < olderRows()) return &m_older[static_cast<std::size_t>(row)];
    return m_ring.find(m_visible[static_cast<std::size_t>(row - olderRows())]);
}

const ExchangeRecord* ExchangeTableModel::find(quint64 id) const {
    return isHistoryId(id) ? recordAt(olderRowOf(id)) : m_ring.find(id);
}

int ExchangeTableModel::olderRowOf(quint64 id) const {
    const auto place = std::lower_bound(
        m_older.begin(), m_older.end(), id,
        [](const ExchangeRecord& record, quint64 wanted) { return record.id < wanted; });
    const bool isThere = place != m_older.end() && place->id == id;
    return isThere ? static_cast<int>(place - m_older.begin()) : -1;
}

std::ptrdiff_t ExchangeTableModel::positionOf(quint64 id) const {
    return std::lower_bound(m_visible.begin(), m_visible.end(), id) - m_visible.begin();
}

int ExchangeTableModel::rowOf(quint64 id) const {
    if (isHistoryId(id)) return olderRowOf(id);
    const auto place = positionOf(id);
    const auto at = static_cast<std::size_t>(place);
    const bool isThere = at < m_visible.size() && m_visible[at] == id;
    return isThere ? olderRows() + static_cast<int>(place) : -1;
}

QVariant ExchangeTableModel::data(const QModelIndex& index, int role) const {
    // A view asks for these of each cell that it paints: no record is looked up for them.
    if (role == Qt::FontRole) return isFigure(index.column()) ? QVariant(m_figures) : QVariant();
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter) |
                                   (isFigure(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    const ExchangeRecord* record = recordAt(index.row());
    if (!record) return {};
    switch (role) {
    case Qt::DisplayRole: return display(*record, index.column());
    case Qt::ForegroundRole: return foreground(*record, index.column());
    case Qt::ToolTipRole: return toolTip(*record, index.column());
    case Qt::AccessibleTextRole:
        if (index.column() == Number) return sentence(*record);
        if (index.column() == Waterfall) return phasesText(*record, shownNow());
        return display(*record, index.column());
    case IdRole: return QVariant::fromValue(record->id);
    case LiveRole: return record->end == ExchangeEnd::Running;
    default: return {};
    }
}

QVariant ExchangeTableModel::display(const ExchangeRecord& r, int column) const {
    switch (column) {
    case Number: return r.resentFrom.isEmpty() ? numberText(r.id) : u'↻' + numberText(r.id);
    case Time: return dayTimeText(r.startedAt, m_clock.wallNow());
    case State: return stateText(r);
    case Method: return QString::fromUtf8(r.method);
    case Address: return addressText(r);
    case Model: return shortModelText(r);
    case Route: return r.route;
    case TokensIn: return countText(r.usage.input);
    case TokensOut: return countText(r.usage.output);
    case Cache: return cacheText(r.usage);
    case FirstByte:
        return r.times.firstByte ? durationText(*r.times.firstByte) : QStringLiteral("–");
    case Duration: return durationText(elapsedMicros(r, shownNow()));
    case Size: return sizeText(r.responseBytes);
    case Error: return r.error.section(u'\n', 0, 0);
    default: return {};
    }
}

QString ExchangeTableModel::stateText(const ExchangeRecord& r) const {
    if (r.end != ExchangeEnd::Running) return rowState(r).text(r.status);
    const WallTime now = shownNow();
    return rowStateAt(r, now, m_running.activity(r, now)).text(r.status);
}

QString ExchangeTableModel::sentence(const ExchangeRecord& r) const {
    return numberText(r.id) + QLatin1String(": ") + QString::fromUtf8(r.method) + u' ' +
           addressText(r) + QLatin1String(", ") + stateText(r) + QLatin1String(", ") +
           display(r, Duration).toString();
}

QVariant ExchangeTableModel::foreground(const ExchangeRecord& r, int column) const {
    const bool isLive = r.end == ExchangeEnd::Running;
    switch (column) {
    case State: return toneColor(rowState(r).tone, m_palette);
    case Error: return toneColor(Tone::Bad, m_palette);
    case Time: return isHistoryId(r.id) ? QVariant(toneColor(Tone::Quiet, m_palette)) : QVariant();
    case Number:
    case Route: return toneColor(Tone::Quiet, m_palette);
    case TokensOut:
    case Duration: return isLive ? QVariant(toneColor(Tone::Live, m_palette)) : QVariant();
    default: return {};
    }
}

QString ExchangeTableModel::toolTip(const ExchangeRecord& r, int column) const {
    if (column == State && r.end == ExchangeEnd::Running) return stateText(r);
    if (column == State || column == Error) return r.error;
    if (column == Waterfall) return phasesText(r, shownNow());
    if (column == Cache) return tr("Tokens read from the prompt cache, + written to it");
    if (column == Time) return momentText(r.startedAt);
    if (column == Number && !r.resentFrom.isEmpty())
        return tr("Re-sent from %1").arg(QString::fromLatin1(r.resentFrom));
    if (column == Number && isHistoryId(r.id)) return tr("Number in the history");
    if (column == Address) return urlText(r);
    if (column == Model) return modelText(r);
    if (column == Route && !r.upstream.isEmpty())
        return r.target.isEmpty() ? r.upstream
                                  : QString(r.upstream + QStringLiteral(" · ") + r.target);
    return {};
}

QVariant ExchangeTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= kColumns) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter) |
                                   (isFigure(section) ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole) return {};
    const std::array<QString, kColumns> names{
        tr("#"),        tr("Time"),     tr("State"), tr("Method"), tr("Address"),
        tr("Model"),    tr("Route"),    tr("In"),    tr("Out"),    tr("Cache"),
        tr("1st byte"), tr("Duration"), tr("Size"),  tr("Error"),  tr("Waterfall")};
    return names[static_cast<std::size_t>(section)];
}

void ExchangeTableModel::addRecords(const QVector<ExchangeRecord>& records) {
    if (m_isPaused) {
        for (const ExchangeRecord& record : records)
            m_waiting.insert_or_assign(record.id, record);
        while (m_waiting.size() > kMaxWaiting)
            m_waiting.erase(m_waiting.begin());
        emit countsChanged();
        return;
    }
    for (const ExchangeRecord& record : records)
        addRecord(record);
    appendRows();
    emitChangedRows();
    evict();
    emit countsChanged();
}

void ExchangeTableModel::addRecord(const ExchangeRecord& record) {
    m_running.note(record, m_ring.find(record.id), m_clock.wallNow());
    const auto outcome = m_ring.put(record);
    if (outcome.change == RowRing::Change::Ignored) return;
    const bool isMatching = isWanted(record);
    const quint64 last = !m_appending.empty() ? m_appending.back()
                         : m_visible.empty()  ? 0
                                              : m_visible.back();
    if (record.id > last) {
        if (isMatching) m_appending.push_back(record.id);
        return;
    }
    if (!m_appending.empty() && record.id >= m_appending.front()) appendRows();
    updateRow(record.id, isMatching);
}

bool ExchangeTableModel::isWanted(const ExchangeRecord& record) const {
    if (m_hidesHealthChecks && isHealthCheck(record)) return false;
    return m_query.isEmpty() || filter::matches(m_query, record);
}

void ExchangeTableModel::setHidesHealthChecks(bool on) {
    if (on == m_hidesHealthChecks) return;
    beginResetModel();
    m_hidesHealthChecks = on;
    rebuildIndex();
    endResetModel();
    emit countsChanged();
}

std::size_t ExchangeTableModel::hiddenHealthChecks() const {
    return m_hidesHealthChecks ? m_ring.healthChecks() : 0;
}

void ExchangeTableModel::appendRows() {
    if (m_appending.empty()) return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(m_appending.size()) - 1);
    m_visible.insert(m_visible.end(), m_appending.begin(), m_appending.end());
    m_appending.clear();
    endInsertRows();
}

void ExchangeTableModel::updateRow(quint64 id, bool isMatching) {
    const int row = rowOf(id);
    if (row >= 0 && isMatching) {
        m_changedRows.push_back(row);
        return;
    }
    if (row < 0 && !isMatching) return;
    emitChangedRows();
    const auto place = positionOf(id);
    const int at = olderRows() + static_cast<int>(place);
    if (isMatching) {
        beginInsertRows({}, at, at);
        m_visible.insert(m_visible.begin() + place, id);
        endInsertRows();
    } else {
        beginRemoveRows({}, at, at);
        m_visible.erase(m_visible.begin() + place);
        endRemoveRows();
    }
}

/// Rows beside each other at once; what lies between others is not painted again.
void ExchangeTableModel::emitChangedRows() {
    std::vector<int> rows = std::exchange(m_changedRows, {});
    std::sort(rows.begin(), rows.end());
    for (auto first = rows.begin(); first != rows.end();) {
        auto last = first;
        while (last + 1 != rows.end() && *(last + 1) <= *last + 1)
            ++last;
        emit dataChanged(index(*first, 0), index(*last, kColumns - 1), {Qt::DisplayRole});
        first = last + 1;
    }
}

void ExchangeTableModel::evict() {
    const std::size_t surplus = m_ring.surplus();
    if (surplus == 0) return;
    // What goes now would be missing between the live rows and those of the history.
    clearOlder();
    const quint64 lastGone = m_ring.at(surplus - 1).id;
    const auto gone = std::upper_bound(m_visible.begin(), m_visible.end(), lastGone);
    const int rows = static_cast<int>(gone - m_visible.begin());
    if (rows > 0) beginRemoveRows({}, 0, rows - 1);
    m_visible.erase(m_visible.begin(), gone);
    m_ring.dropFront(surplus);
    if (rows > 0) endRemoveRows();
}

void ExchangeTableModel::rebuildIndex() {
    m_visible.clear();
    for (std::size_t i = 0; i < m_ring.size(); ++i) {
        const ExchangeRecord& record = m_ring.at(i);
        if (isWanted(record)) m_visible.push_back(record.id);
    }
}

void ExchangeTableModel::setQuery(filter::Query query) {
    beginResetModel();
    m_query = std::move(query);
    m_older.clear();
    rebuildIndex();
    endResetModel();
    emit olderCleared();
    emit countsChanged();
}

void ExchangeTableModel::prependOlder(const QVector<ExchangeRecord>& newestFirst) {
    std::vector<ExchangeRecord> wanted;
    for (const ExchangeRecord& record : newestFirst) {
        const ExchangeRecord* live = m_ring.findLike(record);
        if (live && rowOf(live->id) >= 0) continue;
        wanted.push_back(record);
        wanted.back().id |= kHistoryBit;
    }
    if (wanted.empty()) return;
    beginInsertRows({}, 0, static_cast<int>(wanted.size()) - 1);
    m_older.insert(m_older.begin(), wanted.rbegin(), wanted.rend());
    endInsertRows();
    emit countsChanged();
}

void ExchangeTableModel::clearOlder() {
    if (!m_older.empty()) {
        beginRemoveRows({}, 0, olderRows() - 1);
        m_older.clear();
        endRemoveRows();
        emit countsChanged();
    }
    emit olderCleared();
}

void ExchangeTableModel::setPaused(bool isPaused) {
    if (m_isPaused == isPaused) return;
    m_isPaused = isPaused;
    m_pausedAt = m_clock.wallNow();
    if (isPaused) {
        emit countsChanged();
        return;
    }
    QVector<ExchangeRecord> records;
    for (auto& [id, record] : std::exchange(m_waiting, {}))
        records += std::move(record);
    addRecords(records);
}

void ExchangeTableModel::clearEnded() {
    beginResetModel();
    m_waiting.clear();
    m_ring.dropEnded();
    rebuildIndex();
    endResetModel();
    emit countsChanged();
}

void ExchangeTableModel::setAppearance(const QPalette& palette, const QFont& figures) {
    m_palette = palette;
    m_figures = figures;
    if (rowCount() > 0) emit dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
}

void ExchangeTableModel::refreshRunning(int first, int last) {
    if (m_isPaused) return;
    for (int row = std::max(0, first); row <= std::min(last, rowCount() - 1); ++row) {
        const ExchangeRecord* record = recordAt(row);
        if (record && record->end == ExchangeEnd::Running)
            emit dataChanged(index(row, 0), index(row, kColumns - 1), {Qt::DisplayRole});
    }
}

} // namespace sallyport
