// SPDX-License-Identifier: MIT
#pragma once

#include "core/history/filterquery.h"
#include "core/history/seenvalues.h"
#include "ui/filter/filterhistory.h"

#include <QCompleter>
#include <QLineEdit>
#include <QStringListModel>
#include <QTimer>

#include <functional>

namespace sallyport {

/// The line that a filter is typed into. Emits a valid filter 90 ms after the last key; a mistake
/// turns the line red, underlines its place and names the reason, and the last valid filter stays
/// in force. Completes keys, and the values that exchanges had.
class FilterLine : public QLineEdit {
    Q_OBJECT
public:
    explicit FilterLine(QWidget* parent = nullptr);
    /// Reads the text at once.
    void applyNow();
    /// Why the text is not understood; empty when it is.
    [[nodiscard]] const QString& problem() const { return m_problem.reason; }
    /// Whether `body:` is answered: contents are only in the history.
    void setSearchesHistory(bool isSearched);
    /// What the arrow keys go through.
    void setHistory(FilterHistory history) { m_history = std::move(history); }
    [[nodiscard]] const FilterHistory& history() const { return m_history; }
    /// Where values for completion come from; asked whenever keys are typed.
    void setSeenValues(std::function<filter::SeenValues()> read) { m_readSeen = std::move(read); }

signals:
    void queryChanged(const sallyport::filter::Query& query);
    void problemChanged(const QString& problem);
    /// A filter was confirmed by Enter, or left standing: it is in the history now.
    void used();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void updateHint();
    void noteUse();
    void showProblem(const filter::Problem& problem);
    void updatePalette();
    void offerCompletion();
    void insertCompletion(const QString& word);

    QTimer m_typingPause;
    QCompleter* m_completer;                        ///< a child
    QStringListModel* m_offered;                    ///< a child
    std::function<filter::SeenValues()> m_readSeen; ///< may be empty
    FilterHistory m_history;
    filter::Problem m_problem;
    bool m_isUpdatingPalette = false;
    bool m_searchesHistory = false;
};

} // namespace sallyport
