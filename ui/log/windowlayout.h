// SPDX-License-Identifier: MIT
#pragma once

#include "ui/detail/detailview.h"
#include "ui/log/logtable.h"

#include <QAction>
#include <QMainWindow>
#include <QObject>
#include <QSettings>
#include <QSplitter>

namespace sallyport {

/// Where the parts of the log window are, and how large; remembered from start to start.
class WindowLayout : public QObject {
    Q_OBJECT
public:
    struct Parts {
        QMainWindow& window;
        QSplitter& splitter; ///< holds the other two
        LogTable& table;
        DetailView& detail;
    };
    /// All outlive this.
    WindowLayout(const Parts& parts, QSettings& settings);

    /// As it was left, within the screen.
    void restore();
    void save() const;
    /// After a change of the window's width, which decides unless the user has.
    void updateOrientation();
    /// Whether the detail is beside the table or below it; for a menu.
    [[nodiscard]] QAction& besideAction() { return m_beside; }

private:
    Parts m_parts;
    QSettings& m_settings;
    QAction m_beside;
};

} // namespace sallyport
