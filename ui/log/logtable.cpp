// SPDX-License-Identifier: MIT
#include "ui/log/logtable.h"

#include "ui/log/columnfit.h"
#include "ui/log/rowtext.h"
#include "ui/tones.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QStyle>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace sallyport {

namespace {

constexpr std::chrono::milliseconds kTick{100};
constexpr int kPulseSteps = 26; ///< of kTick: one pulse in 2.6 s
/// Raised when a saved order of columns, or their widths, no longer fits them.
constexpr int kLayoutVersion = 3;
/// The least that the address is shown with, in widths of a letter.
constexpr int kAddressLetters = 22;
/// How soon each column gives way where there is no room; the state and the address stay.
constexpr std::array<int, ExchangeTableModel::kColumns> kColumnRanks{8, 3, 0,  2, 0,  6,  9, 5,
                                                                     1, 7, 10, 4, 11, 13, 12};

} // namespace

LogTable::LogTable(ExchangeTableModel& model, QWidget* parent)
    : QTableView(parent)
    , m_model(model)
    , m_delegate(this)
    , m_pill(this) {
    horizontalHeader()->hide(); // until it is shown: measuring it loads a bold font
    // Not in the initialiser list: setModel() calls virtual functions of this class.
    setModel(&model);
    m_tail = new FollowTail(*this, this);
    setObjectName(QStringLiteral("logTable"));
    setAccessibleName(tr("Requests"));
    setItemDelegate(&m_delegate);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setAlternatingRowColors(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setTextElideMode(Qt::ElideRight);
    setFrameShape(NoFrame);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setupColumns();
    updateAppearance();
    setupPill();
    connect(m_tail, &FollowTail::changed, this, &LogTable::updatePill);
    // Only what the user does, not what a change of the rows does.
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        if (verticalScrollBar()->sliderPosition() == verticalScrollBar()->minimum())
            emit topReached();
    });
    connect(&m_pulseTimer, &QTimer::timeout, this, &LogTable::tick);
    connect(&model, &ExchangeTableModel::countsChanged, this, &LogTable::updatePulseTimer);
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, &LogTable::saveSelection);
    connect(&model, &QAbstractItemModel::modelReset, this, &LogTable::restoreSelection);
}

void LogTable::setupPill() {
    m_pill.setObjectName(QStringLiteral("newRowsPill"));
    m_pill.setAccessibleName(tr("New requests below"));
    m_pill.setFocusPolicy(Qt::NoFocus);
    m_pill.setStyleSheet(
        QStringLiteral("QPushButton { border: none; border-radius: 11px; padding: 4px 14px;"
                       " background: palette(highlight); color: palette(highlighted-text); }"));
    m_pill.setCursor(Qt::PointingHandCursor);
    m_pill.hide();
    connect(&m_pill, &QPushButton::clicked, m_tail, &FollowTail::follow);
}

void LogTable::setupColumns() {
    QHeaderView* header = horizontalHeader();
    header->setObjectName(QStringLiteral("logHeader"));
    header->setSectionsMovable(true);
    header->setHighlightSections(false);
    header->setMinimumSectionSize(36);
    connect(header, &QHeaderView::sectionResized, this, &LogTable::noteWidth);
    const QFontMetrics metrics(font());
    const auto fit = [&](int column, const QString& sample) {
        const int title = metrics.horizontalAdvance(
            m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        const int width = std::max(metrics.horizontalAdvance(sample), title) + 20;
        // One that has given way already tells no change of its width.
        m_widths[static_cast<std::size_t>(column)] = width;
        header->resizeSection(column, width);
    };
    fit(ExchangeTableModel::Number, QStringLiteral("00000"));
    fit(ExchangeTableModel::Time, QStringLiteral("00-00 00:00"));
    fit(ExchangeTableModel::State, widestStateText(metrics));
    fit(ExchangeTableModel::Method, QStringLiteral("CONNECT"));
    fit(ExchangeTableModel::Model, QStringLiteral("sonnet-4-5-2025"));
    fit(ExchangeTableModel::Route, QStringLiteral("connectivity"));
    fit(ExchangeTableModel::TokensIn, QStringLiteral("100 000"));
    fit(ExchangeTableModel::TokensOut, QStringLiteral("10 000"));
    fit(ExchangeTableModel::Cache, QStringLiteral("100 000 +10 000"));
    fit(ExchangeTableModel::Error, QStringLiteral("overloaded_error: try again"));
    fit(ExchangeTableModel::Waterfall, QStringLiteral("overloaded_error"));
    fit(ExchangeTableModel::FirstByte, QStringLiteral("0.84 s"));
    fit(ExchangeTableModel::Duration, QStringLiteral("2 min 05 s"));
    fit(ExchangeTableModel::Size, QStringLiteral("100.0 KiB"));
    header->setSectionResizeMode(ExchangeTableModel::Address, QHeaderView::Stretch);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, [this, header](QPoint at) {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillColumnMenu(*menu);
        menu->popup(header->mapToGlobal(at));
    });
}

