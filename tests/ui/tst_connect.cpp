// SPDX-License-Identifier: MIT
#include "ui/connect/connectdialog.h"
#include "ui/connect/connectoptions.h"
#include "ui/connect/targettext.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace sallyport;

/// The dialog over real files in a home folder of its own.
class ConnectTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void connectsAndDisconnects();
    void everyTargetShowsWhatItWouldWrite_data();
    void everyTargetShowsWhatItWouldWrite();
    void aKeyThatIsUntickedIsNotInTheDiff();
    void anUpstreamGoesIntoTheAddress();
    void interceptionSaysWhatItLacks();
    void aProjectNeedsAFolder();
    void aSessionIsCopied();
    void aRequestOfClaudeCodeConfirms();
    void theStatusOfATargetHasAWord();

private:
    [[nodiscard]] std::unique_ptr<ConnectDialog> dialog() const;
    [[nodiscard]] QByteArray settings() const;
    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

void choose(ConnectDialog& dialog, ClientTarget target) {
    const auto found = std::find(kClientTargets.begin(), kClientTargets.end(), target);
    dialog.findChild<QListWidget*>(QStringLiteral("connectTargets"))
        ->setCurrentRow(static_cast<int>(found - kClientTargets.begin()));
}

QString shown(const ConnectDialog& dialog) {
    return dialog.findChild<QPlainTextEdit*>(QStringLiteral("diffView"))->toPlainText();
}

QPushButton* button(const ConnectDialog& dialog, const char* name) {
    return dialog.findChild<QPushButton*>(QLatin1String(name));
}

QString result(const ConnectDialog& dialog) {
    return dialog.findChild<QLabel*>(QStringLiteral("connectResult"))->text();
}

} // namespace

void ConnectTest::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("HOME", m_folder->path().toUtf8());
    qputenv("XDG_CONFIG_HOME", m_folder->filePath(QStringLiteral(".config")).toUtf8());
    qunsetenv("CLAUDE_CONFIG_DIR");
    qunsetenv("ZDOTDIR");
}

std::unique_ptr<ConnectDialog> ConnectTest::dialog() const {
    Config config;
    config.settings.listenPort = 8899;
    UpstreamConfig upstream;
    upstream.name = QStringLiteral("corp");
    config.upstreams.push_back(upstream);
    const QString state = m_folder->filePath(QStringLiteral("state"));
    return std::make_unique<ConnectDialog>(ConnectTargets(config, state), state);
}

QByteArray ConnectTest::settings() const {
    QFile file(m_folder->filePath(QStringLiteral(".claude/settings.json")));
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

void ConnectTest::connectsAndDisconnects() {
    const auto dialog = this->dialog();
    const QSignalSpy changed(dialog.get(), &ConnectDialog::connected);
    QVERIFY(shown(*dialog).contains(QStringLiteral("+++ ~/.claude/settings.json")));
    QVERIFY(!button(*dialog, "disconnectNow")->isEnabled());
    button(*dialog, "connectNow")->click();
    QVERIFY(settings().contains("ANTHROPIC_BASE_URL"));
    QVERIFY2(result(*dialog).startsWith(u'✓'), qPrintable(result(*dialog)));
    QVERIFY(!button(*dialog, "connectNow")->isEnabled());
    button(*dialog, "disconnectNow")->click();
    QVERIFY(settings().isEmpty());
    QVERIFY(button(*dialog, "connectNow")->isEnabled());
    QCOMPARE(changed.size(), 2);
}

void ConnectTest::everyTargetShowsWhatItWouldWrite_data() {
    QTest::addColumn<int>("target");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* name, ClientTarget target, const char* part) {
        QTest::newRow(name) << static_cast<int>(target) << QString::fromLatin1(part);
    };
    row("session", ClientTarget::Session, "ANTHROPIC_BASE_URL=http://127.0.0.1:8899");
    row("vscode", ClientTarget::VsCode, "+++ ~/.config/Code/User/settings.json");
    row("shell", ClientTarget::Shell, "+++ ~/.bashrc");
    row("graphical", ClientTarget::Graphical, "+++ ~/.config/environment.d/60-sallyport.conf");
}

