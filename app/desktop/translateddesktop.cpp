// SPDX-License-Identifier: MIT
#include "app/desktop/translateddesktop.h"

namespace sallyport {

TranslatedDesktop::TranslatedDesktop(EngineInterface& engine, const StartOptions& options,
                                     Language& language)
    : m_engine(engine)
    , m_options(options)
    , m_language(language) {
    connect(&m_engine, &EngineInterface::tokenChanged, this,
            [this](const QString& token) { m_token = token; });
    connect(&m_engine, &EngineInterface::configChanged, this,
            [this](const ConfigSummary& summary) { m_summary = summary; });
    connect(&m_engine, &EngineInterface::statusChanged, this,
            [this](const EngineStatus& status) { m_status = status; });
    make(m_options);
}

void TranslatedDesktop::start() { m_desktop->start(); }

void TranslatedDesktop::make(const StartOptions& options) {
    m_desktop = std::make_unique<Desktop>(m_engine, options);
    // Queued: the signal comes from a window that change() destroys.
    connect(m_desktop.get(), &Desktop::languageChosen, this, &TranslatedDesktop::change,
            Qt::QueuedConnection);
}

void TranslatedDesktop::change(LanguageChoice choice) {
    const OpenScreens open = m_desktop->openScreens();
    m_desktop.reset();
    m_language.choose(choice);
    StartOptions options = m_options;
    options.isHidden = true;
    make(options);
    m_desktop->start();
    announce();
    m_desktop->restore(open);
}

/// To the new screens, in the order of a start. Problems are worded where they arise, and come
/// anew.
void TranslatedDesktop::announce() {
    emit m_engine.tokenChanged(m_token);
    if (m_summary) emit m_engine.configChanged(ConfigSummary(*m_summary));
    emit m_engine.statusChanged(EngineStatus(m_status));
    m_engine.reload();
    if (m_status.state == EngineStatus::State::Failed) m_engine.setListening(true);
}

} // namespace sallyport
