// SPDX-License-Identifier: MIT
#pragma once

#include "core/history/historyexport.h"
#include "core/support/clock.h"
#include "ui/detail/detailview.h"
#include "ui/log/curlcommand.h"
#include "ui/log/logtable.h"

#include <QAction>
#include <QFileDialog>
#include <QObject>
#include <QPointer>

namespace sallyport {

/// What can be done with the rows that are selected: put them on the clipboard in several forms,
/// write them to a file. The actions stand in the menu of a row and have keys of their own.
class RowActions : public QObject {
    Q_OBJECT
public:
    /// All outlive this; the keys work in the whole window of `table`.
    RowActions(LogTable& table, ExchangeTableModel& model, const DetailView& detail,
               const Clock& clock);

    /// Adds them to a menu of the window.
    void fillMenu(QMenu& menu);
    /// Whether there is a history that an export of all that passes can read.
    void setHasHistory(bool hasHistory) { m_hasHistory = hasHistory; }

signals:
    /// What the selected rows come to together; empty below two.
    void selectionSummed(const QString& sum);
    /// Something was put on the clipboard; `what` names it for the status line.
    void copied(const QString& what);
    void exportRequested(const sallyport::ExportRequest& request);
    /// The same, and the file is to say all that a ticket needs.
    void bundleRequested(const sallyport::ExportRequest& request);

private:
    enum class Scope { Selected, Passing };
    QAction* addAction(const QString& text, const char* name, const QKeySequence& keys = {});
    void setupCopyActions();
    void copy(const QString& text, const QString& what);
    void copyCommand(CommandShell shell);
    /// Of the current row, as far as it has come.
    [[nodiscard]] ExchangeDetail current() const;
    void askForFile(Scope scope);
    void askForBundle();
    QFileDialog* newDialog(const QString& title, const char* name);
    [[nodiscard]] ExportRequest request(Scope scope) const;
    void updateSelection();

    LogTable& m_table;
    ExchangeTableModel& m_model;
    const DetailView& m_detail;
    const Clock& m_clock;
    bool m_hasHistory = false;
    QVector<QAction*> m_ofRow; ///< those that need a row
    QVector<QAction*> m_all;
    QPointer<QFileDialog> m_dialog;
};

/// The format that a file's name asks for; HAR for any other.
[[nodiscard]] ExportFormat formatOfName(const QString& path);
/// What came of an export, for the status line.
[[nodiscard]] QString outcomeText(const ExportOutcome& outcome);

} // namespace sallyport
