// SPDX-License-Identifier: MIT
// The language is switched while every window is open: all of them are open afterwards, and no text
// of the language before is left in a window or menu.
#include "app/desktop/translateddesktop.h"
#include "tests/ui/fakeport.h"

#include "resources/resources.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QHash>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>
#include <QXmlStreamReader>

using namespace sallyport;

namespace {

void speak(FakePort& engine) {
    EngineStatus status;
    status.state = EngineStatus::State::Running;
    status.address = QStringLiteral("127.0.0.1:8899");
    ConfigSummary summary;
    summary.hasRoutesFile = true;
    summary.upstreams = {QStringLiteral("corp")};
    summary.destination = {QStringLiteral("corp"), QStringLiteral("gw.example"), false};
    emit engine.tokenChanged(QStringLiteral("sp-0123456789abcdef"));
    emit engine.configChanged(summary);
    emit engine.statusChanged(status);
}

QString plain(QString text) {
    static const QRegularExpression mnemonic(QStringLiteral("\\([&_]\\w\\)"));
    return text.remove(mnemonic).remove(u'&');
}

/// English texts with another one in Chinese.
QHash<QString, QString> translations() {
    QHash<QString, QString> table;
    QFile file(QStringLiteral(SALLYPORT_SOURCE_DIR "/resources/translations/sallyport_zh_CN.ts"));
    if (!file.open(QFile::ReadOnly)) return table;
    QXmlStreamReader xml(&file);
    QString source;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        if (xml.name() == QLatin1String("source")) source = plain(xml.readElementText());
        if (xml.name() != QLatin1String("translation")) continue;
        const QString text = plain(xml.readElementText(QXmlStreamReader::IncludeChildElements));
        if (text != source) table.insert(source, text);
    }
    return table;
}

void addItems(const QAbstractItemModel& model, const QModelIndex& parent, QStringList& texts) {
    for (int row = 0; row < std::min(model.rowCount(parent), 50); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column)
            texts << model.index(row, column, parent).data().toString();
        addItems(model, model.index(row, 0, parent), texts);
    }
}

/// What an object shows, or tells to a screen reader.
QStringList textsOf(const QObject& object) {
    QStringList texts;
    for (const char* name : {"text", "windowTitle", "toolTip", "placeholderText", "title",
                             "accessibleName", "accessibleDescription", "statusTip"})
        texts << object.property(name).toString();
    if (const auto* tabs = qobject_cast<const QTabBar*>(&object))
        for (int i = 0; i < tabs->count(); ++i)
            texts << tabs->tabText(i) << tabs->tabToolTip(i);
    if (const auto* box = qobject_cast<const QComboBox*>(&object))
        for (int i = 0; i < box->count(); ++i)
            texts << box->itemText(i);
    const auto* view = qobject_cast<const QAbstractItemView*>(&object);
    if (!view || !view->model() || qobject_cast<const QComboBox*>(view->parent())) return texts;
    for (int i = 0; i < view->model()->columnCount(); ++i)
        texts << view->model()->headerData(i, Qt::Horizontal).toString();
    addItems(*view->model(), {}, texts);
    return texts;
}

/// Of all windows that are open and all menus, each with its place.
QStringList shownTexts() {
    QStringList texts;
    for (const QWidget* top : QApplication::topLevelWidgets()) {
        if (!top || (!top->isVisible() && !qobject_cast<const QMenu*>(top))) continue;
        QList<const QObject*> objects{top};
        for (const QObject* child : top->findChildren<QObject*>())
            objects << child;
        for (const QObject* object : objects)
            for (const QString& text : textsOf(*object))
                if (!text.isEmpty())
                    texts << text + QStringLiteral("  [") + top->objectName() + u' ' +
                                 QLatin1String(object->metaObject()->className()) + u' ' +
                                 object->objectName() + u']';
    }
    return texts;
}

bool isChinese(const QString& text) {
    return std::any_of(text.begin(), text.end(),
                       [](QChar c) { return c.script() == QChar::Script_Han; });
}

QStringList openWindows() {
    QStringList names;
    for (const QWidget* widget : QApplication::topLevelWidgets())
        if (widget && widget->isVisible() && !widget->objectName().isEmpty())
            names << widget->objectName();
    names.sort();
    return names;
}

template <typename T>
T* find(const char* name) {
    for (QWidget* widget : QApplication::topLevelWidgets())
        if (auto* found = widget->findChild<T*>(QLatin1String(name))) return found;
    return nullptr;
}

/// Also one that belongs to no widget.
QAction* findAction(const char* name) {
    for (const QWidget* widget : QApplication::allWidgets())
        for (QAction* action : widget->actions())
            if (action->objectName() == QLatin1String(name)) return action;
    return nullptr;
}

} // namespace

class LanguageSwitchTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        registerResources();
        qputenv("CLAUDE_CONFIG_DIR", m_home.filePath(QStringLiteral("claude")).toUtf8());
        qputenv("HOME", m_home.path().toUtf8());
        qputenv("XDG_CONFIG_HOME", m_home.filePath(QStringLiteral("xdg")).toUtf8());
        m_options.configDir = m_home.filePath(QStringLiteral("config"));
        m_options.stateDir = m_home.filePath(QStringLiteral("state"));
        QVERIFY(QDir().mkpath(m_options.configDir) && QDir().mkpath(m_options.stateDir));
        QFile file(m_options.configDir + QStringLiteral("/routes.yaml"));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write("upstreams: [{name: corp, targets: [{url: \"https://gw.example\"}]}]\n"
                   "routes: [{name: claude, upstream: corp}]\n");
    }
    void everyWindowIsInTheOtherLanguage();
    void theFilterAndWhatIsHalfEnteredStay();
    void theChoiceIsRemembered();

