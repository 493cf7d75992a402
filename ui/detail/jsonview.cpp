// SPDX-License-Identifier: MIT
#include "ui/detail/jsonview.h"

#include "ui/detail/displaytext.h"
#include "ui/tones.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QSplitter>
#include <QVBoxLayout>

namespace sallyport {

JsonView::JsonView(const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_model(new JsonTreeModel(this)) {
    m_tree = new QTreeView(this);
    m_tree->setObjectName(name + QLatin1String("Tree"));
    m_tree->setAccessibleName(tr("Body as a tree"));
    m_tree->setModel(m_model);
    m_tree->setUniformRowHeights(true);
    m_tree->setHeaderHidden(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->header()->setStretchLastSection(true);
    m_value = new QPlainTextEdit(this);
    m_value->setObjectName(name + QLatin1String("Value"));
    m_value->setAccessibleName(tr("Value"));
    m_value->setReadOnly(true);
    m_value->setFrameShape(QFrame::NoFrame);
    m_value->setFont(codeFont(font()));
    m_value->setPlaceholderText(tr("Choose a value to read all of it."));
    setupUi();
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &JsonView::showValue);
    addCopy(tr("Copy value"), QKeySequence::Copy, &JsonTreeModel::valueText);
    addCopy(tr("Copy path"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), &JsonTreeModel::path);
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void JsonView::setupUi() {
    auto* parts = new QSplitter(Qt::Vertical, this);
    parts->addWidget(m_tree);
    parts->addWidget(m_value);
    parts->setStretchFactor(0, 3);
    parts->setStretchFactor(1, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(parts);
    setFocusProxy(m_tree);
}

void JsonView::addCopy(const QString& text, const QKeySequence& keys,
                       QString (JsonTreeModel::*what)(const QModelIndex&) const) {
    auto* action = new QAction(text, m_tree);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, [this, what] {
        QApplication::clipboard()->setText((m_model->*what)(m_tree->currentIndex()));
    });
    m_tree->addAction(action);
}

void JsonView::setText(const QByteArray& text) {
    m_value->clear();
    m_model->setText(text);
    const QModelIndex root = m_model->index(0, 0, {});
    m_tree->expand(root);
    m_tree->setColumnWidth(JsonTreeModel::Name, 28 * fontMetrics().averageCharWidth());
    m_tree->setCurrentIndex(root);
}

void JsonView::showPlace(qsizetype place) {
    const QModelIndex index = m_model->indexOf(text().left(place).toUtf8().size());
    for (QModelIndex above = index.parent(); above.isValid(); above = above.parent())
        m_tree->expand(above);
    m_tree->setCurrentIndex(index);
    m_tree->scrollTo(index);
}

/// An object or array is read in its rows; laid out below it would be all of the text at the root.
void JsonView::showValue(const QModelIndex& index) {
    m_value->setPlainText(m_model->hasChildren(index.siblingAtColumn(0))
                              ? QString()
                              : displayText(m_model->valueText(index).toUtf8(), false));
}

} // namespace sallyport
