// SPDX-License-Identifier: MIT
#include "app/desktop/settingsscreens.h"

#include "core/transfer/importsources.h"

#include <QCoreApplication>
#include <QStandardPaths>

namespace sallyport {

namespace {

const QString kRoutes = QStringLiteral("routes");
const QString kRoute = QStringLiteral("route-"); ///< with the name of the one that is edited
const QString kImport = QStringLiteral("import");
const QString kPage = QStringLiteral("settings-"); ///< with the number of the page

bool isOpen(const QWidget* window) { return window && window->isVisible(); }

void bringToFront(QWidget& window) {
    window.show();
    window.raise();
    window.activateWindow();
}

} // namespace

SettingsScreens::SettingsScreens(EngineInterface& engine, Preferences preferences,
                                 QString configDir)
    : m_engine(engine)
    , m_preferences(preferences)
    , m_configDir(std::move(configDir)) {}

SettingsScreens::~SettingsScreens() {
    delete m_import;
    delete m_dialog;
    delete m_routes;
}

void SettingsScreens::openPreferences() {
    if (!m_dialog) {
        const QString home =
            QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
        m_dialog = new PreferencesDialog(
            m_preferences, Autostart(home, QCoreApplication::applicationFilePath()), m_configDir);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        m_upstreams = new UpstreamsPage(m_engine, m_configDir);
        m_dialog->addPage(m_upstreams, PreferencesDialog::tr("Upstreams"));
        connect(m_dialog, &PreferencesDialog::setUpRequested, this,
                &SettingsScreens::setUpRequested);
        connect(m_dialog, &PreferencesDialog::routesRequested, this,
                &SettingsScreens::openRouteEditor);
        connect(m_dialog, &PreferencesDialog::languageChosen, this,
                &SettingsScreens::languageChosen);
        connect(m_dialog, &PreferencesDialog::importRequested, this, &SettingsScreens::openImport);
    }
    bringToFront(*m_dialog);
}

void SettingsScreens::openUpstreams() {
    openPreferences();
    m_dialog->showPage(m_upstreams);
}

void SettingsScreens::openRouteEditor() {
    if (!m_routes) {
        m_routes = new RouteEditor(m_configDir);
        m_routes->setAttribute(Qt::WA_DeleteOnClose);
        if (m_port > 0) m_routes->setPort(m_port);
        connect(m_routes, &RouteEditor::upstreamsRequested, this, &SettingsScreens::openUpstreams);
        connect(m_routes, &RouteEditor::changed, &m_engine, &EngineInterface::reload);
    }
    bringToFront(*m_routes);
}

void SettingsScreens::openImport() {
    if (!m_import) {
        m_import = new ImportDialog(m_engine, m_configDir,
                                    findImports(ImportPlaces::ofProcess(m_configDir)));
        m_import->setAttribute(Qt::WA_DeleteOnClose);
    }
    bringToFront(*m_import);
}

QStringList SettingsScreens::openNames() const {
    QStringList names;
    if (isOpen(m_routes)) names << kRoutes;
    if (const auto route = m_routes ? m_routes->editedRoute() : std::nullopt)
        names << kRoute + *route;
    if (isOpen(m_import)) names << kImport;
    if (isOpen(m_dialog)) names << kPage + QString::number(m_dialog->page());
    return names;
}

void SettingsScreens::open(const QStringList& names) {
    for (const QString& name : names) {
        if (name == kRoutes) openRouteEditor();
        if (name == kImport) openImport();
        if (name.startsWith(kRoute) && m_routes) m_routes->edit(name.mid(kRoute.size()));
        if (!name.startsWith(kPage)) continue;
        openPreferences();
        m_dialog->setPage(name.mid(kPage.size()).toInt());
    }
}

void SettingsScreens::setPort(quint16 port) {
    m_port = port;
    if (m_routes && port > 0) m_routes->setPort(port);
}

} // namespace sallyport
