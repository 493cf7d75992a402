// SPDX-License-Identifier: MIT
// Every window of the tray application beside the log, in both languages, light and dark: no text
// is cut, and all can be read. It runs at 1x and, with QT_SCALE_FACTOR, at 1.5x and 2x. With
// SALLYPORT_PICTURES=DIR each is kept as a picture.
#include "app/desktop/desktop.h"
#include "app/desktop/quitquestion.h"
#include "tests/ui/fakeport.h"
#include "tests/ui/windowpictures.h"
#include "ui/doctor/doctorwindow.h"
#include "ui/log/keysheet.h"
#include "ui/readablestyle.h"
#include "ui/resend/resenddialog.h"

#include "resources/resources.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QStyleFactory>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

using namespace sallyport;

namespace {

/// The log, the set-up, the connecting, the settings, the import, the routes, one route.
constexpr int kWindows = 7;

const QByteArray kCcSwitch =
    "{\"claude\": {\"current\": \"a\", \"providers\": {"
    "\"a\": {\"name\": \"Zhipu GLM\", \"settingsConfig\": {\"env\": {\"ANTHROPIC_BASE_URL\": "
    "\"https://open.example/api/anthropic\", \"ANTHROPIC_AUTH_TOKEN\": \"k\", \"ANTHROPIC_MODEL\": "
    "\"glm\"}}}, \"b\": {\"name\": \"OpenRouter\", \"settingsConfig\": {\"env\": "
    "{\"ANTHROPIC_BASE_URL\": \"https://router.example/api\"}}, \"meta\": {\"apiFormat\": "
    "\"openai_chat\"}}}}}";

const QByteArray kRoutes =
    "upstreams:\n"
    "  - name: corp\n"
    "    targets: [{url: \"https://gateway.corp.example/llm\"}]\n"
    "    credential: keychain:corp\n"
    "  - {name: sandbox, sandbox: true}\n"
    "routes:\n"
    "  - name: claude\n"
    "    match: {path: /, methods: [GET, POST]}\n"
    "    upstream: corp\n"
    "    rewrite: {prefix: /api}\n"
    "  - {name: hello, enabled: false, match: {host: api.anthropic.com}, respond: {status: 200}}\n";

QPalette paletteOf(bool isDark) {
    if (!isDark) return QApplication::style()->standardPalette();
    QPalette dark(QColor(0x2d, 0x2f, 0x33), QColor(0x24, 0x26, 0x2a));
    dark.setColor(QPalette::Base, QColor(0x1e, 0x20, 0x23));
    dark.setColor(QPalette::PlaceholderText, QColor(0x8c, 0x90, 0x96));
    return dark;
}

QVector<QWidget*> windows() {
    QVector<QWidget*> shown;
    for (QWidget* widget : QApplication::topLevelWidgets())
        if (widget->isVisible() && !qobject_cast<QMenu*>(widget)) shown.append(widget);
    return shown;
}

QAction* menuAction(const QString& name) {
    for (QWidget* widget : QApplication::topLevelWidgets())
        if (auto* action = widget->findChild<QAction*>(name)) return action;
    return nullptr;
}

/// Says each state once, with evidence and a way out.
class FakeDoctor : public DoctorInterface {
public:
    void startChecks() override {
        constexpr CheckState kStates[] = {CheckState::Ok, CheckState::Warning, CheckState::Fault,
                                          CheckState::NotChecked};
        std::size_t at = 0;
        for (const CheckId id : allChecks()) {
            CheckResult result{
                id, kStates[at++ % std::size(kStates)],
                QStringLiteral("HTTPS_PROXY is set, and NO_PROXY has no 127.0.0.1.")};
            result.evidence = {{QStringLiteral("HTTPS_PROXY = http://proxy.corp.example:3128"),
                                QStringLiteral("/home/a/.claude/settings.json"), 7}};
            if (result.isFinding())
                result.fix = CheckFix{CheckFix::Kind::SetSettings,
                                      QStringLiteral("Sets NO_PROXY in settings.json"),
                                      {}};
            emit checked(result);
        }
        emit checksFinished();
    }
    void cancelChecks() override {}
    void applyFixOf(const CheckResult&) override {}
};

} // namespace

class DialogsTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        registerResources();
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        ReadableStyle::install();
        qputenv("CLAUDE_CONFIG_DIR", m_home.filePath(QStringLiteral("claude")).toUtf8());
        qputenv("HOME", m_home.path().toUtf8());
        QVERIFY(QDir(m_home.path()).mkpath(QStringLiteral(".cc-switch")));
        QFile found(m_home.filePath(QStringLiteral(".cc-switch/config.json")));
        QVERIFY(found.open(QFile::WriteOnly) && found.write(kCcSwitch) > 0);
        qputenv("XDG_CONFIG_HOME", m_home.filePath(QStringLiteral("xdg")).toUtf8());
    }
    void everyTextCanBeRead_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<bool>("isDark");
        QTest::newRow("en-light") << QStringLiteral("en") << false;
        QTest::newRow("en-dark") << QStringLiteral("en") << true;
        QTest::newRow("zh-light") << QStringLiteral("zh_CN") << false;
        QTest::newRow("zh-dark") << QStringLiteral("zh_CN") << true;
    }
    void everyTextCanBeRead();

private:
    void openAll(FakePort& engine) const;
    void look(QWidget& window, const QString& scene);
    void lookAtAll();
    void lookAtConnect(QWidget& dialog);
    void lookAtPreferences(QWidget& dialog);
    void lookAtSetup(FakePort& engine, QWidget& dialog);
    void lookAtQuestions();
    void lookAtDoctor();
    void lookAtResend();
    void lookAtMenus();
    QTemporaryDir m_home;
    WindowPictures m_pictures{QStringLiteral("window")};
};

void DialogsTest::openAll(FakePort& engine) const {
    EngineStatus status;
    status.state = EngineStatus::State::Running;
    status.address = QStringLiteral("127.0.0.1:8899");
    emit engine.tokenChanged(QStringLiteral("sp-0123456789abcdef"));
    emit engine.statusChanged(status);
    ConfigSummary summary;
    summary.hasRoutesFile = true;
    summary.upstreams = {QStringLiteral("corp")};
    summary.destination = {QStringLiteral("corp"), QStringLiteral("gateway.corp.example"), false};
    emit engine.configChanged(summary);
    for (const char* name : {"traySetUp", "trayConnect", "traySettings", "trayEditRoutes"}) {
        QAction* action = menuAction(QLatin1String(name));
        QVERIFY2(action, name);
        action->trigger();
    }
    for (QWidget* widget : QApplication::topLevelWidgets())
        if (auto* open = widget->findChild<QPushButton*>(QStringLiteral("importConfig")))
            open->click();
    QAction* edit = menuAction(QStringLiteral("editRoute"));
    QVERIFY(edit);
    edit->trigger();
    auto* request = edit->parent()->findChild<QLineEdit*>(QStringLiteral("explainRequest"));
    QVERIFY(request);
    request->setText(QStringLiteral("POST /v1/messages"));
}

void DialogsTest::look(QWidget& window, const QString& scene) {
    const QString own = window.objectName().isEmpty()
                            ? QString::fromLatin1(window.metaObject()->className())
                            : window.objectName();
    // What is selected in a line is painted twice, once in the colour of what is not.
    for (auto* line : window.findChildren<QLineEdit*>())
        line->deselect();
    const auto texts = m_pictures.look(
        window, own.section(u':', -1) + (scene.isEmpty() ? scene : QString(u'-' + scene)));
    QVERIFY(!texts.isEmpty());
}

void DialogsTest::lookAtAll() {
    const auto all = windows();
    QVERIFY(all.size() >= kWindows);
    for (QWidget* window : all) {
        QVERIFY(QTest::qWaitForWindowExposed(window));
        if (window->objectName() == QLatin1String("connectDialog"))
            lookAtConnect(*window);
        else if (window->objectName() == QLatin1String("preferencesDialog"))
            lookAtPreferences(*window);
        else
            look(*window, {});
    }
}

void DialogsTest::lookAtConnect(QWidget& dialog) {
    auto* targets = dialog.findChild<QListWidget*>(QStringLiteral("connectTargets"));
    for (int row = 0; row < targets->count(); ++row) {
        targets->setCurrentRow(row);
        look(dialog, QString::number(row));
    }
    targets->setCurrentRow(1);
    dialog.findChild<QPushButton*>(QStringLiteral("connectNow"))->click();
    look(dialog, QStringLiteral("connected"));
    dialog.findChild<QPushButton*>(QStringLiteral("disconnectNow"))->click();
    look(dialog, QStringLiteral("disconnected"));
}

