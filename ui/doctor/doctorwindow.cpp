// SPDX-License-Identifier: MIT
#include "ui/doctor/doctorwindow.h"

#include "core/doctor/doctorreport.h"
#include "ui/tones.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace sallyport {

namespace {

constexpr int kStateColumn = 0;
constexpr int kTitleColumn = 1;
constexpr int kSentenceColumn = 2;

Tone toneOf(CheckState state) {
    switch (state) {
    case CheckState::Ok: return Tone::Good;
    case CheckState::Warning: return Tone::Warn;
    case CheckState::Fault: return Tone::Bad;
    case CheckState::NotChecked: break;
    }
    return Tone::Quiet;
}

QString evidenceText(const CheckResult& result) {
    QStringList lines;
    for (const CheckEvidence& one : result.evidence)
        lines << one.toString();
    return lines.join(u'\n');
}

} // namespace

QString checkStateText(CheckState state) {
    switch (state) {
    case CheckState::Ok: return DoctorWindow::tr("✓ ok");
    case CheckState::Warning: return DoctorWindow::tr("! warning");
    case CheckState::Fault: return DoctorWindow::tr("✕ fault");
    case CheckState::NotChecked: return DoctorWindow::tr("– not checked");
    }
    Q_UNREACHABLE();
}

DoctorWindow::DoctorWindow(DoctorInterface& doctor, QWidget* parent)
    : QDialog(parent)
    , m_doctor(doctor) {
    setObjectName(QStringLiteral("doctorWindow"));
    setWindowTitle(tr("Doctor – Sallyport"));
    setupTree();
    setupButtons();
    setupUi();
    connect(&m_doctor, &DoctorInterface::checked, this, &DoctorWindow::addResult);
    connect(&m_doctor, &DoctorInterface::checksFinished, this, [this] { updateSummary(false); });
    connect(&m_doctor, &DoctorInterface::fixEnded, this, &DoctorWindow::fixEnded);
    resize(900, 620);
}

void DoctorWindow::setupTree() {
    m_tree.setObjectName(QStringLiteral("doctorChecks"));
    m_tree.setAccessibleName(tr("Checks"));
    m_tree.setHeaderLabels({tr("State"), tr("Check"), tr("What was found")});
    m_tree.setRootIsDecorated(false);
    m_tree.setUniformRowHeights(true);
    m_tree.setAllColumnsShowFocus(true);
    m_tree.header()->setSectionResizeMode(kStateColumn, QHeaderView::ResizeToContents);
    m_tree.header()->setSectionResizeMode(kTitleColumn, QHeaderView::ResizeToContents);
    for (const CheckId id : allChecks()) {
        auto* row = new QTreeWidgetItem(&m_tree);
        row->setText(kTitleColumn, checkTitle(id));
        row->setData(kStateColumn, Qt::UserRole, static_cast<int>(id));
        m_rows[id] = row;
        updateRow(*row, nullptr);
    }
    m_tree.setCurrentItem(m_tree.topLevelItem(0));
    connect(&m_tree, &QTreeWidget::currentItemChanged, this, &DoctorWindow::showCurrent);
}

