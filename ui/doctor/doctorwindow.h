// SPDX-License-Identifier: MIT
#pragma once

#include "ui/doctor/doctorinterface.h"

#include <QDialog>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QShowEvent>
#include <QTreeWidget>

#include <map>

namespace sallyport {

/// The list of checks with what each has found, the evidence of the chosen one, and the button that
/// applies its fix. Starts the checks when it is shown; closing it cancels them.
class DoctorWindow : public QDialog {
    Q_OBJECT
public:
    /// `doctor` outlives it.
    explicit DoctorWindow(DoctorInterface& doctor, QWidget* parent = nullptr);

signals:
    /// Settings of Claude Code were changed.
    void settingsChanged();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void setupUi();
    /// The part below the list: what one check found.
    [[nodiscard]] QWidget* makeDetail();
    void setupTree();
    void setupButtons();
    void startChecks();
    void addResult(const CheckResult& result);
    void updateRow(QTreeWidgetItem& row, const CheckResult* result);
    void updateSummary(bool isRunning);
    void showCurrent();
    void applyFix();
    void fixEnded(bool isDone, const QString& text);
    [[nodiscard]] const CheckResult* current() const;

    DoctorInterface& m_doctor;
    std::map<CheckId, CheckResult> m_results;
    std::map<CheckId, QTreeWidgetItem*> m_rows;
    QLabel m_summary, m_sentence, m_outcome;
    QProgressBar m_progress;
    QTreeWidget m_tree;
    QPlainTextEdit m_evidence;
    QPushButton m_fix, m_again, m_copy, m_close;
    bool m_isRunning = false;
};

/// `✕ fault`, translated: how a state is written in the list.
[[nodiscard]] QString checkStateText(CheckState state);

} // namespace sallyport
