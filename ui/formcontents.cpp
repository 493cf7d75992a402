// SPDX-License-Identifier: MIT
#include "ui/formcontents.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QTabWidget>

#include <functional>

namespace sallyport {

namespace {

template <typename Input>
void forEach(const QWidget& window, const std::function<void(const QString&, Input&)>& act) {
    for (Input* input : window.findChildren<Input*>())
        if (!input->objectName().isEmpty() && !input->objectName().startsWith(u"qt_"))
            act(input->objectName(), *input);
}

/// Gives each input of a type what is known by its name.
template <typename Input, typename Value>
void give(const QWidget& window, const QMap<QString, Value>& known,
          const std::function<void(Input&, const Value&)>& act) {
    forEach<Input>(window, [&](const QString& name, Input& input) {
        const auto found = known.find(name);
        if (found != known.end()) act(input, *found);
    });
}

QVariantList ticksOf(const QListWidget& list) {
    QVariantList ticks;
    for (int row = 0; row < list.count(); ++row)
        ticks << list.item(row)->data(Qt::CheckStateRole);
    return ticks;
}

void tick(QListWidget& list, const QVariantList& ticks) {
    for (int row = 0; list.count() == ticks.size() && row < list.count(); ++row) {
        // Each tick may fill the list anew.
        if (ticks[row].isValid() && list.item(row)->data(Qt::CheckStateRole) != ticks[row])
            list.item(row)->setData(Qt::CheckStateRole, ticks[row]);
    }
}

} // namespace

FormContents FormContents::of(const QWidget& window, Inputs inputs) {
    FormContents out;
    forEach<QLineEdit>(window, [&](const QString& name, const QLineEdit& line) {
        if (!line.isReadOnly()) out.m_texts[name] = line.text();
    });
    if (inputs == Inputs::Lines) return out;
    forEach<QPlainTextEdit>(window, [&](const QString& name, const QPlainTextEdit& edit) {
        if (!edit.isReadOnly()) out.m_texts[name] = edit.toPlainText();
    });
    forEach<QTabWidget>(window, [&](const QString& name, const QTabWidget& tabs) {
        out.m_rows[name] = tabs.currentIndex();
    });
    forEach<QListWidget>(window, [&](const QString& name, const QListWidget& list) {
        out.m_rows[name] = list.currentRow();
        out.m_ticks[name] = ticksOf(list);
    });
    forEach<QComboBox>(window, [&](const QString& name, const QComboBox& choice) {
        out.m_rows[name] = choice.currentIndex();
    });
    forEach<QAbstractButton>(window, [&](const QString& name, const QAbstractButton& button) {
        if (button.isCheckable()) out.m_checked[name] = button.isChecked();
    });
    return out;
}

void FormContents::showIn(QWidget& window) const {
    give<QTabWidget, int>(window, m_rows,
                          [](QTabWidget& tabs, int index) { tabs.setCurrentIndex(index); });
    give<QListWidget, int>(window, m_rows, [](QListWidget& list, int row) {
        if (row < list.count()) list.setCurrentRow(row);
    });
    // A radio button is turned off by the one that is turned on.
    give<QAbstractButton, bool>(window, m_checked, [](QAbstractButton& button, bool isChecked) {
        if (isChecked || !button.autoExclusive()) button.setChecked(isChecked);
    });
    give<QComboBox, int>(window, m_rows, [](QComboBox& choice, int index) {
        if (index < choice.count()) choice.setCurrentIndex(index);
    });
    give<QListWidget, QVariantList>(window, m_ticks, tick);
    give<QPlainTextEdit, QString>(window, m_texts, [](QPlainTextEdit& edit, const QString& text) {
        if (edit.toPlainText() != text) edit.setPlainText(text);
    });
    give<QLineEdit, QString>(window, m_texts, [](QLineEdit& line, const QString& text) {
        if (line.text() != text) line.setText(text);
    });
}

} // namespace sallyport