void DoctorWindow::setupButtons() {
    m_fix.setObjectName(QStringLiteral("doctorFix"));
    m_fix.setText(tr("Fix"));
    m_again.setObjectName(QStringLiteral("doctorAgain"));
    m_again.setText(tr("Check again"));
    m_copy.setObjectName(QStringLiteral("doctorCopy"));
    m_copy.setText(tr("Copy report"));
    m_copy.setToolTip(tr("Copies all results without secrets"));
    m_close.setObjectName(QStringLiteral("doctorClose"));
    m_close.setText(tr("Close"));
    // Enter in the list is not to change a settings file.
    for (QPushButton* button : {&m_fix, &m_again, &m_copy, &m_close})
        button->setAutoDefault(false);
    connect(&m_fix, &QPushButton::clicked, this, &DoctorWindow::applyFix);
    connect(&m_again, &QPushButton::clicked, this, &DoctorWindow::startChecks);
    connect(&m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(&m_copy, &QPushButton::clicked, this, [this] {
        std::vector<CheckResult> results;
        for (const auto& [id, result] : m_results)
            results.push_back(result);
        QApplication::clipboard()->setText(reportText(results));
    });
}

QWidget* DoctorWindow::makeDetail() {
    m_sentence.setObjectName(QStringLiteral("doctorSentence"));
    m_outcome.setObjectName(QStringLiteral("doctorOutcome"));
    for (QLabel* label : {&m_sentence, &m_outcome}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_evidence.setObjectName(QStringLiteral("doctorEvidence"));
    m_evidence.setAccessibleName(tr("Evidence"));
    m_evidence.setReadOnly(true);
    m_evidence.setTabChangesFocus(true);
    m_evidence.setFont(codeFont(font()));
    auto* detail = new QWidget(this);
    auto* lines = new QVBoxLayout(detail);
    lines->setContentsMargins(0, 6, 0, 0);
    lines->addWidget(&m_sentence);
    lines->addWidget(&m_evidence, 1);
    lines->addWidget(&m_outcome);
    return detail;
}

void DoctorWindow::setupUi() {
    m_summary.setObjectName(QStringLiteral("doctorSummary"));
    QFont large(font());
    large.setPointSizeF(large.pointSizeF() * 1.25);
    m_summary.setFont(large);
    m_progress.setRange(0, static_cast<int>(allChecks().size()));
    m_progress.setTextVisible(false);
    m_progress.setMaximumHeight(6);
    m_progress.setAccessibleName(tr("Progress of the checks"));
    auto* parts = new QSplitter(Qt::Vertical, this);
    parts->setChildrenCollapsible(false);
    parts->addWidget(&m_tree);
    parts->addWidget(makeDetail());
    parts->setStretchFactor(0, 3);
    parts->setStretchFactor(1, 2);
    auto* row = new QHBoxLayout;
    for (QPushButton* button : {&m_fix, &m_again, &m_copy})
        row->addWidget(button);
    row->addStretch(1);
    row->addWidget(&m_close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 12, 14, 12);
    column->addWidget(&m_summary);
    column->addWidget(&m_progress);
    column->addWidget(parts, 1);
    column->addLayout(row);
    m_tree.setFocus();
}

void DoctorWindow::startChecks() {
    m_results.clear();
    m_outcome.clear();
    for (const auto& [id, row] : m_rows)
        updateRow(*row, nullptr);
    updateSummary(true);
    showCurrent();
    m_doctor.startChecks();
}

void DoctorWindow::addResult(const CheckResult& result) {
    m_results.insert_or_assign(result.id, result);
    updateRow(*m_rows.at(result.id), &m_results.at(result.id));
    updateSummary(m_isRunning);
    if (m_tree.currentItem() == m_rows.at(result.id)) showCurrent();
}

void DoctorWindow::updateRow(QTreeWidgetItem& row, const CheckResult* result) {
    const QString state = result ? checkStateText(result->state) : tr("… checking");
    row.setText(kStateColumn, state);
    row.setText(kSentenceColumn, result ? result->sentence : QString());
    row.setToolTip(kSentenceColumn, row.text(kSentenceColumn));
    const Tone tone = result ? toneOf(result->state) : Tone::Quiet;
    row.setForeground(kStateColumn, toneColor(tone, palette()));
    row.setData(kTitleColumn, Qt::AccessibleTextRole,
                QString(row.text(kTitleColumn) + QLatin1String(", ") + state));
}

void DoctorWindow::updateSummary(bool isRunning) {
    m_isRunning = isRunning;
    m_again.setEnabled(!isRunning);
    m_progress.setVisible(isRunning);
    m_progress.setValue(static_cast<int>(m_results.size()));
    const auto findings =
        static_cast<int>(std::count_if(m_results.begin(), m_results.end(),
                                       [](const auto& entry) { return entry.second.isFinding(); }));
    if (isRunning)
        m_summary.setText(tr("Checking…"));
    else if (findings == 0)
        m_summary.setText(tr("All is well."));
    else
        m_summary.setText(tr("%n finding(s)", nullptr, findings));
}

const CheckResult* DoctorWindow::current() const {
    const QTreeWidgetItem* row = m_tree.currentItem();
    if (!row) return nullptr;
    const auto id = static_cast<CheckId>(row->data(kStateColumn, Qt::UserRole).toInt());
    const auto found = m_results.find(id);
    return found == m_results.end() ? nullptr : &found->second;
}

void DoctorWindow::showCurrent() {
    const CheckResult* result = current();
    QString sentence = result ? result->sentence : QString();
    if (result && result->fix) sentence += u'\n' + tr("Fix: %1").arg(result->fix->summary);
    m_sentence.setText(sentence);
    m_evidence.setPlainText(result ? evidenceText(*result) : QString());
    const bool hasFix = result && result->fix;
    m_fix.setEnabled(hasFix);
    m_fix.setToolTip(hasFix ? result->fix->summary : tr("There is nothing to fix from here"));
}

void DoctorWindow::applyFix() {
    const CheckResult* result = current();
    if (!result || !result->fix) return;
    m_fix.setEnabled(false);
    m_doctor.applyFixOf(*result);
}

void DoctorWindow::fixEnded(bool isDone, const QString& text) {
    if (isDone) {
        emit settingsChanged();
        startChecks();
    } else {
        showCurrent();
    }
    m_outcome.setText(text);
    QPalette tone = m_outcome.palette();
    tone.setColor(QPalette::WindowText, toneColor(isDone ? Tone::Good : Tone::Bad, palette()));
    m_outcome.setPalette(tone);
}

void DoctorWindow::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    if (!event->spontaneous()) startChecks();
}

void DoctorWindow::hideEvent(QHideEvent* event) {
    QDialog::hideEvent(event);
    if (!event->spontaneous()) m_doctor.cancelChecks();
}

void DoctorWindow::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() != QEvent::PaletteChange) return;
    for (const auto& [id, row] : m_rows) {
        const auto found = m_results.find(id);
        updateRow(*row, found == m_results.end() ? nullptr : &found->second);
    }
}

} // namespace sallyport
