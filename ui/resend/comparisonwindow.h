// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/clock.h"
#include "ui/latesttask.h"
#include "ui/resend/comparison.h"

#include <QDialog>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableWidget>

namespace sallyport {

/// Two exchanges side by side: what came of them, the headers of their responses, and the responses
/// line by line, with a sign before each line that differs. Not modal.
class ComparisonWindow : public QDialog {
    Q_OBJECT
public:
    explicit ComparisonWindow(const Clock& clock, QWidget* parent = nullptr);

    void setPrices(const PriceTable& prices) { m_prices = prices; }
    /// Shows another pair; both names are the numbers of their rows.
    void setPair(const QString& left, const QString& right);
    void setLeft(const ExchangeDetail& detail);
    void setRight(const ExchangeDetail& detail);
    /// Why one of the two is not there, a sentence; empty: it is.
    void setNote(const QString& note);
    /// Whether what is shown on the right can be stopped.
    void setStoppable(bool isStoppable) { m_stop.setVisible(isStoppable); }

signals:
    void stopRequested();

private:
    void setupUi();
    void setupValues();
    void refresh();
    void fillValues();
    void showLines(const QVector<ComparedLine>& lines);

    const Clock& m_clock;
    PriceTable m_prices;
    ExchangeDetail m_left, m_right;
    QLabel m_note;
    QTableWidget m_values;
    QPlainTextEdit m_leftText, m_rightText;
    QPushButton m_stop;
    QPushButton m_close;
    LatestTask m_task;
};

} // namespace sallyport
