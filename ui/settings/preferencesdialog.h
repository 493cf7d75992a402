// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/autostart.h"
#include "ui/settings/preferences.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>

namespace sallyport {

/// Settings of the tray application itself, each of which takes effect at once, and pages for those
/// of the proxy, which are in two files that the buttons open.
class PreferencesDialog : public QDialog {
    Q_OBJECT
public:
    PreferencesDialog(Preferences preferences, Autostart autostart, QString configDir,
                      QWidget* parent = nullptr);

    /// A page after the ones that are there; the dialog owns it.
    void addPage(QWidget* page, const QString& title);
    void showPage(const QWidget* page);
    /// The page that is shown, from 0.
    [[nodiscard]] int page() const;
    void setPage(int index);

signals:
    void setUpRequested();
    void routesRequested();
    void importRequested();
    /// Another language, which is kept already.
    void languageChosen(sallyport::LanguageChoice choice);

private:
    void setupUi();
    void setupLayout(QWidget* files);
    void setAutostart(bool on);
    void setLanguage(int index);
    [[nodiscard]] QLayout* newLanguageRow();
    void openFile(const QString& name);
    void chooseExport();
    void exportTo(const QString& file);
    void showOutcome(const QString& text, bool isGood);

    Preferences m_preferences;
    Autostart m_autostart;
    QString m_configDir;
    QTabWidget m_pages; ///< before what its pages show, which is destroyed before it
    QCheckBox m_login, m_notify;
    QLabel m_quitLabel, m_languageLabel, m_problem;
    QComboBox m_quit, m_language;
    QPushButton m_setUp, m_editRoutes, m_settings, m_routes, m_import, m_export, m_close;
};

} // namespace sallyport
