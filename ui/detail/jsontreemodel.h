// SPDX-License-Identifier: MIT
#pragma once

#include "ui/detail/jsonentries.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace sallyport {

/// A JSON text as a tree; the inside of a value is read when it is opened.
class JsonTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { Name, Value, kColumns };
    explicit JsonTreeModel(QObject* parent = nullptr);
    ~JsonTreeModel() override;

    /// The one root is the value of the text.
    void setText(const QByteArray& text);
    [[nodiscard]] const QByteArray& text() const { return m_text; }
    /// The innermost value whose name or text has the byte at that place of the text; reads what
    /// leads there.
    [[nodiscard]] QModelIndex indexOf(qsizetype place);
    /// A value as text, a string without its quotes; at most 1 MiB of it.
    [[nodiscard]] QString valueText(const QModelIndex& index) const;
    /// `messages[3].content[0].text`; empty for the root.
    [[nodiscard]] QString path(const QModelIndex& index) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex& parent) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

private:
    struct Node;
    [[nodiscard]] Node* nodeAt(const QModelIndex& index) const;
    [[nodiscard]] QString nameText(const Node& node) const;
    [[nodiscard]] QString shortText(const Node& node) const;

    QByteArray m_text;
    std::unique_ptr<Node> m_root; ///< null: no text
};

} // namespace sallyport
