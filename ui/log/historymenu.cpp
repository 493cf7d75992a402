// SPDX-License-Identifier: MIT
#include "ui/log/historymenu.h"

#include "ui/log/rowtext.h"

#include <QMessageBox>
#include <QPushButton>

namespace sallyport {

namespace {

qint64 hoursOf(std::chrono::milliseconds time) {
    return std::chrono::duration_cast<std::chrono::hours>(time).count();
}

} // namespace

QString goneText(const HistoryLimits& limits) {
    if (!limits.isEnabled)
        return HistoryMenu::tr("No longer kept: the log holds the last 10,000 requests, and the "
                               "history is switched off.");
    if (limits.bodies.count() == 0)
        return HistoryMenu::tr("Not kept: history.bodies in settings.yaml is 0.");
    return HistoryMenu::tr("No longer kept: the history holds headers and bodies for %1 h, %2 in "
                           "all, and of %3 requests a second without a window (history in "
                           "settings.yaml).")
        .arg(hoursOf(limits.bodies))
        .arg(sizeText(limits.maxSize))
        .arg(kContentsPerSecond);
}

QString clearedText(const QString& problem) {
    return problem.isEmpty() ? HistoryMenu::tr("The history is empty")
                             : HistoryMenu::tr("The history was not cleared: %1").arg(problem);
}

HistoryMenu::HistoryMenu(QWidget* parent)
    : QMenu(tr("History"), parent)
    , m_older(addAction(tr("Show older requests")))
    , m_keep(addAction(tr("Keep a history on this machine")))
    , m_clear(addAction(tr("Clear the history…"))) {
    setObjectName(QStringLiteral("historyMenu"));
    m_older->setObjectName(QStringLiteral("historyOlder"));
    m_older->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_PageUp));
    m_older->setShortcutContext(Qt::WidgetShortcut);
    m_keep->setObjectName(QStringLiteral("historyKeep"));
    m_keep->setCheckable(true);
    m_clear->setObjectName(QStringLiteral("historyClear"));
    setToolTipsVisible(true);
    connect(m_older, &QAction::triggered, this, &HistoryMenu::olderRequested);
    connect(m_keep, &QAction::triggered, this, &HistoryMenu::keepingRequested);
    connect(m_clear, &QAction::triggered, this, &HistoryMenu::confirmClear);
    setLimits({});
}

void HistoryMenu::setLimits(const HistoryLimits& limits) {
    m_limits = limits;
    m_keep->setChecked(limits.isEnabled);
    m_older->setEnabled(limits.isEnabled);
    m_keep->setToolTip(tr("Requests for %1 days, their headers and bodies for %2 h, at most %3")
                           .arg(hoursOf(limits.metadata) / 24)
                           .arg(hoursOf(limits.bodies))
                           .arg(sizeText(limits.maxSize)));
}

void HistoryMenu::confirmClear() {
    auto* question = new QMessageBox(parentWidget());
    question->setObjectName(QStringLiteral("clearHistoryQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setIcon(QMessageBox::Warning);
    question->setWindowTitle(tr("Clear the history"));
    question->setText(tr("Forget all requests that are kept on this machine?"));
    question->setInformativeText(tr("Their headers, bodies and figures cannot be brought back. "
                                    "Requests that are under way go on."));
    QPushButton* clear = question->addButton(tr("Clear"), QMessageBox::DestructiveRole);
    clear->setObjectName(QStringLiteral("clearHistoryConfirm"));
    QPushButton* keep = question->addButton(tr("Cancel"), QMessageBox::RejectRole);
    question->setDefaultButton(keep);
    question->setEscapeButton(keep);
    connect(clear, &QPushButton::clicked, this, &HistoryMenu::clearRequested);
    question->open();
}

} // namespace sallyport
