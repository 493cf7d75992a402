// SPDX-License-Identifier: MIT
#pragma once

#include "ui/log/exchangetablemodel.h"
#include "ui/log/followtail.h"

#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QTimer>

namespace sallyport {

/// Paints a row; the ground of one that still runs breathes.
class LiveRowDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    /// 0 to 1.
    void setBreath(double breath) { m_breath = breath; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    double m_breath = 0;
};

/// The table of exchanges: follows its tail, keeps the selection by id over a change of filter,
/// and ticks only while something runs and somebody can see it.
class LogTable : public QTableView {
    Q_OBJECT
public:
    explicit LogTable(ExchangeTableModel& model, QWidget* parent = nullptr);

    [[nodiscard]] FollowTail& tail() { return *m_tail; }
    [[nodiscard]] bool isTicking() const { return m_ticker.isActive(); }
    /// The id of the current row; 0 for none.
    [[nodiscard]] quint64 currentId() const;
    /// The selected rows as lines of tab-separated text.
    [[nodiscard]] QString selectedText() const;
    /// Order, widths and visibility of the columns.
    [[nodiscard]] QByteArray layoutState() const;
    /// False when the state is not one of ours; nothing changes then.
    bool restoreLayoutState(const QByteArray& state);
    /// Fills a menu with a switch per column.
    void fillColumnMenu(QMenu& menu);

signals:
    /// Another row was chosen; focus alone makes a row current but chooses none.
    void currentIdChanged(quint64 id);
    /// The selected rows are to be copied.
    void copyWanted();

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void selectionChanged(const QItemSelection& selected,
                          const QItemSelection& deselected) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void setUpColumns();
    void followLook();
    void updatePill();
    void updateTicker();
    void tick();
    void tellCurrent();
    void rememberSelection();
    void restoreSelection();

    ExchangeTableModel& m_model;
    LiveRowDelegate m_delegate;
    FollowTail* m_tail = nullptr; ///< a child; made once the view has its model
    QPushButton m_pill;
    QTimer m_ticker;
    int m_breathStep = 0;
    quint64 m_toldCurrent = 0;
    quint64 m_keptCurrent = 0;
    std::vector<quint64> m_keptSelection;
    bool m_isResetting = false;
};

} // namespace sallyport
