// SPDX-License-Identifier: MIT
#include "ui/log/windowlayout.h"

#include <QScreen>

namespace sallyport {

namespace {
/// From this window width on the detail is placed beside the table.
constexpr int kBesideFrom = 1400;
/// The most that a window manager's title bar takes, in pixels.
constexpr int kFrameHeight = 56;
/// The most that the detail takes of the width beside the table.
constexpr int kDetailPercent = 45;
const QString kGeometry = QStringLiteral("window/geometry");
const QString kColumns = QStringLiteral("window/columns");
const QString kSplit = QStringLiteral("window/split");
const QString kPlace = QStringLiteral("window/detail"); ///< `beside` or `below`; absent: by width
} // namespace

WindowLayout::WindowLayout(const Parts& parts, QSettings& settings)
    : m_parts(parts)
    , m_settings(settings)
    , m_beside(tr("Detail beside the table")) {
    m_beside.setObjectName(QStringLiteral("detailBeside"));
    m_beside.setCheckable(true);
    connect(&m_beside, &QAction::triggered, this, [this](bool on) {
        m_settings.setValue(kPlace, on ? QStringLiteral("beside") : QStringLiteral("below"));
        updateOrientation();
    });
}

void WindowLayout::restore() {
    QMainWindow& window = m_parts.window;
    window.resize(1180, 740);
    window.restoreGeometry(m_settings.value(kGeometry).toByteArray());
    // With its frame it has to fit, or its title bar lies above the screen.
    const QSize room = window.screen()->availableGeometry().size() - QSize(0, kFrameHeight);
    if (!window.isMaximized()) window.resize(window.size().boundedTo(room));
    const QByteArray columns = m_settings.value(kColumns).toByteArray();
    if (!columns.isEmpty()) m_parts.table.restoreLayoutState(columns);
    m_parts.splitter.restoreState(m_settings.value(kSplit).toByteArray());
    updateOrientation();
}

void WindowLayout::save() const {
    m_settings.setValue(kGeometry, m_parts.window.saveGeometry());
    m_settings.setValue(kColumns, m_parts.table.layoutState());
    m_settings.setValue(kSplit, m_parts.splitter.saveState());
}

void WindowLayout::updateOrientation() {
    const QString place = m_settings.value(kPlace).toString();
    const int width = m_parts.window.width();
    const bool isBeside = place.isEmpty() ? width >= kBesideFrom : place == QLatin1String("beside");
    m_beside.setChecked(isBeside);
    m_parts.splitter.setOrientation(isBeside ? Qt::Horizontal : Qt::Vertical);
    m_parts.detail.setMaximumWidth(isBeside ? width * kDetailPercent / 100 : QWIDGETSIZE_MAX);
}

} // namespace sallyport
