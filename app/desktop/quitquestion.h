// SPDX-License-Identifier: MIT
#pragma once

#include <QMessageBox>

namespace sallyport {

/// Asked at Quit while Claude Code is connected: its requests fail while Sallyport is not running.
/// Has WA_DeleteOnClose.
class QuitQuestion : public QMessageBox {
    Q_OBJECT
public:
    explicit QuitQuestion(QWidget* parent = nullptr);

signals:
    /// Quitting was chosen; `restores`: Claude Code's settings are to be taken back first;
    /// `isRemembered`: the answer holds from now on.
    void quitChosen(bool restores, bool isRemembered);
};

} // namespace sallyport
