// SPDX-License-Identifier: MIT
#include "ui/log/logtable.h"

#include "ui/tones.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>

#include <algorithm>
#include <cmath>

namespace sallyport {

namespace {

using namespace std::chrono_literals;
constexpr auto kTick = 100ms;
constexpr int kBreathSteps = 26; ///< of kTick: one breath in 2.6 s
/// Raised when a saved order of columns no longer fits the columns.
constexpr int kLayoutVersion = 1;

} // namespace

void LiveRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    if (!isSelected && index.data(ExchangeTableModel::LiveRole).toBool()) {
        QColor ground = toneColor(Tone::Live, option.palette);
        ground.setAlphaF(static_cast<float>(0.05 + 0.07 * m_breath));
        painter->fillRect(option.rect, ground);
    }
    QStyleOptionViewItem plain(option);
    if (isSelected) {
        // A tone may not be readable on the highlight; there the row's glyph and word say it.
        plain.palette.setColor(QPalette::Text, option.palette.color(QPalette::HighlightedText));
    }
    plain.state &= ~QStyle::State_HasFocus;
    QStyledItemDelegate::paint(painter, plain, index);
}

LogTable::LogTable(ExchangeTableModel& model, QWidget* parent)
    : QTableView(parent)
    , m_model(model)
    , m_delegate(this)
    , m_pill(this) {
    // Here and not above: a view that gets a model calls what is overridden in this class.
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
    setUpColumns();
    followLook();

    m_pill.setObjectName(QStringLiteral("newRowsPill"));
    m_pill.setAccessibleName(tr("New requests below"));
    m_pill.setFocusPolicy(Qt::NoFocus);
    m_pill.setStyleSheet(
        QStringLiteral("QPushButton { border: none; border-radius: 11px; padding: 4px 14px;"
                       " background: palette(highlight); color: palette(highlighted-text); }"));
    m_pill.setCursor(Qt::PointingHandCursor);
    m_pill.hide();
    connect(&m_pill, &QPushButton::clicked, m_tail, &FollowTail::follow);
    connect(m_tail, &FollowTail::changed, this, &LogTable::updatePill);

    connect(&m_ticker, &QTimer::timeout, this, &LogTable::tick);
    connect(&model, &ExchangeTableModel::countsChanged, this, &LogTable::updateTicker);
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, &LogTable::rememberSelection);
    connect(&model, &QAbstractItemModel::modelReset, this, &LogTable::restoreSelection);
}

void LogTable::setUpColumns() {
    QHeaderView* header = horizontalHeader();
    header->setObjectName(QStringLiteral("logHeader"));
    header->setSectionsMovable(true);
    header->setHighlightSections(false);
    header->setMinimumSectionSize(36);
    const QFontMetrics metrics(font());
    const auto fit = [&](int column, const QString& sample) {
        const int title = metrics.horizontalAdvance(
            m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        header->resizeSection(column, std::max(metrics.horizontalAdvance(sample), title) + 20);
    };
    fit(ExchangeTableModel::Number, QStringLiteral("00000"));
    fit(ExchangeTableModel::Time, QStringLiteral("00:00:00"));
    fit(ExchangeTableModel::State, QStringLiteral("✓ 429 not authorised"));
    fit(ExchangeTableModel::Method, QStringLiteral("CONNECT"));
    fit(ExchangeTableModel::Model, QStringLiteral("sonnet-4-5-2025"));
    fit(ExchangeTableModel::Route, QStringLiteral("connectivity"));
    fit(ExchangeTableModel::TokensIn, QStringLiteral("100 000"));
    fit(ExchangeTableModel::TokensOut, QStringLiteral("10 000"));
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
        action->setChecked(!isColumnHidden(column));
        // The state column stays: without it a row says nothing.
        action->setEnabled(column != ExchangeTableModel::State);
        connect(action, &QAction::toggled, this,
                [this, column](bool on) { setColumnHidden(column, !on); });
    }
}

