// SPDX-License-Identifier: MIT
#include "app/desktop/quitquestion.h"

#include <QCheckBox>
#include <QPushButton>

namespace sallyport {

QuitQuestion::QuitQuestion(QWidget* parent)
    : QMessageBox(QMessageBox::Question, tr("Quit Sallyport"),
                  tr("Claude Code is connected to Sallyport. Without Sallyport its requests fail, "
                     "unless its settings are restored."),
                  QMessageBox::NoButton, parent) {
    setObjectName(QStringLiteral("quitQuestion"));
    setTextFormat(Qt::PlainText);
    setAttribute(Qt::WA_DeleteOnClose);
    auto* restore = addButton(tr("Restore and Quit"), QMessageBox::AcceptRole);
    restore->setObjectName(QStringLiteral("quitRestore"));
    auto* keep = addButton(tr("Quit, Keep Connected"), QMessageBox::DestructiveRole);
    keep->setObjectName(QStringLiteral("quitKeep"));
    auto* cancel = addButton(tr("Cancel"), QMessageBox::RejectRole);
    cancel->setObjectName(QStringLiteral("quitCancel"));
    auto* remember = new QCheckBox(tr("Remember the answer, also for the end of the session"));
    remember->setObjectName(QStringLiteral("quitRemember"));
    setCheckBox(remember);
    setDefaultButton(restore);
    setEscapeButton(cancel);
    connect(restore, &QPushButton::clicked, this,
            [this, remember] { emit quitChosen(true, remember->isChecked()); });
    connect(keep, &QPushButton::clicked, this,
            [this, remember] { emit quitChosen(false, remember->isChecked()); });
}

} // namespace sallyport
