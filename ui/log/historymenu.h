// SPDX-License-Identifier: MIT
#pragma once

#include "core/history/historylimits.h"

#include <QMenu>

namespace sallyport {

/// Why headers and bodies of an exchange are not there: the limits, in a sentence.
[[nodiscard]] QString goneText(const HistoryLimits& limits);

/// That the history was cleared, or why not.
[[nodiscard]] QString clearedText(const QString& problem);

/// What can be done about the history: show older requests, keep one or not, forget it.
class HistoryMenu : public QMenu {
    Q_OBJECT
public:
    explicit HistoryMenu(QWidget* parent = nullptr);
    void setLimits(const HistoryLimits& limits);
    [[nodiscard]] const HistoryLimits& limits() const { return m_limits; }

signals:
    void olderRequested();
    void keepingRequested(bool isKept);
    /// The user has confirmed that everything is to be forgotten.
    void clearRequested();

private:
    void confirmClear();

    HistoryLimits m_limits;
    QAction* m_older;
    QAction* m_keep;
    QAction* m_clear;
};

} // namespace sallyport
