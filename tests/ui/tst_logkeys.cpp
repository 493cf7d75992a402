// SPDX-License-Identifier: MIT
// Everything that can be done in the log window is reached by keys alone, and whatever can be used
// has a name for a screen reader.
#include "tests/ui/demofeed.h"
#include "tests/ui/windowrig.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QDialog>
#include <QMenu>
#include <QSet>
#include <QSignalSpy>
#include <QTabBar>
#include <QToolButton>

#include <algorithm>
#include <array>

using namespace sallyport;

namespace {

constexpr quint64 kCount = 40;

/// Of what a user works with; frames, fillers and the text of a label need no name of their own.
bool needsName(QAccessible::Role role) {
    static constexpr std::array kRoles{
        QAccessible::Button,      QAccessible::ButtonMenu,  QAccessible::ButtonDropDown,
        QAccessible::CheckBox,    QAccessible::RadioButton, QAccessible::ComboBox,
        QAccessible::Table,       QAccessible::Tree,        QAccessible::List,
        QAccessible::PageTab,     QAccessible::PageTabList, QAccessible::EditableText,
        QAccessible::MenuItem,    QAccessible::Graphic,     QAccessible::Chart,
        QAccessible::ColumnHeader};
    return std::find(kRoles.begin(), kRoles.end(), role) != kRoles.end();
}

/// Below `root`, as far as it can be seen.
void findNameless(QAccessibleInterface& root, QStringList& found) {
    for (int i = 0; i < root.childCount(); ++i) {
        QAccessibleInterface* child = root.child(i);
        if (!child || !child->isValid() || child->state().invisible) continue;
        const QAccessible::Role role = child->role();
        if (needsName(role) && child->text(QAccessible::Name).isEmpty())
            found += QStringLiteral("%1 %2 in %3")
                         .arg(role)
                         .arg(child->object() ? child->object()->objectName() : QString(),
                              root.object() ? root.object()->objectName() : QString());
        // Of a table its headers; rows are sentences (tst_ui_logwindow).
        const bool isTable = role == QAccessible::Table || role == QAccessible::Tree;
        if (!isTable) findNameless(*child, found);
    }
}

QString nameless(QWidget& window) {
    QStringList found;
    if (QAccessibleInterface* root = QAccessible::queryAccessibleInterface(&window))
        findNameless(*root, found);
    return found.join(u'\n');
}

} // namespace

class LogKeysTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void aKeyOfItsOwn_data();
    void aKeyOfItsOwn();
    void theMenuOfTheRow_data();
    void theMenuOfTheRow();
    void theMenuOfTheView();
    void tabReachesWhatCanBeUsed();
    void allThatCanBeUsedHasAName();

private:
    [[nodiscard]] QAction* action(const char* name) { return m_rig->part<QAction>(name); }
    /// Ends what an action has opened.
    void closeDialogs() {
        for (QDialog* dialog : m_rig->window.findChildren<QDialog*>())
            dialog->reject();
    }
    [[nodiscard]] QMenu* openRowMenu();

    std::unique_ptr<WindowRig> m_rig;
};

void LogKeysTest::init() {
    m_rig = std::make_unique<WindowRig>();
    m_rig->window.resize(1280, 800);
    QVERIFY(m_rig->show());
    emit m_rig->port.exchangesChanged(demo::batch(kCount, SystemClock().wallNow()));
    QTest::keyClick(&m_rig->table(), Qt::Key_Down);
}

void LogKeysTest::aKeyOfItsOwn_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QKeySequence>("keys");
    const auto row = [](const char* name, const char* keys) {
        QTest::newRow(name) << QByteArray(name) << QKeySequence(QString::fromLatin1(keys));
    };
    row("rowResend", "Ctrl+R");
    row("rowEditResend", "Ctrl+Shift+R");
    row("rowCompare", "Ctrl+D");
    row("rowCopyBash", "Ctrl+Shift+C");
    row("rowCopyReport", "Ctrl+Shift+E");
    row("exportPassing", "Ctrl+E");
}

void LogKeysTest::aKeyOfItsOwn() {
    QFETCH(QByteArray, name);
    QFETCH(QKeySequence, keys);
    // Two rows can be compared, one can be sent again.
    if (name == "rowCompare") QTest::keyClick(&m_rig->table(), Qt::Key_Down, Qt::ShiftModifier);
    QAction* wanted = action(name);
    QVERIFY(wanted && wanted->isEnabled());
    QSignalSpy triggered(wanted, &QAction::triggered);
    QTest::keySequence(&m_rig->window, keys);
    QCOMPARE(triggered.size(), 1);
    closeDialogs();
}

