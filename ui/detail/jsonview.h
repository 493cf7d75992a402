// SPDX-License-Identifier: MIT
#pragma once

#include "ui/detail/jsontreemodel.h"

#include <QPlainTextEdit>
#include <QTreeView>
#include <QWidget>

namespace sallyport {

/// A JSON text as a tree, with the whole value of the chosen row below it. Ctrl+C copies that
/// value, Ctrl+Shift+C its path.
class JsonView : public QWidget {
    Q_OBJECT
public:
    /// `name` starts the object names of the parts.
    explicit JsonView(const QString& name, QWidget* parent = nullptr);
    void setText(const QByteArray& text);
    /// The text as it is written, to be looked through.
    [[nodiscard]] QString text() const { return QString::fromUtf8(m_model->text()); }
    /// Opens the tree down to the value that stands at that place of text(), and chooses it.
    void showPlace(qsizetype place);

private:
    void setupUi();
    void showValue(const QModelIndex& index);
    void addCopy(const QString& text, const QKeySequence& keys,
                 QString (JsonTreeModel::*what)(const QModelIndex&) const);

    JsonTreeModel* m_model;
    QTreeView* m_tree;
    QPlainTextEdit* m_value;
};

} // namespace sallyport
