// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/engine.h"
#include "ui/filter/filterline.h"
#include "ui/filter/filtermenu.h"
#include "ui/log/rowring.h"
#include "ui/tones.h"

#include <QLabel>
#include <QToolButton>
#include <QWidget>

#include <array>

class QHBoxLayout;
class QMenu;
class QSettings;

namespace sallyport {

/// The bar above the table: recording state, pause, filter, counts, clear, menus.
class LogBar : public QWidget {
    Q_OBJECT
public:
    /// The menus are opened by the last buttons and outlive this.
    /// Filters that have a name are kept in `settings`, which outlive this too.
    LogBar(QMenu& viewMenu, QMenu& mainMenu, QSettings& settings, QWidget* parent = nullptr);

    [[nodiscard]] FilterLine& filter() { return m_filter; }
    [[nodiscard]] QToolButton& pauseButton() { return m_pause; }
    /// Narrower than its parts: a count that grows never widens the window.
    [[nodiscard]] QSize minimumSizeHint() const override;
    void openMainMenu();
    /// After the others; outlives this.
    void addChip(QWidget& chip);
    void setStatus(const EngineStatus& status, bool isPaused);
    void setCounts(const RowRing& ring);

signals:
    void pauseToggled(bool on);
    void clearRequested();

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Chip {
        QToolButton button;
        StatusGroup group = StatusGroup::Success;
        Tone tone = Tone::Plain;
        bool isEmpty = true;
        QString word;
        QString query;
    };
    void setupMenus(QMenu& viewMenu, QMenu& mainMenu);
    void updatePauseButton();
    void setupChips();
    void setupChip(Chip& chip, const char* name);
    void paintTone(QWidget& widget, Tone tone);
    void repaintTones();
    void updateChips();

    QHBoxLayout* m_row;
    QLabel m_state;
    Tone m_stateTone = Tone::Quiet;
    QToolButton m_pause;
    FilterLine m_filter;
    FilterMenu m_filterMenu;
    QToolButton m_filters;
    std::array<Chip, 5> m_chips;
    QToolButton m_clear;
    QToolButton m_view;
    QToolButton m_main;
};

} // namespace sallyport
