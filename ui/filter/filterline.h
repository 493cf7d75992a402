// SPDX-License-Identifier: MIT
#pragma once

#include "ui/filter/filterquery.h"

#include <QLineEdit>
#include <QTimer>

namespace sallyport {

/// The line that a filter is typed into. Understood text is told after a short rest; a mistake
/// turns the line red and says why, and the last filter that was understood stands.
class FilterLine : public QLineEdit {
    Q_OBJECT
public:
    explicit FilterLine(QWidget* parent = nullptr);
    /// Reads the text at once, without the rest.
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
    void paintProblem();

    QTimer m_rest;
    QString m_problem;
    bool m_isPainting = false;
};

} // namespace sallyport