private:
    void choose(int index) const;

    QTemporaryDir m_home;
    StartOptions m_options;
};

void LanguageSwitchTest::choose(int index) const {
    auto* box = find<QComboBox>("languageChoice");
    QVERIFY(box);
    box->setCurrentIndex(index);
    emit box->activated(index);
    // The switch is queued, and windows are deleted after it.
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void LanguageSwitchTest::everyWindowIsInTheOtherLanguage() {
    FakePort engine;
    Language language(*qApp, LanguageChoice::English);
    TranslatedDesktop desktop(engine, m_options, language);
    desktop.start();
    speak(engine);
    ExchangeRecord record;
    record.id = 7;
    record.method = "POST";
    record.target = QStringLiteral("/v1/messages");
    emit engine.exchangesChanged({record});
    for (const char* name : {"openStatistics", "trayDoctor", "traySetUp", "trayConnect",
                             "trayEditRoutes", "traySettings"}) {
        QAction* action = findAction(name);
        QVERIFY2(action, name);
        action->trigger();
    }
    find<QPushButton>("importConfig")->click();
    const QStringList before = openWindows();
    QVERIFY2(before.size() >= 7, qPrintable(before.join(u' ')));
    const auto table = translations();
    QVERIFY(table.size() > 500);
    for (const int index : {2, 1, 2}) {
        choose(index);
        QCOMPARE(openWindows(), before);
        QStringList left;
        for (const QString& text : shownTexts()) {
            const QString own = text.section(QStringLiteral("  ["), 0, -2);
            const bool isOwnName =
                own == QStringLiteral("简体中文") || own == QStringLiteral("English");
            if (isOwnName) continue;
            if (index == 1 ? isChinese(own) : table.contains(plain(own))) left << text;
        }
        QVERIFY2(left.isEmpty(), qPrintable(left.join(u'\n')));
    }
    const auto rows = shownTexts().filter(QStringLiteral("/v1/messages"));
    QVERIFY(!rows.isEmpty());
}

void LanguageSwitchTest::theFilterAndWhatIsHalfEnteredStay() {
    FakePort engine;
    Language language(*qApp, LanguageChoice::English);
    TranslatedDesktop desktop(engine, m_options, language);
    desktop.start();
    speak(engine);
    for (const char* name : {"trayConnect", "trayEditRoutes", "traySettings", "traySetUp"})
        findAction(name)->trigger();
    find<QLineEdit>("filterLine")->setText(QStringLiteral("status:>=400"));
    find<QLineEdit>("gatewayUrl")->setText(QStringLiteral("https://half"));
    find<QRadioButton>("asApiKey")->setChecked(true);
    find<QTabWidget>("preferencesPages")->setCurrentIndex(1);
    find<QPushButton>("addUpstream")->click();
    find<QLineEdit>("upstreamName")->setText(QStringLiteral("new"));
    find<QPlainTextEdit>("upstreamUrls")->setPlainText(QStringLiteral("https://a\nhttps://b"));
    find<QComboBox>("credentialSource")->setCurrentIndex(1);
    find<QLineEdit>("credentialKey")->setText(QStringLiteral("typed"));
    find<QListWidget>("keyChoice")->item(0)->setCheckState(Qt::Unchecked);
    find<QLineEdit>("explainRequest")->setText(QStringLiteral("/v1/models"));
    findAction("editRoute")->trigger();
    find<QLineEdit>("routePath")->setText(QStringLiteral("/half"));
    find<QPlainTextEdit>("routeRules")->setPlainText(QStringLiteral("rate: {requests: 1}"));
    for (const int index : {2, 1, 2}) {
        choose(index);
        QCOMPARE(find<QLineEdit>("filterLine")->text(), QStringLiteral("status:>=400"));
        QCOMPARE(find<QLineEdit>("gatewayUrl")->text(), QStringLiteral("https://half"));
        QVERIFY(find<QRadioButton>("asApiKey")->isChecked());
        QCOMPARE(find<QTabWidget>("preferencesPages")->currentIndex(), 1);
        QCOMPARE(find<QListWidget>("upstreamList")->currentRow(), -1);
        QCOMPARE(find<QLineEdit>("upstreamName")->text(), QStringLiteral("new"));
        QCOMPARE(find<QPlainTextEdit>("upstreamUrls")->toPlainText(),
                 QStringLiteral("https://a\nhttps://b"));
        QCOMPARE(find<QComboBox>("credentialSource")->currentIndex(), 1);
        QCOMPARE(find<QLineEdit>("credentialKey")->text(), QStringLiteral("typed"));
        QCOMPARE(find<QListWidget>("keyChoice")->item(0)->checkState(), Qt::Unchecked);
        QCOMPARE(find<QLineEdit>("explainRequest")->text(), QStringLiteral("/v1/models"));
        QCOMPARE(find<QLineEdit>("routePath")->text(), QStringLiteral("/half"));
        QCOMPARE(find<QPlainTextEdit>("routeRules")->toPlainText(),
                 QStringLiteral("rate: {requests: 1}"));
    }
}

void LanguageSwitchTest::theChoiceIsRemembered() {
    QSettings settings(Preferences::fileIn(m_options.stateDir), QSettings::IniFormat);
    QCOMPARE(Preferences(settings).languageChoice(), LanguageChoice::Chinese);
    Language language(*qApp, LanguageChoice::Chinese);
    QVERIFY(isChinese(PreferencesDialog::tr("Close")));
    language.choose(LanguageChoice::English);
    QCOMPARE(PreferencesDialog::tr("Close"), QStringLiteral("Close"));
    QCOMPARE(QLocale().language(), QLocale::English);
}

QTEST_MAIN(LanguageSwitchTest)
#include "tst_languageswitch.moc"
