// SPDX-License-Identifier: MIT
#pragma once

#include "ui/filter/filterquery.h"

#include <QLineEdit>
#include <QTimer>

namespace sallyport {

/// The line that a filter is typed into. Emits a valid filter 90 ms after the last key; a mistake
/// turns the line red and names the reason, and the last valid filter stays in force.
class FilterLine : public QLineEdit {
    Q_OBJECT
public:
    explicit FilterLine(QWidget* parent = nullptr);
    /// Reads the text at once.
    void applyNow();
    /// Why the text is not understood; empty when it is.
    [[nodiscard]] const QString& problem() const { return m_problem; }

signals:
    void queryChanged(const sallyport::filter::Query& query);
    void problemChanged(const QString& problem);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showProblem(const QString& problem);
    void updatePalette();

    QTimer m_typingPause;
    QString m_problem;
    bool m_isUpdatingPalette = false;
};

} // namespace sallyport