void LogTable::fillColumnMenu(QMenu& menu) {
    for (int column = 0; column < ExchangeTableModel::kColumns; ++column) {
        const QString name = m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        QAction* action = menu.addAction(name);
        action->setObjectName(QStringLiteral("column%1").arg(column));
        action->setCheckable(true);
        action->setChecked(!m_isUnwanted[static_cast<std::size_t>(column)]);
        action->setEnabled(column != ExchangeTableModel::State);
        connect(action, &QAction::toggled, this, [this, column](bool on) {
            m_isUnwanted[static_cast<std::size_t>(column)] = !on;
            updateColumns();
        });
    }
}

void LogTable::fillRowMenu(QMenu& menu, const ExchangeRecord& record) {
    if (record.session.isEmpty() || record.upstream.isEmpty()) return;
    const auto add = [&](const QString& text, const QString& target) {
        connect(menu.addAction(text), &QAction::triggered, this,
                [this, upstream = record.upstream, session = QString::fromUtf8(record.session),
                 target] { emit pinRequested(upstream, session, target); });
    };
    if (!record.target.isEmpty())
        add(tr("Keep this session at %1").arg(record.target), record.target);
    add(tr("Let this session go to any target"), {});
}

void LogTable::contextMenuEvent(QContextMenuEvent* event) {
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex at = isByKey ? currentIndex() : indexAt(event->pos());
    const ExchangeRecord* record = m_model.recordAt(at.row());
    if (!record) return;
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("rowMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillRowMenu(*menu, *record);
    emit rowMenuRequested(menu);
    if (menu->isEmpty())
        delete menu;
    else
        menu->popup(isByKey ? viewport()->mapToGlobal(visualRect(anchorOf(at.row())).bottomLeft())
                            : event->globalPos());
}

void LogTable::updateAppearance() {
    m_model.setAppearance(palette(), figureFont(font()));
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    QFont small(font());
    small.setBold(true);
    m_pill.setFont(small);
}

void LogTable::changeEvent(QEvent* event) {
    QTableView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::StyleChange)
        updateAppearance();
}

quint64 LogTable::currentId() const {
    return currentIndex().data(ExchangeTableModel::IdRole).toULongLong();
}

void LogTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTableView::currentChanged(current, previous);
    emitCurrentId();
}

void LogTable::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) {
    QTableView::selectionChanged(selected, deselected);
    emitCurrentId();
}

void LogTable::emitCurrentId() {
    if (m_isResetting || !selectionModel()->isRowSelected(currentIndex().row())) return;
    if (currentId() == m_emittedCurrent) return;
    m_emittedCurrent = currentId();
    emit currentIdChanged(m_emittedCurrent);
}

void LogTable::saveSelection() {
    m_isResetting = true;
    m_savedCurrent = currentId();
    m_savedSelection.clear();
    const auto rows = selectionModel()->selectedRows();
    for (const QModelIndex& row : rows)
        m_savedSelection.push_back(row.data(ExchangeTableModel::IdRole).toULongLong());
}

