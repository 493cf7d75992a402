// SPDX-License-Identifier: MIT
#include "ui/formcontents.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QTabWidget>
#include <QTest>
#include <QVBoxLayout>

#include <memory>

using namespace sallyport;

namespace {

/// One input of each kind. Choosing a row of the list writes it into the line, as forms do.
std::unique_ptr<QWidget> makeWindow(int rows = 3) {
    auto window = std::make_unique<QWidget>();
    auto* column = new QVBoxLayout(window.get());
    const auto add = [&](QWidget* input, const char* name) {
        input->setObjectName(QLatin1String(name));
        column->addWidget(input);
    };
    auto* line = new QLineEdit;
    auto* list = new QListWidget;
    for (int i = 0; i < rows; ++i) {
        auto* item = new QListWidgetItem(QString::number(i), list);
        if (i < 2) item->setCheckState(Qt::Checked);
    }
    QObject::connect(list, &QListWidget::currentTextChanged, line, &QLineEdit::setText);
    auto* tabs = new QTabWidget;
    for (const char* title : {"a", "b"})
        tabs->addTab(new QWidget, QLatin1String(title));
    auto* choice = new QComboBox;
    choice->addItems({QStringLiteral("a"), QStringLiteral("b")});
    add(list, "list");
    add(line, "line");
    add(new QLineEdit, "");
    add(new QPlainTextEdit, "text");
    add(tabs, "tabs");
    add(choice, "choice");
    add(new QCheckBox, "tick");
    add(new QRadioButton, "one");
    add(new QRadioButton, "other");
    window->findChild<QRadioButton*>(QStringLiteral("one"))->setChecked(true);
    return window;
}

template <typename T>
T* find(const std::unique_ptr<QWidget>& window, const char* name) {
    return window->findChild<T*>(QLatin1String(name));
}

} // namespace

class TestFormContents : public QObject {
    Q_OBJECT
private slots:
    void everyInputIsShownAgain() {
        const auto before = makeWindow();
        find<QListWidget>(before, "list")->setCurrentRow(2);
        find<QListWidget>(before, "list")->item(1)->setCheckState(Qt::Unchecked);
        find<QLineEdit>(before, "line")->setText(QStringLiteral("typed after"));
        find<QPlainTextEdit>(before, "text")->setPlainText(QStringLiteral("two\nlines"));
        find<QTabWidget>(before, "tabs")->setCurrentIndex(1);
        find<QComboBox>(before, "choice")->setCurrentIndex(1);
        find<QCheckBox>(before, "tick")->setChecked(true);
        find<QRadioButton>(before, "other")->setChecked(true);
        const auto after = makeWindow();
        FormContents::of(*before).showIn(*after);
        QCOMPARE(find<QListWidget>(after, "list")->currentRow(), 2);
        QCOMPARE(find<QListWidget>(after, "list")->item(0)->checkState(), Qt::Checked);
        QCOMPARE(find<QListWidget>(after, "list")->item(1)->checkState(), Qt::Unchecked);
        QVERIFY(!find<QListWidget>(after, "list")->item(2)->data(Qt::CheckStateRole).isValid());
        QCOMPARE(find<QLineEdit>(after, "line")->text(), QStringLiteral("typed after"));
        QCOMPARE(find<QPlainTextEdit>(after, "text")->toPlainText(), QStringLiteral("two\nlines"));
        QCOMPARE(find<QTabWidget>(after, "tabs")->currentIndex(), 1);
        QCOMPARE(find<QComboBox>(after, "choice")->currentIndex(), 1);
        QVERIFY(find<QCheckBox>(after, "tick")->isChecked());
        QVERIFY(find<QRadioButton>(after, "other")->isChecked());
        QVERIFY(!find<QRadioButton>(after, "one")->isChecked());
    }
    void ofLinesNothingElseIsTouched() {
        const auto before = makeWindow();
        find<QLineEdit>(before, "line")->setText(QStringLiteral("x"));
        find<QCheckBox>(before, "tick")->setChecked(true);
        const auto after = makeWindow();
        FormContents::of(*before, FormContents::Inputs::Lines).showIn(*after);
        QCOMPARE(find<QLineEdit>(after, "line")->text(), QStringLiteral("x"));
        QVERIFY(!find<QCheckBox>(after, "tick")->isChecked());
    }
    void otherItemsAreLeftAsTheyAre() {
        const auto before = makeWindow();
        find<QListWidget>(before, "list")->setCurrentRow(2);
        find<QListWidget>(before, "list")->item(1)->setCheckState(Qt::Unchecked);
        const auto after = makeWindow(2);
        FormContents::of(*before).showIn(*after);
        QCOMPARE(find<QListWidget>(after, "list")->item(1)->checkState(), Qt::Checked);
    }
};

QTEST_MAIN(TestFormContents)
#include "tst_formcontents.moc"