void ConnectTest::everyTargetShowsWhatItWouldWrite() {
    QFETCH(int, target);
    QFETCH(QString, part);
    const auto dialog = this->dialog();
    choose(*dialog, static_cast<ClientTarget>(target));
    QVERIFY2(shown(*dialog).contains(part), qPrintable(shown(*dialog)));
    const bool isSession = static_cast<ClientTarget>(target) == ClientTarget::Session;
    QCOMPARE(button(*dialog, "connectNow")->isEnabled(), !isSession);
}

void ConnectTest::aKeyThatIsUntickedIsNotInTheDiff() {
    const auto dialog = this->dialog();
    auto* keys = dialog->findChild<QListWidget*>(QStringLiteral("keyChoice"));
    const auto found = keys->findItems(QStringLiteral("NO_PROXY"), Qt::MatchStartsWith);
    QCOMPARE(found.size(), 1);
    QVERIFY(shown(*dialog).contains(QStringLiteral("NO_PROXY")));
    found.front()->setCheckState(Qt::Unchecked);
    QVERIFY(!shown(*dialog).contains(QStringLiteral("NO_PROXY")));
    button(*dialog, "connectNow")->click();
    QVERIFY(!settings().contains("NO_PROXY"));
    QVERIFY(!button(*dialog, "connectNow")->isEnabled());
}

void ConnectTest::anUpstreamGoesIntoTheAddress() {
    const auto dialog = this->dialog();
    dialog->findChild<QComboBox*>(QStringLiteral("profileChoice"))->setCurrentIndex(1);
    QVERIFY(shown(*dialog).contains(QStringLiteral("8899/p/corp")));
}

void ConnectTest::interceptionSaysWhatItLacks() {
    const auto dialog = this->dialog();
    QVERIFY(!dialog->findChild<QRadioButton*>(QStringLiteral("modeIntercept"))->isEnabled());
    QVERIFY(dialog->findChild<QLabel*>(QStringLiteral("interceptNeed"))
                ->text()
                .contains(QStringLiteral("intercept:")));
}

void ConnectTest::aProjectNeedsAFolder() {
    const auto dialog = this->dialog();
    choose(*dialog, ClientTarget::Project);
    QVERIFY(!button(*dialog, "connectNow")->isEnabled());
    QVERIFY(!button(*dialog, "disconnectNow")->isEnabled());
}

void ConnectTest::aSessionIsCopied() {
    const auto dialog = this->dialog();
    choose(*dialog, ClientTarget::Session);
    button(*dialog, "copyInstead")->menu()->actions().front()->trigger();
    QVERIFY(QApplication::clipboard()->text().contains(
        QStringLiteral("export ANTHROPIC_BASE_URL='http://127.0.0.1:8899'")));
    QVERIFY(settings().isEmpty());
}

void ConnectTest::aRequestOfClaudeCodeConfirms() {
    const auto dialog = this->dialog();
    dialog->setLastSeen({{}, QStringLiteral("2.1.329")});
    QVERIFY(!result(*dialog).contains(QStringLiteral("2.1.329")));
    button(*dialog, "connectNow")->click();
    dialog->setLastSeen({{}, QStringLiteral("2.1.329")});
    QVERIFY(result(*dialog).contains(QStringLiteral("2.1.329")));
}

void ConnectTest::theStatusOfATargetHasAWord() {
    ConnectStatus status;
    QCOMPARE(targetStateText(status), QStringLiteral("not connected"));
    status.hasJournal = true;
    QCOMPARE(targetStateText(status), QStringLiteral("! changed since"));
    status.keys = {{QStringLiteral("a"), KeyState::Blocked}};
    QCOMPARE(targetStateText(status), QStringLiteral("! blocked by another file"));
    status.isConnected = true;
    QCOMPARE(targetStateText(status), QStringLiteral("✓ connected"));
}

QTEST_MAIN(ConnectTest)
#include "tst_connect.moc"