void LogTable::restoreSelection() {
    QItemSelection selection;
    for (const quint64 id : m_savedSelection) {
        const int row = m_model.rowOf(id);
        if (row < 0) continue;
        selection.select(m_model.index(row, 0),
                         m_model.index(row, ExchangeTableModel::kColumns - 1));
    }
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    const int current = m_savedCurrent == 0 ? -1 : m_model.rowOf(m_savedCurrent);
    if (current >= 0)
        selectionModel()->setCurrentIndex(anchorOf(current), QItemSelectionModel::NoUpdate);
    m_isResetting = false;
    if (current >= 0 && !m_tail->isFollowing()) scrollTo(anchorOf(current));
    updatePulseTimer();
}

QString LogTable::selectedText() const {
    QStringList lines;
    auto rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    const QHeaderView* header = horizontalHeader();
    for (const QModelIndex& row : rows) {
        QStringList cells;
        for (int place = 0; place < ExchangeTableModel::kColumns; ++place) {
            const int column = header->logicalIndex(place);
            if (!m_isUnwanted[static_cast<std::size_t>(column)])
                cells += row.siblingAtColumn(column).data(Qt::DisplayRole).toString();
        }
        lines += cells.join(u'\t');
    }
    return lines.join(u'\n');
}

QByteArray LogTable::layoutState() const {
    // A header of its own, so that columns which gave way for now are not remembered as hidden.
    QHeaderView copy(Qt::Horizontal);
    copy.setModel(&m_model);
    copy.restoreState(horizontalHeader()->saveState());
    for (int column = 0; column < ExchangeTableModel::kColumns; ++column)
        copy.setSectionHidden(column, m_isUnwanted[static_cast<std::size_t>(column)]);
    return QByteArray::number(kLayoutVersion) + ':' + copy.saveState();
}

void LogTable::noteWidth(int column, int, int width) {
    // A hidden section is 0 wide; shown again it has the width that it had before. The address
    // takes what is left, and is resized while the header lays its sections out.
    if (m_isFitting || width == 0 || column == ExchangeTableModel::Address) return;
    m_widths[static_cast<std::size_t>(column)] = width;
    updateColumns();
}

void LogTable::updateColumns() {
    if (m_isFitting) return;
    m_isFitting = true;
    std::vector<ColumnDemand> demands;
    for (int column = 0; column < ExchangeTableModel::kColumns; ++column) {
        const auto at = static_cast<std::size_t>(column);
        const bool isAddress = column == ExchangeTableModel::Address;
        const int width =
            isAddress ? fontMetrics().averageCharWidth() * kAddressLetters : m_widths[at];
        demands.push_back({m_isUnwanted[at] ? 0 : width, kColumnRanks[at]});
    }
    const std::vector<bool> isShown = columnsThatFit(demands, viewport()->width());
    for (int column = 0; column < ExchangeTableModel::kColumns; ++column) {
        const auto at = static_cast<std::size_t>(column);
        const bool isHidden = m_isUnwanted[at] || !isShown[at];
        if (isColumnHidden(column) != isHidden) setColumnHidden(column, isHidden);
    }
    m_isFitting = false;
}

bool LogTable::restoreLayoutState(const QByteArray& state) {
    const QByteArray prefix = QByteArray::number(kLayoutVersion) + ':';
    if (!state.startsWith(prefix) || !horizontalHeader()->restoreState(state.sliced(prefix.size())))
        return false;
    for (int column = 0; column < ExchangeTableModel::kColumns; ++column)
        m_isUnwanted[static_cast<std::size_t>(column)] = isColumnHidden(column);
    for (int column = 0; column < ExchangeTableModel::kColumns; ++column)
        if (!isColumnHidden(column))
            m_widths[static_cast<std::size_t>(column)] = columnWidth(column);
    updateColumns();
    return true;
}

