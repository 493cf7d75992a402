// SPDX-License-Identifier: MIT
#pragma once

#include "ui/settings/autostart.h"
#include "ui/settings/preferences.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QPushButton>

namespace sallyport {

/// Settings of the tray application itself. Each takes effect at once; those of the proxy are in
/// the two files that the buttons open.
class PreferencesDialog : public QDialog {
    Q_OBJECT
public:
    PreferencesDialog(Preferences preferences, Autostart autostart, QString configDir,
                      QWidget* parent = nullptr);

signals:
    void setUpRequested();

private:
    void setupUi();
    void setupLayout(QWidget* files);
    void setAutostart(bool on);
    void openFile(const QString& name);

    Preferences m_preferences;
    Autostart m_autostart;
    QString m_configDir;
    QCheckBox m_login, m_notify;
    QLabel m_quitLabel, m_problem;
    QComboBox m_quit;
    QPushButton m_setUp, m_settings, m_routes, m_close;
};

} // namespace sallyport
