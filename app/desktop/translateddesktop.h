// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/desktop.h"
#include "app/desktop/language.h"

#include <QObject>

#include <memory>
#include <optional>

namespace sallyport {

/// The desktop in the language that is chosen. Texts are read when a window is made, so another
/// language makes all of them anew: those that are open are open afterwards, in their places, with
/// the same rows and with what is half entered; the engine goes on.
class TranslatedDesktop : public QObject {
    Q_OBJECT
public:
    /// `engine` and `language` outlive this.
    TranslatedDesktop(EngineInterface& engine, const StartOptions& options, Language& language);

    void start();
    void showWindow() { m_desktop->showWindow(); }
    void endSession() { m_desktop->endSession(); }

private:
    void make(const StartOptions& options);
    void change(LanguageChoice choice);
    void announce();

    EngineInterface& m_engine;
    StartOptions m_options;
    Language& m_language;
    QString m_token; ///< what the engine has said last
    std::optional<ConfigSummary> m_summary;
    EngineStatus m_status;
    std::unique_ptr<Desktop> m_desktop;
};

} // namespace sallyport