void LogTable::updatePill() {
    const int unseen = m_tail->unseen();
    m_pill.setVisible(unseen > 0);
    if (unseen <= 0) return;
    m_pill.setText(tr("↓ %n new · End", nullptr, unseen));
    m_pill.adjustSize();
    const QRect area = viewport()->geometry();
    m_pill.move(area.center().x() - m_pill.width() / 2, area.bottom() - m_pill.height() - 10);
    m_pill.raise();
}

bool LogTable::isAtTop() const {
    return verticalScrollBar()->value() == verticalScrollBar()->minimum();
}

void LogTable::wheelEvent(QWheelEvent* event) {
    QTableView::wheelEvent(event);
    if (isAtTop() && event->angleDelta().y() > 0) emit topReached();
}

void LogTable::keyPressEvent(QKeyEvent* event) {
    const bool isUpward = event->key() == Qt::Key_PageUp || event->key() == Qt::Key_Up;
    if (isUpward && currentIndex().row() == 0 && isAtTop()) emit topReached();
    const bool isPlain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (event->key() == Qt::Key_End && isPlain)
        m_tail->follow();
    else if (event->key() == Qt::Key_Home && isPlain)
        chooseRow(0);
    else if (event->key() == Qt::Key_Down && isPlain && !hasSelection())
        // On focus the view makes the first row current; its Down would select the second.
        chooseRow(std::max(0, rowAt(0)));
    else if (event->key() == Qt::Key_Up && isPlain && !hasSelection())
        chooseRow(m_model.rowCount() - 1);
    else if (event->matches(QKeySequence::Copy))
        emit copyRequested();
    else
        QTableView::keyPressEvent(event);
}

/// Of the column that is never hidden: a view scrolls to no index of a hidden one.
QModelIndex LogTable::anchorOf(int row) const {
    return m_model.index(row, ExchangeTableModel::State);
}

void LogTable::chooseRow(int row) {
    if (row < 0 || row >= m_model.rowCount()) return;
    selectionModel()->setCurrentIndex(anchorOf(row), QItemSelectionModel::ClearAndSelect |
                                                         QItemSelectionModel::Rows);
    scrollTo(anchorOf(row));
}

void LogTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    updateColumns();
    updatePill();
}

void LogTable::showEvent(QShowEvent* event) {
    horizontalHeader()->show();
    QTableView::showEvent(event);
    updatePulseTimer();
}

void LogTable::hideEvent(QHideEvent* event) {
    QTableView::hideEvent(event);
    updatePulseTimer();
}

void LogTable::updatePulseTimer() {
    const bool isNeeded =
        isVisible() && !m_model.isPaused() && m_model.ring().count(StatusGroup::Live) > 0;
    if (isNeeded == m_pulseTimer.isActive()) return;
    isNeeded ? m_pulseTimer.start(kTick) : m_pulseTimer.stop();
}

int LogTable::lastInSight() const {
    const int last = rowAt(viewport()->height() - 1);
    return last < 0 ? m_model.rowCount() - 1 : last;
}

void LogTable::paintEvent(QPaintEvent* event) {
    constexpr int kBars = ExchangeTableModel::Waterfall;
    const auto span = [this] { return LiveRowDelegate::spanOf(m_model, rowAt(0), lastInSight()); };
    const QRegion bars(columnViewportPosition(kBars), 0, columnWidth(kBars), viewport()->height());
    // Bars outside of what is painted now have the new scale as well.
    if (!bars.isEmpty() && m_delegate.setSpan(span())) viewport()->update(bars - event->region());
    QTableView::paintEvent(event);
}

void LogTable::tick() {
    if (window()->isMinimized()) return;
    const bool isStill =
        style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) == 0;
    m_pulseStep = isStill ? 0 : (m_pulseStep + 1) % kPulseSteps;
    const double turn = 2 * 3.14159265358979 * m_pulseStep / kPulseSteps;
    m_delegate.setPulse((1 - std::cos(turn)) / 2);
    m_model.refreshRunning(rowAt(0), lastInSight());
}

} // namespace sallyport
