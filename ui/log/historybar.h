// SPDX-License-Identifier: MIT
#pragma once

#include "ui/log/elidedlabel.h"
#include "ui/log/logtable.h"
#include "ui/log/olderrows.h"

#include <QPushButton>
#include <QWidget>

namespace sallyport {

/// What the bar says of a state; empty where it says nothing.
[[nodiscard]] QString olderText(const OlderState& state);

/// The line above the table that tells how far back its rows reach, goes on, and stops a search.
/// Out of sight while the latest requests are followed.
class HistoryBar : public QWidget {
    Q_OBJECT
public:
    /// Both outlive this.
    HistoryBar(OlderRows& older, LogTable& table, QWidget* parent = nullptr);

private:
    void setupUi();
    void updateState();

    OlderRows& m_older;
    LogTable& m_table;
    ElidedLabel m_text;
    QPushButton m_more;
    QPushButton m_cancel;
};

} // namespace sallyport
