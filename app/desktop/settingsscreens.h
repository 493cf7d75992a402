// SPDX-License-Identifier: MIT
#pragma once

#include "ui/engineinterface.h"
#include "ui/routes/routeeditor.h"
#include "ui/settings/importdialog.h"
#include "ui/settings/preferencesdialog.h"
#include "ui/settings/upstreamspage.h"

#include <QObject>
#include <QPointer>

namespace sallyport {

/// The settings dialog with its pages, and the route editor: one of each, opened and raised.
class SettingsScreens : public QObject {
    Q_OBJECT
public:
    /// `engine` outlives this.
    SettingsScreens(EngineInterface& engine, Preferences preferences, QString configDir);
    ~SettingsScreens() override;

    void openPreferences();
    void openUpstreams();
    void openRouteEditor();
    void openImport();
    /// The port that Sallyport listens on.
    void setPort(quint16 port);

    /// Those that are open, as open() takes them.
    [[nodiscard]] QStringList openNames() const;
    void open(const QStringList& names);

signals:
    void setUpRequested();
    void languageChosen(sallyport::LanguageChoice choice);

private:
    EngineInterface& m_engine;
    Preferences m_preferences;
    QString m_configDir;
    QPointer<PreferencesDialog> m_dialog;
    QPointer<UpstreamsPage> m_upstreams;
    QPointer<RouteEditor> m_routes;
    QPointer<ImportDialog> m_import;
    quint16 m_port = 0;
};

} // namespace sallyport
