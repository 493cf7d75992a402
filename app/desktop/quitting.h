// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/quitquestion.h"
#include "ui/engineinterface.h"
#include "ui/settings/preferences.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

namespace sallyport {

/// The end of the tray application: the question while Claude Code is connected, what becomes of
/// its settings, and the last exchanges.
class Quitting : public QObject {
    Q_OBJECT
public:
    /// `engine` outlives this.
    Quitting(EngineInterface& engine, Preferences preferences, QString stateDir);
    ~Quitting() override;

    /// Quits, but asks first when Claude Code is connected. The question belongs to `parent`, which
    /// may be null.
    void ask(QWidget* parent);
    /// Quits without a question: the session ends, or a signal came. A remembered answer is carried
    /// out; without one Claude Code's settings stay.
    void endSession();
    /// Stops accepting, gives running exchanges 1.5 s, ends the application with 0.
    void quit();

signals:
    /// Claude Code's settings could not be taken back, so it does not quit.
    void restoreFailed(const QString& reason);

private:
    void handleChosen(bool restores, bool isRemembered);
    [[nodiscard]] bool restoreSettings();

    EngineInterface& m_engine;
    Preferences m_preferences;
    QString m_stateDir;
    QPointer<QuitQuestion> m_question;
    QTimer m_drainTimer;
    bool m_isQuitting = false;
};

} // namespace sallyport
