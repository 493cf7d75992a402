// SPDX-License-Identifier: MIT
#include "ui/filter/filtermenu.h"

#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

class TestFilterMenu : public QObject {
    Q_OBJECT
private slots:
    void init();
    void theArrowsGoThroughWhatWasUsed();
    void aDraftIsFoundAgain();
    void aMistakeIsNotKept();
    void theHistoryIsRememberedAndBounded();
    void aFilterIsSavedUnderANameAndChosen();
    void aNameIsChangedAndDeleted();

private:
    void use(const char* text);
    void answer(const char* name);
    /// The texts of what the menu, or a submenu of it, has.
    QStringList entries(const char* submenu = nullptr);
    void trigger(const QString& text, const char* submenu = nullptr);

    QTemporaryDir m_dir;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<FilterLine> m_line;
    std::unique_ptr<FilterMenu> m_menu;
};

void TestFilterMenu::init() {
    m_menu.reset();
    m_settings =
        std::make_unique<QSettings>(m_dir.filePath(QStringLiteral("ui.ini")), QSettings::IniFormat);
    m_settings->clear();
    m_line = std::make_unique<FilterLine>();
    m_menu = std::make_unique<FilterMenu>(*m_line, *m_settings);
}

void TestFilterMenu::use(const char* text) {
    m_line->setText(QString::fromUtf8(text));
    QTest::keyClick(m_line.get(), Qt::Key_Return);
}

QStringList TestFilterMenu::entries(const char* submenu) {
    emit m_menu->aboutToShow();
    const QMenu* menu =
        submenu ? m_menu->findChild<QMenu*>(QString::fromLatin1(submenu)) : m_menu.get();
    QStringList texts;
    if (!menu) return texts;
    for (const QAction* action : menu->actions())
        if (!action->isSeparator() && !action->menu()) texts += action->text();
    return texts;
}

void TestFilterMenu::trigger(const QString& text, const char* submenu) {
    static_cast<void>(entries());
    const QMenu* menu =
        submenu ? m_menu->findChild<QMenu*>(QString::fromLatin1(submenu)) : m_menu.get();
    QVERIFY(menu);
    for (QAction* action : menu->actions())
        if (action->text() == text) {
            action->trigger();
            return;
        }
    QFAIL(qPrintable(text));
}

void TestFilterMenu::answer(const char* name) {
    auto* question = m_line->findChild<QInputDialog*>(QStringLiteral("filterName"));
    QVERIFY(question);
    question->setTextValue(QString::fromUtf8(name));
    question->accept();
    QTRY_VERIFY(!m_line->findChild<QInputDialog*>(QStringLiteral("filterName")));
}

void TestFilterMenu::theArrowsGoThroughWhatWasUsed() {
    use("one");
    use("two");
    use("one");
    QCOMPARE(m_line->history().entries().join(u' '), QStringLiteral("one two"));
    m_line->clear();
    QTest::keyClick(m_line.get(), Qt::Key_Up);
    QCOMPARE(m_line->text(), QStringLiteral("one"));
    QTest::keyClick(m_line.get(), Qt::Key_Up);
    QCOMPARE(m_line->text(), QStringLiteral("two"));
    QTest::keyClick(m_line.get(), Qt::Key_Up);
    QCOMPARE(m_line->text(), QStringLiteral("two"));
    QTest::keyClick(m_line.get(), Qt::Key_Down);
    QCOMPARE(m_line->text(), QStringLiteral("one"));
    const QSignalSpy changes(m_line.get(), &FilterLine::queryChanged);
    m_line->applyNow();
    QCOMPARE(changes.size(), 1);
}

void TestFilterMenu::aDraftIsFoundAgain() {
    use("one");
    m_line->setText(QStringLiteral("half a"));
    QTest::keyClick(m_line.get(), Qt::Key_Up);
    QTest::keyClick(m_line.get(), Qt::Key_Down);
    QCOMPARE(m_line->text(), QStringLiteral("half a"));
    QTest::keyClick(m_line.get(), Qt::Key_Down);
    QCOMPARE(m_line->text(), QStringLiteral("half a"));
}

void TestFilterMenu::aMistakeIsNotKept() {
    use("status:");
    use("  ");
    QVERIFY(m_line->history().entries().isEmpty());
}

void TestFilterMenu::theHistoryIsRememberedAndBounded() {
    for (int i = 0; i < 60; ++i)
        use(QByteArray::number(1000 + i).constData());
    FilterLine other;
    const FilterMenu menu(other, *m_settings);
    QCOMPARE(other.history().entries().size(), FilterHistory::kMaxEntries);
    QCOMPARE(other.history().entries().first(), QStringLiteral("1059"));
    QCOMPARE(entries("filterRecent").size(), 10);
}

void TestFilterMenu::aFilterIsSavedUnderANameAndChosen() {
    m_line->setText(QStringLiteral("status:>=500 model:haiku"));
    m_line->applyNow();
    trigger(FilterMenu::tr("Save this filter…"));
    answer("bad & haiku");
    m_line->clear();
    QVERIFY(entries().contains(QStringLiteral("bad && haiku")));
    const QSignalSpy changes(m_line.get(), &FilterLine::queryChanged);
    trigger(QStringLiteral("bad && haiku"));
    QCOMPARE(m_line->text(), QStringLiteral("status:>=500 model:haiku"));
    QCOMPARE(changes.size(), 1);
    m_line->clear();
    static_cast<void>(entries());
    QVERIFY(!m_menu->findChild<QAction*>(QStringLiteral("filterSave"))->isEnabled());
}

void TestFilterMenu::aNameIsChangedAndDeleted() {
    for (const char* name : {"b", "a"}) {
        m_line->setText(QString::fromLatin1(name) + QLatin1String("-text"));
        trigger(FilterMenu::tr("Save this filter…"));
        answer(name);
    }
    QCOMPARE(entries("filterRename").join(u' '), QStringLiteral("a b"));
    trigger(QStringLiteral("a"), "filterRename");
    answer("c");
    QCOMPARE(entries("filterRename").join(u' '), QStringLiteral("b c"));
    trigger(QStringLiteral("c"));
    QCOMPARE(m_line->text(), QStringLiteral("a-text"));
    trigger(QStringLiteral("b"), "filterDelete");
    QCOMPARE(entries("filterDelete").join(u' '), QStringLiteral("c"));
}

QTEST_MAIN(TestFilterMenu)
#include "tst_filtermenu.moc"
