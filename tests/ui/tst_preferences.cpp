// SPDX-License-Identifier: MIT
#include "core/support/autostart.h"
#include "ui/settings/preferences.h"
#include "ui/settings/preferencesdialog.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

class PreferencesTest : public QObject {
    Q_OBJECT
private slots:
    void whatWasChosenIsRemembered();
    void theDialogShowsAndChanges();
    void aFolderThatCannotBeWrittenIsSaid();

private:
    QTemporaryDir m_dir;
};

void PreferencesTest::whatWasChosenIsRemembered() {
    const QString file = m_dir.filePath(QStringLiteral("a.ini"));
    {
        QSettings settings(file, QSettings::IniFormat);
        Preferences preferences(settings);
        QVERIFY(preferences.quitChoice() == QuitChoice::Ask);
        QVERIFY(preferences.hasNotifications());
        preferences.setQuitChoice(QuitChoice::Restore);
        preferences.setNotifications(false);
    }
    QSettings settings(file, QSettings::IniFormat);
    Preferences preferences(settings);
    QVERIFY(preferences.quitChoice() == QuitChoice::Restore);
    QVERIFY(!preferences.hasNotifications());
    preferences.setQuitChoice(QuitChoice::Ask);
    QVERIFY(preferences.quitChoice() == QuitChoice::Ask);
}

void PreferencesTest::theDialogShowsAndChanges() {
    QSettings settings(m_dir.filePath(QStringLiteral("b.ini")), QSettings::IniFormat);
    Preferences preferences(settings);
    const Autostart autostart(m_dir.filePath(QStringLiteral("other")), QStringLiteral("/x"));
    preferences.setQuitChoice(QuitChoice::Keep);
    PreferencesDialog dialog(preferences, autostart, m_dir.path());
    auto* quit = dialog.findChild<QComboBox*>(QStringLiteral("quitChoice"));
    QCOMPARE(quit->currentIndex(), static_cast<int>(QuitChoice::Keep));
    quit->setCurrentIndex(static_cast<int>(QuitChoice::Restore));
    QVERIFY(preferences.quitChoice() == QuitChoice::Restore);
    dialog.findChild<QCheckBox*>(QStringLiteral("startAtLogin"))->click();
    QVERIFY(autostart.isOn());
    dialog.findChild<QCheckBox*>(QStringLiteral("showNotifications"))->click();
    QVERIFY(!preferences.hasNotifications());
}

void PreferencesTest::aFolderThatCannotBeWrittenIsSaid() {
    QFile file(m_dir.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QFile::WriteOnly));
    QSettings settings(m_dir.filePath(QStringLiteral("c.ini")), QSettings::IniFormat);
    PreferencesDialog dialog(Preferences(settings),
                             Autostart(file.fileName(), QStringLiteral("/x")), m_dir.path());
    dialog.findChild<QCheckBox*>(QStringLiteral("startAtLogin"))->click();
    auto* problem = dialog.findChild<QLabel*>(QStringLiteral("preferencesProblem"));
    QVERIFY(!problem->isHidden());
    QVERIFY(problem->text().contains(QStringLiteral("cannot be written")));
}

QTEST_MAIN(PreferencesTest)
#include "tst_preferences.moc"