void LogTable::followLook() {
    m_model.setLook(palette(), figureFont(font()));
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    QFont small(font());
    small.setBold(true);
    m_pill.setFont(small);
}

void LogTable::changeEvent(QEvent* event) {
    QTableView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::StyleChange)
        followLook();
}

quint64 LogTable::currentId() const {
    return currentIndex().data(ExchangeTableModel::IdRole).toULongLong();
}

void LogTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTableView::currentChanged(current, previous);
    tellCurrent();
}

void LogTable::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) {
    QTableView::selectionChanged(selected, deselected);
    tellCurrent();
}

void LogTable::tellCurrent() {
    if (m_isResetting || !selectionModel()->isRowSelected(currentIndex().row())) return;
    if (currentId() == m_toldCurrent) return;
    m_toldCurrent = currentId();
    emit currentIdChanged(m_toldCurrent);
}

void LogTable::rememberSelection() {
    m_isResetting = true;
    m_keptCurrent = currentId();
    m_keptSelection.clear();
    const auto rows = selectionModel()->selectedRows();
    for (const QModelIndex& row : rows)
        m_keptSelection.push_back(row.data(ExchangeTableModel::IdRole).toULongLong());
}

void LogTable::restoreSelection() {
    QItemSelection selection;
    for (const quint64 id : m_keptSelection) {
        const int row = m_model.rowOf(id);
        if (row < 0) continue;
        selection.select(m_model.index(row, 0),
                         m_model.index(row, ExchangeTableModel::kColumns - 1));
    }
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    const int current = m_keptCurrent == 0 ? -1 : m_model.rowOf(m_keptCurrent);
    if (current >= 0)
        selectionModel()->setCurrentIndex(m_model.index(current, 0), QItemSelectionModel::NoUpdate);
    m_isResetting = false;
    if (current >= 0 && !m_tail->isFollowing()) scrollTo(m_model.index(current, 0));
    updateTicker();
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
            if (!isColumnHidden(column))
                cells += row.siblingAtColumn(column).data(Qt::DisplayRole).toString();
        }
        lines += cells.join(u'\t');
    }
    return lines.join(u'\n');
}

QByteArray LogTable::layoutState() const {
    return QByteArray::number(kLayoutVersion) + ':' + horizontalHeader()->saveState();
}

bool LogTable::restoreLayoutState(const QByteArray& state) {
    const QByteArray prefix = QByteArray::number(kLayoutVersion) + ':';
    return state.startsWith(prefix) &&
           horizontalHeader()->restoreState(state.sliced(prefix.size()));
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

void LogTable::keyPressEvent(QKeyEvent* event) {
    const bool isPlain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (event->key() == Qt::Key_End && isPlain)
        m_tail->follow();
    else if (event->matches(QKeySequence::Copy))
        emit copyWanted();
    else
        QTableView::keyPressEvent(event);
}

void LogTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    updatePill();
}

void LogTable::showEvent(QShowEvent* event) {
    QTableView::showEvent(event);
    updateTicker();
}

void LogTable::hideEvent(QHideEvent* event) {
    QTableView::hideEvent(event);
    updateTicker();
}

void LogTable::updateTicker() {
    const bool isNeeded = isVisible() && m_model.ring().count(StatusGroup::Live) > 0;
    if (isNeeded == m_ticker.isActive()) return;
    if (isNeeded)
        m_ticker.start(kTick);
    else
        m_ticker.stop();
}

void LogTable::tick() {
    if (window()->isMinimized()) return;
    const bool isStill =
        style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) == 0;
    m_breathStep = isStill ? 0 : (m_breathStep + 1) % kBreathSteps;
    const double turn = 2 * 3.14159265358979 * m_breathStep / kBreathSteps;
    m_delegate.setBreath((1 - std::cos(turn)) / 2);
    const int first = rowAt(0);
    const int last = rowAt(viewport()->height() - 1);
    m_model.tick(first, last < 0 ? m_model.rowCount() - 1 : last);
}

} // namespace sallyport
