// SPDX-License-Identifier: MIT
#include "app/desktop/quitting.h"

#include "core/claudecode/connecttargets.h"
#include "core/observe/log.h"

#include <QApplication>

namespace sallyport {

namespace {
using namespace std::chrono_literals;
/// How long Quit waits for running exchanges.
constexpr auto kDrainTime = 1500ms;
} // namespace

Quitting::Quitting(EngineInterface& engine, Preferences preferences, QString stateDir)
    : m_engine(engine)
    , m_preferences(preferences)
    , m_stateDir(std::move(stateDir)) {
    m_drainTimer.setSingleShot(true);
    m_drainTimer.setInterval(kDrainTime);
    connect(&m_drainTimer, &QTimer::timeout, qApp, [] { QApplication::exit(0); });
    connect(&m_engine, &EngineInterface::drained, this, [this] {
        // Not quit(): that asks every window, and one without a tray does not let itself be closed.
        if (m_isQuitting) QApplication::exit(0);
    });
}

Quitting::~Quitting() { delete m_question; }

void Quitting::ask(QWidget* parent) {
    const QuitChoice choice = m_preferences.quitChoice();
    const bool isConnected = ConnectTargets::isAnythingConnected(m_stateDir);
    if (!isConnected || m_isQuitting || choice == QuitChoice::Keep) return quit();
    if (choice == QuitChoice::Restore) {
        if (restoreSettings()) quit();
        return;
    }
    if (!m_question) {
        m_question = new QuitQuestion(parent);
        connect(m_question, &QuitQuestion::quitChosen, this, &Quitting::handleChosen);
    }
    m_question->show();
    m_question->raise();
    m_question->activateWindow();
}

void Quitting::handleChosen(bool restores, bool isRemembered) {
    if (isRemembered)
        m_preferences.setQuitChoice(restores ? QuitChoice::Restore : QuitChoice::Keep);
    if (!restores || restoreSettings()) quit();
}

void Quitting::endSession() {
    // Small files; whatever becomes of it, nobody is there to read a message.
    if (m_preferences.quitChoice() == QuitChoice::Restore && !m_isQuitting) {
        const auto report = ConnectTargets::undoAll(m_stateDir);
        if (!report)
            log::write(log::Level::Warn, "restore_failed", {{"reason", report.error().message}});
    }
    quit();
}

bool Quitting::restoreSettings() {
    const auto report = ConnectTargets::undoAll(m_stateDir);
    if (!report) emit restoreFailed(report.error().message);
    return report.isOk();
}

void Quitting::quit() {
    if (m_isQuitting) return;
    m_isQuitting = true;
    m_drainTimer.start();
    m_engine.drain();
}

} // namespace sallyport
