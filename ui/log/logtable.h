// SPDX-License-Identifier: MIT
#pragma once

#include "ui/log/exchangetablemodel.h"
#include "ui/log/followtail.h"
#include "ui/log/liverowdelegate.h"

#include <QPushButton>
#include <QTableView>
#include <QTimer>

#include <array>

namespace sallyport {

/// The table of exchanges: follows its tail, keeps the selection by id over a change of filter,
/// and repaints by a timer only while something runs and the table is visible.
class LogTable : public QTableView {
    Q_OBJECT
public:
    explicit LogTable(ExchangeTableModel& model, QWidget* parent = nullptr);

    [[nodiscard]] FollowTail& tail() { return *m_tail; }
    [[nodiscard]] bool isPulsing() const { return m_pulseTimer.isActive(); }
    /// The id of the current row; 0 for none.
    [[nodiscard]] quint64 currentId() const;
    /// Selects the row of a request, if it is shown.
    void selectId(quint64 id) { chooseRow(m_model.rowOf(id)); }
    /// The selected rows as lines of tab-separated text.
    [[nodiscard]] QString selectedText() const;
    /// Order, widths and visibility of the columns.
    [[nodiscard]] QByteArray layoutState() const;
    /// False when the state is not one of ours; nothing changes then.
    bool restoreLayoutState(const QByteArray& state);
    /// Fills a menu with a switch per column. Columns for which there is no room give way by
    /// themselves, so that the table never scrolls sideways; that is not remembered.
    void fillColumnMenu(QMenu& menu);
    /// Fills a menu with what can be done about one exchange; nothing where it has no session.
    void fillRowMenu(QMenu& menu, const ExchangeRecord& record);

signals:
    /// That session is to stay at that target; empty: at none.
    void pinRequested(const QString& upstream, const QString& session, const QString& target);
    /// Another row was selected; focus alone makes a row current without selecting it.
    void currentIdChanged(quint64 id);
    /// The menu of the current row is about to be shown; it may be added to. Not kept.
    void rowMenuRequested(QMenu* menu);
    /// Copy was pressed.
    void copyRequested();
    /// The user asked for what is above the first row.
    void topReached();

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void selectionChanged(const QItemSelection& selected,
                          const QItemSelection& deselected) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void setupPill();
    void setupColumns();
    void updateColumns();
    void noteWidth(int column, int before, int width);
    void updateAppearance();
    void updatePill();
    void updatePulseTimer();
    void tick();
    void emitCurrentId();
    void chooseRow(int row);
    [[nodiscard]] QModelIndex anchorOf(int row) const;
    [[nodiscard]] bool isAtTop() const;
    [[nodiscard]] int lastInSight() const;
    [[nodiscard]] bool hasSelection() const { return selectionModel()->hasSelection(); }
    void saveSelection();
    void restoreSelection();

    ExchangeTableModel& m_model;
    LiveRowDelegate m_delegate;
    FollowTail* m_tail = nullptr; ///< a child; made once the view has its model
    QPushButton m_pill;
    QTimer m_pulseTimer;
    int m_pulseStep = 0;
    quint64 m_emittedCurrent = 0;
    quint64 m_savedCurrent = 0;
    std::vector<quint64> m_savedSelection;
    std::array<bool, ExchangeTableModel::kColumns> m_isUnwanted{}; ///< columns hidden by hand
    std::array<int, ExchangeTableModel::kColumns> m_widths{};      ///< of each while it is shown
    bool m_isFitting = false;
    bool m_isResetting = false;
};

} // namespace sallyport
