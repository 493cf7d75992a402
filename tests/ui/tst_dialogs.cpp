// SPDX-License-Identifier: MIT
// Every window of the tray application, in both languages, light and dark: no text is cut. It runs
// at 1x and, with QT_SCALE_FACTOR, at 1.5x and 2x. With SALLYPORT_PICTURES=DIR each is kept as a
// picture.
#include "app/desktop/desktop.h"
#include "tests/ui/clippedtexts.h"
#include "tests/ui/fakeport.h"

#include "resources/resources.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
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

} // namespace

class DialogsTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        registerResources();
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        qputenv("CLAUDE_CONFIG_DIR", m_home.filePath(QStringLiteral("claude")).toUtf8());
        qputenv("HOME", m_home.path().toUtf8());
        QVERIFY(QDir(m_home.path()).mkpath(QStringLiteral(".cc-switch")));
        QFile found(m_home.filePath(QStringLiteral(".cc-switch/config.json")));
        QVERIFY(found.open(QFile::WriteOnly) && found.write(kCcSwitch) > 0);
        qputenv("XDG_CONFIG_HOME", m_home.filePath(QStringLiteral("xdg")).toUtf8());
    }
    void noTextIsCut_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<bool>("isDark");
        QTest::newRow("en-light") << QStringLiteral("en") << false;
        QTest::newRow("en-dark") << QStringLiteral("en") << true;
        QTest::newRow("zh-light") << QStringLiteral("zh_CN") << false;
        QTest::newRow("zh-dark") << QStringLiteral("zh_CN") << true;
    }
    void noTextIsCut();

private:
    void openAll(FakePort& engine) const;
    void keepPicture(QWidget& window, int page) const;
    [[nodiscard]] QStringList faultsOf(QWidget& window) const;
    QTemporaryDir m_home;
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

void DialogsTest::keepPicture(QWidget& window, int page) const {
    const QString folder = qEnvironmentVariable("SALLYPORT_PICTURES");
    if (folder.isEmpty()) return;
    QDir().mkpath(folder);
    const QString own = window.objectName().isEmpty()
                            ? QString::fromLatin1(window.metaObject()->className())
                            : window.objectName();
    const QString name = QStringLiteral("%1-%2-%3-%4x.png")
                             .arg(own.section(u':', -1), QString::number(page),
                                  QLatin1String(QTest::currentDataTag()))
                             .arg(window.devicePixelRatio());
    QVERIFY(window.grab().save(QDir(folder).filePath(name)));
}

QStringList DialogsTest::faultsOf(QWidget& window) const {
    QStringList faults;
    auto* tabs = window.findChild<QTabWidget*>();
    const bool hasPages = tabs && window.objectName() == QLatin1String("preferencesDialog");
    for (int i = 0; i < (hasPages ? tabs->count() : 1); ++i) {
        if (hasPages) tabs->setCurrentIndex(i);
        QCoreApplication::processEvents();
        for (const QString& fault : clippedTexts(window))
            faults += window.objectName() + QStringLiteral(": ") + fault;
        keepPicture(window, i);
    }
    return faults;
}

void DialogsTest::noTextIsCut() {
    QFETCH(QString, language);
    QFETCH(bool, isDark);
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
    FakePort engine;
    Desktop desktop(engine, options);
    desktop.showWindow();
    openAll(engine);
    QVERIFY(windows().size() >= kWindows);
    QStringList faults;
    for (QWidget* window : windows()) {
        QVERIFY(QTest::qWaitForWindowExposed(window));
        faults += faultsOf(*window);
    }
    QApplication::removeTranslator(&translator);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

QTEST_MAIN(DialogsTest)
#include "tst_dialogs.moc"
