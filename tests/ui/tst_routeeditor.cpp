// SPDX-License-Identifier: MIT
#include "ui/routes/routeeditor.h"

#include <QAccessible>
#include <QHeaderView>
#include <QLineEdit>
#include <QMimeData>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

namespace {

const QByteArray kText = "# mine\n"
                         "upstreams:\n"
                         "  - {name: corp, targets: [{url: \"https://gw.example/llm\"}]}\n"
                         "routes:\n"
                         "  # one\n"
                         "  - name: a\n"
                         "    match: {path: /a}\n"
                         "    upstream: corp\n"
                         "  - name: b   # two\n"
                         "    match: {path: /b}\n"
                         "    block: true\n";

} // namespace

/// The editor over a file of its own, worked by the keyboard.
class RouteEditorTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        write(kText);
        m_editor = std::make_unique<RouteEditor>(m_dir->path());
        m_editor->show();
        m_editor->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_editor.get()));
        table()->setFocus();
    }
    void cleanup() { m_editor.reset(); }

    void spaceSwitchesOneLine() {
        QTest::keyClick(table(), Qt::Key_Space);
        QByteArray expected = kText;
        QCOMPARE(read(), expected.replace("- name: a\n", "- name: a\n    enabled: false\n"));
        QVERIFY(find<DiffView>("routesDiff")
                    ->toPlainText()
                    .contains(QLatin1String("+    enabled: false")));
        QTest::keyClick(m_editor.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(read(), kText);
        QTest::keyClick(m_editor.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(read(), expected);
    }
    void altDownMovesWithTheComments() {
        QTest::keyClick(table(), Qt::Key_Down, Qt::AltModifier);
        QVERIFY2(read().endsWith("routes:\n  - name: b   # two\n    match: {path: /b}\n    block: "
                                 "true\n  # one\n  - name: a\n    match: {path: /a}\n    upstream: "
                                 "corp\n"),
                 read().constData());
        QCOMPARE(table()->currentIndex().row(), 1);
        QTest::keyClick(table(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(read(), kText);
    }
    void aRowThatIsDraggedIsMoved() {
        QAbstractItemModel* model = table()->model();
        const std::unique_ptr<QMimeData> data(model->mimeData({model->index(1, 0)}));
        model->dropMimeData(data.get(), Qt::MoveAction, 0, 0, {});
        QVERIFY(read().indexOf("name: b") < read().indexOf("name: a"));
    }
    void aRouteIsTakenOut() {
        QTest::keyClick(table(), Qt::Key_Delete, Qt::ControlModifier);
        QVERIFY(!read().contains("name: a"));
        QVERIFY(read().contains("# two"));
        QCOMPARE(table()->model()->rowCount(), 1);
    }
    void theFormChangesOneKey() {
        QTest::keyClick(table(), Qt::Key_F2);
        auto* form = m_editor->findChild<RouteDialog*>();
        QVERIFY(form);
        form->findChild<QLineEdit*>(QStringLiteral("routePath"))->setText(QStringLiteral("no"));
        QVERIFY(!form->findChild<QPushButton*>(QStringLiteral("saveRoute"))->isEnabled());
        QVERIFY(!form->findChild<QLabel*>(QStringLiteral("routeProblem"))->isHidden());
        form->findChild<QLineEdit*>(QStringLiteral("routePath"))->setText(QStringLiteral("/x"));
        QVERIFY(form->findChild<DiffView*>(QStringLiteral("routeDiff"))
                    ->toPlainText()
                    .contains(QLatin1String("+    match: {path: /x}")));
        form->findChild<QPushButton*>(QStringLiteral("saveRoute"))->click();
        QByteArray expected = kText;
        QCOMPARE(read(), expected.replace("/a}", "/x}"));
    }
    void everyTemplateGivesARoute_data() {
        QTest::addColumn<RouteTemplate>("kind");
        QTest::newRow("a gateway") << RouteTemplate::Gateway;
        QTest::newRow("the sandbox") << RouteTemplate::Sandbox;
        QTest::newRow("an answer") << RouteTemplate::Answer;
        QTest::newRow("a block") << RouteTemplate::Block;
    }
    void everyTemplateGivesARoute() {
        QFETCH(RouteTemplate, kind);
        m_editor->findChild<QAction*>(QStringLiteral("template%1").arg(static_cast<int>(kind)))
            ->trigger();
        auto* form = m_editor->findChild<RouteDialog*>();
        QVERIFY(form);
        auto* save = form->findChild<QPushButton*>(QStringLiteral("saveRoute"));
        QVERIFY2(save->isEnabled(),
                 qPrintable(form->findChild<QLabel*>(QStringLiteral("routeProblem"))->text()));
        save->click();
        QCOMPARE(table()->model()->rowCount(), 3);
        QVERIFY(read().startsWith(kText));
    }
    void aSecondProviderHasAPathOfItsOwn() {
        auto file = parseRoutes("upstreams: [{name: a, targets: [{url: http://a}]}, {name: b, "
                                "targets: [{url: http://b}]}]\nroutes: [{name: r, upstream: a}]",
                                QStringLiteral("routes.yaml"));
        const RouteFields fields = templateFields(RouteTemplate::SecondProvider, *file);
        QCOMPARE(fields.actionValue, QStringLiteral("b"));
        QCOMPARE(fields.path, QStringLiteral("/b"));
        QCOMPARE(fields.rewrite, QStringLiteral("/"));
    }
    void thePresetIsAddedAndUndone() {
        m_editor->findChild<QAction*>(QStringLiteral("templateIntranet"))->trigger();
        QVERIFY(read().contains("intranet-hello"));
        m_editor->findChild<QAction*>(QStringLiteral("undoRoutes"))->trigger();
        QCOMPARE(read(), kText);
    }
    void theExplanationSelectsTheRoute() {
        find<QLineEdit>("explainRequest")->setText(QStringLiteral("POST /b/x"));
        QCOMPARE(table()->currentIndex().row(), 1);
        const QString text = find<QLabel>("explainResult")->text();
        QVERIFY2(text.contains(QLatin1String("403")), qPrintable(text));
        m_editor->setPort(1234);
        find<QLineEdit>("explainRequest")->setText(QStringLiteral("http://127.0.0.1:1234/a"));
        QVERIFY(find<QLabel>("explainResult")->text().contains(QLatin1String("corp")));
        find<QLineEdit>("explainRequest")->setText(QStringLiteral("curl '"));
        QVERIFY(find<QLabel>("explainResult")->text().contains(QLatin1String("quote")));
    }
    void aFileThatIsChangedBesideIsTheTruth() {
        const QByteArray theirs = kText + "  - {name: c, match: {path: /c}, block: true}\n";
        write(theirs);
        QTRY_COMPARE(table()->model()->rowCount(), 3);
        QVERIFY(!m_editor->findChild<QAction*>(QStringLiteral("undoRoutes"))->isEnabled());
        write(kText + "  - {nam: c}\n");
        QTRY_VERIFY(!find<QLabel>("routesProblem")->isHidden());
        QVERIFY(find<QLabel>("routesProblem")->text().contains(QLatin1String("routes.yaml:12:")));
        QTest::keyClick(table(), Qt::Key_Space);
        QTest::keyClick(table(), Qt::Key_F2);
        QVERIFY(!m_editor->findChild<RouteDialog*>());
        QCOMPARE(read(), QByteArray(kText + "  - {nam: c}\n"));
        write(kText);
        QTRY_VERIFY(find<QLabel>("routesProblem")->isHidden());
    }
    void everyControlHasAName() {
        for (const auto* widget : m_editor->findChildren<QWidget*>()) {
            const bool takesFocus = widget->focusPolicy() != Qt::NoFocus &&
                                    (qobject_cast<const QLineEdit*>(widget) ||
                                     qobject_cast<const QAbstractItemView*>(widget) ||
                                     qobject_cast<const QPlainTextEdit*>(widget));
            QAccessibleInterface* interface =
                QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
            if (takesFocus && !qobject_cast<const QHeaderView*>(widget))
                QVERIFY2(!interface->text(QAccessible::Name).isEmpty(),
                         qPrintable(widget->objectName()));
        }
    }

private:
    template <typename Widget>
    [[nodiscard]] Widget* find(const char* name) const {
        return m_editor->findChild<Widget*>(QLatin1String(name));
    }
    [[nodiscard]] QTableView* table() const { return find<QTableView>("routeTable"); }
    [[nodiscard]] QByteArray read() const {
        QFile file(m_dir->filePath(QStringLiteral("routes.yaml")));
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const QByteArray& text) const {
        QFile file(m_dir->filePath(QStringLiteral("routes.yaml")));
        QVERIFY(file.open(QFile::WriteOnly | QFile::Truncate));
        file.write(text);
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<RouteEditor> m_editor;
};

QTEST_MAIN(RouteEditorTest)
#include "tst_routeeditor.moc"
