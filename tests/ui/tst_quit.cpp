// SPDX-License-Identifier: MIT
#include "app/desktop/desktop.h"
#include "core/claudecode/settingsconnector.h"
#include "fakeport.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QFile>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

namespace {

QWidget* question() {
    for (QWidget* widget : QApplication::topLevelWidgets())
        if (widget->objectName() == QLatin1String("quitQuestion") && widget->isVisible())
            return widget;
    return nullptr;
}

} // namespace

/// What becomes of Claude Code's settings when the tray application is quit.
class QuitTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void withoutAConnectionNothingIsAsked();
    void connectedItAsks_data();
    void connectedItAsks();
    void aSignalDoesNotAsk();
    void theRememberedAnswerHolds_data();
    void theRememberedAnswerHolds();
    void settingsThatAreMadeLaterAreSeen();

private:
    void applySettings();
    [[nodiscard]] QByteArray settings() const;
    std::unique_ptr<QTemporaryDir> m_folder;
    StartOptions m_options;
};

void QuitTest::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("CLAUDE_CONFIG_DIR", m_folder->filePath(QStringLiteral("claude")).toUtf8());
    m_options.configDir = m_folder->filePath(QStringLiteral("config"));
    m_options.stateDir = m_folder->filePath(QStringLiteral("state"));
}

void QuitTest::applySettings() {
    ClientEnvironment facts;
    facts.baseUrl = QStringLiteral("http://127.0.0.1:8899");
    facts.token = QStringLiteral("sp-0123456789abcdef");
    QVERIFY(SettingsConnector(ClientTarget::Claude, facts, m_options.stateDir).apply().isOk());
    QVERIFY(settings().contains("ANTHROPIC_BASE_URL"));
}

QByteArray QuitTest::settings() const {
    QFile file(m_folder->filePath(QStringLiteral("claude/settings.json")));
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

void QuitTest::withoutAConnectionNothingIsAsked() {
    FakePort port;
    Desktop desktop(port, m_options);
    desktop.askAndQuit();
    QVERIFY(!question());
    QCOMPARE(port.asked.count(QStringLiteral("drain")), 1);
}

void QuitTest::connectedItAsks_data() {
    QTest::addColumn<QString>("button");
    QTest::addColumn<bool>("quits");
    QTest::addColumn<bool>("staysConnected");
    QTest::newRow("restore and quit") << QStringLiteral("quitRestore") << true << false;
    QTest::newRow("quit and keep") << QStringLiteral("quitKeep") << true << true;
    QTest::newRow("cancel") << QStringLiteral("quitCancel") << false << true;
}

void QuitTest::connectedItAsks() {
    QFETCH(const QString, button);
    QFETCH(const bool, quits);
    QFETCH(const bool, staysConnected);
    applySettings();
    FakePort port;
    Desktop desktop(port, m_options);
    desktop.askAndQuit();
    QWidget* asked = question();
    QVERIFY(asked);
    QVERIFY(!port.asked.contains(QStringLiteral("drain")));
    auto* pressed = asked->findChild<QPushButton*>(button);
    QVERIFY(pressed);
    pressed->click();
    QCOMPARE(port.asked.contains(QStringLiteral("drain")), quits);
    QCOMPARE(settings().contains("ANTHROPIC_BASE_URL"), staysConnected);
    QVERIFY(!question());
}

void QuitTest::aSignalDoesNotAsk() {
    applySettings();
    FakePort port;
    Desktop desktop(port, m_options);
    desktop.endSession();
    QVERIFY(!question());
    QCOMPARE(port.asked.count(QStringLiteral("drain")), 1);
    QVERIFY(settings().contains("ANTHROPIC_BASE_URL"));
}

void QuitTest::theRememberedAnswerHolds_data() {
    QTest::addColumn<QString>("button");
    QTest::addColumn<bool>("isSession");
    QTest::addColumn<bool>("staysConnected");
    QTest::newRow("restore, at the next Quit") << QStringLiteral("quitRestore") << false << false;
    QTest::newRow("restore, at the end of the session")
        << QStringLiteral("quitRestore") << true << false;
    QTest::newRow("keep, at the next Quit") << QStringLiteral("quitKeep") << false << true;
    QTest::newRow("keep, at the end of the session") << QStringLiteral("quitKeep") << true << true;
}

void QuitTest::theRememberedAnswerHolds() {
    QFETCH(const QString, button);
    QFETCH(const bool, isSession);
    QFETCH(const bool, staysConnected);
    applySettings();
    FakePort port;
    {
        Desktop desktop(port, m_options);
        desktop.askAndQuit();
        QWidget* asked = question();
        QVERIFY(asked);
        asked->findChild<QCheckBox*>(QStringLiteral("quitRemember"))->setChecked(true);
        asked->findChild<QPushButton*>(button)->click();
    }
    applySettings();
    port.asked.clear();
    Desktop desktop(port, m_options);
    isSession ? desktop.endSession() : desktop.askAndQuit();
    QVERIFY(!question());
    QCOMPARE(port.asked.count(QStringLiteral("drain")), 1);
    QCOMPARE(settings().contains("ANTHROPIC_BASE_URL"), staysConnected);
}

/// Claude Code may be installed after Sallyport was started.
void QuitTest::settingsThatAreMadeLaterAreSeen() {
    FakePort port;
    const Desktop desktop(port, m_options);
    EngineStatus status;
    status.state = EngineStatus::State::Running;
    status.address = QStringLiteral("127.0.0.1:8899");
    emit port.statusChanged(status);
    QAction* disconnectAction = nullptr;
    const QWidgetList widgets = QApplication::topLevelWidgets();
    for (const QWidget* widget : widgets)
        if (auto* found = widget->findChild<QAction*>(QStringLiteral("trayDisconnect")))
            disconnectAction = found;
    QVERIFY(disconnectAction);
    QVERIFY(!disconnectAction->isEnabled());
    QSignalSpy enabled(disconnectAction, &QAction::enabledChanged);
    applySettings();
    QVERIFY(!enabled.isEmpty() || enabled.wait(5000));
    QVERIFY(disconnectAction->isEnabled());
}

QTEST_MAIN(QuitTest)
#include "tst_quit.moc"
