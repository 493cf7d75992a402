// SPDX-License-Identifier: MIT
#pragma once

#include "ui/log/statenotices.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QWidget>

#include <array>

namespace sallyport {

/// A line across the window that names a state, with a button for each way out of it.
class NoticeBar : public QWidget {
    Q_OBJECT
public:
    explicit NoticeBar(QWidget* parent = nullptr);
    /// Shows the notice; one that was hidden by hand stays hidden until it says something else.
    void setNotice(const Notice& notice);
    void clearNotice();

signals:
    void actionRequested(sallyport::NoticeAction action);

protected:
    void changeEvent(QEvent* event) override;

private:
    void updatePalette();

    Notice m_notice;
    bool m_isDismissed = false;
    QLabel m_text;
    std::array<QPushButton, 3> m_buttons;
    QToolButton m_close;
    bool m_isUpdatingPalette = false;
};

} // namespace sallyport