void DialogsTest::lookAtPreferences(QWidget& dialog) {
    auto* tabs = dialog.findChild<QTabWidget*>();
    for (int page = 0; page < tabs->count(); ++page) {
        tabs->setCurrentIndex(page);
        look(dialog, QString::number(page));
    }
    auto* upstreams = dialog.findChild<QListWidget*>(QStringLiteral("upstreamList"));
    upstreams->setCurrentRow(1);
    look(dialog, QStringLiteral("sandbox"));
}

void DialogsTest::lookAtSetup(FakePort& engine, QWidget& dialog) {
    dialog.findChild<QLineEdit*>(QStringLiteral("gatewayUrl"))
        ->setText(QStringLiteral("https://other.corp.example/llm"));
    look(dialog, QStringLiteral("changed"));
    UpstreamTestResult tested;
    tested.verdict = UpstreamTestVerdict::CredentialRefused;
    tested.detail = QStringLiteral("other.corp.example answered 401: no such key");
    emit engine.upstreamTestFinished(tested);
    look(dialog, QStringLiteral("refused"));
    dialog.findChild<QPushButton*>(QStringLiteral("saveSetup"))->click();
    look(dialog, QStringLiteral("done"));
}

void DialogsTest::lookAtQuestions() {
    QuitQuestion question(nullptr);
    question.setAttribute(Qt::WA_DeleteOnClose, false);
    question.show();
    look(question, {});
    QWidget parent;
    showKeySheet(&parent);
    look(*parent.findChild<QMessageBox*>(), {});
}

void DialogsTest::lookAtDoctor() {
    FakeDoctor doctor;
    DoctorWindow window(doctor);
    window.show();
    look(window, QStringLiteral("doctor"));
}

void DialogsTest::lookAtResend() {
    ResendDraft draft;
    draft.request.method = "POST";
    draft.request.target = "/v1/messages?beta=true";
    draft.withheld = {QStringLiteral("authorization"), QStringLiteral("cookie")};
    ResendDialog dialog(draft, {QStringLiteral("corp"), QStringLiteral("sandbox")});
    dialog.show();
    look(dialog, {});
}

/// Of the tray and of the window, with those that open from them.
void DialogsTest::lookAtMenus() {
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        auto* menu = qobject_cast<QMenu*>(widget);
        if (!menu || menu->isEmpty() || menu->objectName().isEmpty()) continue;
        // What cannot be chosen is faint on purpose.
        for (QAction* action : menu->actions()) {
            action->setEnabled(true);
            if (action->menu()) action->menu()->setEnabled(true);
        }
        menu->popup({});
        look(*menu, {});
        menu->hide();
    }
}

void DialogsTest::everyTextCanBeRead() {
    QFETCH(QString, language);
    QFETCH(bool, isDark);
    m_pictures.clear();
    QTranslator translator;
    QVERIFY(translator.load(QStringLiteral(":/i18n/sallyport_") + language));
    QApplication::installTranslator(&translator);
    QApplication::setPalette(paletteOf(isDark));
    const QTemporaryDir folder;
    StartOptions options;
    options.configDir = folder.filePath(QStringLiteral("config"));
    options.stateDir = folder.filePath(QStringLiteral("state"));
    QVERIFY(QDir().mkpath(options.configDir) && QDir().mkpath(options.stateDir));
    QFile file(options.configDir + QStringLiteral("/routes.yaml"));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(kRoutes);
    file.close();
    {
        FakePort engine;
        Desktop desktop(engine, options);
        desktop.showWindow();
        openAll(engine);
        lookAtAll();
        for (QWidget* window : windows())
            if (window->objectName() == QLatin1String("setupDialog")) lookAtSetup(engine, *window);
        lookAtMenus();
    }
    lookAtQuestions();
    lookAtDoctor();
    lookAtResend();
    QApplication::removeTranslator(&translator);
    QCOMPARE(m_pictures.faults().size(), 0);
}

QTEST_MAIN(DialogsTest)
#include "tst_dialogs.moc"