QMenu* LogKeysTest::openRowMenu() {
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {1, 1}, {1, 1});
    QCoreApplication::sendEvent(m_rig->table().viewport(), &event);
    return m_rig->table().findChild<QMenu*>(QStringLiteral("rowMenu"));
}

void LogKeysTest::theMenuOfTheRow_data() {
    QTest::addColumn<QByteArray>("name");
    for (const char* name :
         {"rowResend", "rowEditResend", "rowCompare", "rowCopyUrl", "rowCopyBash", "rowCopyCmd",
          "rowCopyPowerShell", "rowCopyRequestBody", "rowCopyResponseBody", "rowCopyReport",
          "exportSelected", "bundleSelected", "exportPassing"})
        QTest::newRow(name) << QByteArray(name);
}

void LogKeysTest::theMenuOfTheRow() {
    QFETCH(QByteArray, name);
    if (name == "rowCompare") QTest::keyClick(&m_rig->table(), Qt::Key_Down, Qt::ShiftModifier);
    QAction* wanted = action(name);
    QMenu* menu = openRowMenu();
    QVERIFY(wanted && menu);
    QSignalSpy triggered(wanted, &QAction::triggered);
    for (int i = 0; i < menu->actions().size() && menu->activeAction() != wanted; ++i)
        QTest::keyClick(menu, Qt::Key_Down);
    QCOMPARE(menu->activeAction(), wanted);
    QTest::keyClick(menu, Qt::Key_Return);
    QCOMPARE(triggered.size(), 1);
    closeDialogs();
}

/// With the same actions in a menu of it, the health checks, the sessions and the history.
void LogKeysTest::theMenuOfTheView() {
    const QMenu* view = m_rig->part<QToolButton>("viewButton")->menu();
    QSet<QString> names;
    const std::function<void(const QMenu&)> read = [&](const QMenu& menu) {
        for (const QAction* entry : menu.actions()) {
            names += entry->objectName();
            if (entry->menu()) read(*entry->menu());
        }
    };
    read(*view);
    for (const char* name :
         {"rowResend", "rowEditResend", "rowCompare", "rowCopyUrl", "exportSelected",
          "bundleSelected", "exportPassing", "hideHealthChecks", "groupBySession", "detailBeside",
          "historyOlder", "historyKeep", "historyClear", "viewKeys"})
        QVERIFY2(names.contains(QString::fromLatin1(name)), name);
}

void LogKeysTest::tabReachesWhatCanBeUsed() {
    m_rig->table().setFocus();
    QSet<const QWidget*> reached;
    constexpr int kMost = 60;
    for (int i = 0; i < kMost && !reached.contains(QApplication::focusWidget()); ++i) {
        reached += QApplication::focusWidget();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    for (const char* name :
         {"logTable", "filterLine", "pauseButton", "filtersButton", "clearButton", "viewButton",
          "menuButton", "chipHealthChecks", "copyButton"})
        QVERIFY2(reached.contains(m_rig->part<QWidget>(name)), name);
    QVERIFY(reached.contains(m_rig->part<QTabWidget>("detailTabs")->tabBar()));
}

void LogKeysTest::allThatCanBeUsedHasAName() {
    QCOMPARE(nameless(m_rig->window), QString());
    auto* tabs = m_rig->part<QTabWidget>("detailTabs");
    m_rig->window.showExchange(kCount);
    const auto record = demo::record(kCount, SystemClock().wallNow());
    emit m_rig->port.detailChanged(demo::turn(record, 12));
    for (int tab = 0; tab < tabs->count(); ++tab) {
        tabs->setCurrentIndex(tab);
        QCOMPARE(nameless(m_rig->window), QString());
    }
    m_rig->table().setFocus();
    m_rig->press(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    emit m_rig->port.detailChanged(demo::turn(record, 12));
    auto* dialog = m_rig->part<QDialog>("resendDialog");
    QVERIFY(dialog);
    QCOMPARE(nameless(*dialog), QString());
    dialog->reject();
    QTest::keyClick(&m_rig->table(), Qt::Key_Up, Qt::ShiftModifier);
    m_rig->press(Qt::Key_D);
    auto* comparison = m_rig->part<QDialog>("comparisonWindow");
    QVERIFY(comparison);
    QCOMPARE(nameless(*comparison), QString());
}

QTEST_MAIN(LogKeysTest)
#include "tst_logkeys.moc"
