// SPDX-License-Identifier: MIT
#include "ui/detail/jsontreemodel.h"

#include "ui/detail/displaytext.h"
#include "ui/log/rowtext.h"

#include <algorithm>

namespace sallyport {

namespace {

constexpr qsizetype kShortText = 240;                   ///< bytes of a value in its row
constexpr qsizetype kLongText = qsizetype{1024} * 1024; ///< bytes of a value that is chosen

} // namespace

struct JsonTreeModel::Node {
    JsonEntry entry;
    Node* parent = nullptr;
    int row = 0;
    bool isRead = false;
    std::vector<std::unique_ptr<Node>> children;

    [[nodiscard]] bool isParent() const {
        return entry.kind == JsonEntry::Kind::Object || entry.kind == JsonEntry::Kind::Array;
    }
};

JsonTreeModel::JsonTreeModel(QObject* parent)
    : QAbstractItemModel(parent) {}

JsonTreeModel::~JsonTreeModel() = default;

void JsonTreeModel::setText(const QByteArray& text) {
    beginResetModel();
    m_text = text;
    m_root.reset();
    if (!text.isEmpty()) {
        m_root = std::make_unique<Node>();
        m_root->entry = jsonEntryAt(m_text, 0);
    }
    endResetModel();
}

JsonTreeModel::Node* JsonTreeModel::nodeAt(const QModelIndex& index) const {
    return static_cast<Node*>(index.internalPointer());
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex& parent) const {
    if (row < 0 || column < 0 || column >= kColumns || row >= rowCount(parent)) return {};
    if (!parent.isValid()) return createIndex(row, column, m_root.get());
    return createIndex(row, column, nodeAt(parent)->children[static_cast<std::size_t>(row)].get());
}

QModelIndex JsonTreeModel::indexOf(qsizetype place) {
    QModelIndex found = index(0, 0, {});
    while (found.isValid()) {
        fetchMore(found);
        const auto& children = nodeAt(found)->children;
        // The name of a member stands before its value, after the end of the one before.
        const auto child = std::lower_bound(
            children.begin(), children.end(), place,
            [](const auto& node, qsizetype wanted) { return node->entry.end <= wanted; });
        if (child == children.end()) break;
        found = index((*child)->row, 0, found);
    }
    return found;
}

QModelIndex JsonTreeModel::parent(const QModelIndex& index) const {
    if (!index.isValid()) return {};
    Node* parent = nodeAt(index)->parent;
    return parent ? createIndex(parent->row, 0, parent) : QModelIndex();
}

int JsonTreeModel::rowCount(const QModelIndex& parent) const {
    if (!parent.isValid()) return m_root ? 1 : 0;
    return parent.column() == 0 ? static_cast<int>(nodeAt(parent)->children.size()) : 0;
}

int JsonTreeModel::columnCount(const QModelIndex&) const { return kColumns; }

bool JsonTreeModel::hasChildren(const QModelIndex& parent) const {
    if (!parent.isValid()) return m_root != nullptr;
    const Node& node = *nodeAt(parent);
    return parent.column() == 0 && (node.isRead ? !node.children.empty() : node.isParent());
}

bool JsonTreeModel::canFetchMore(const QModelIndex& parent) const {
    return parent.isValid() && nodeAt(parent)->isParent() && !nodeAt(parent)->isRead;
}

void JsonTreeModel::fetchMore(const QModelIndex& parent) {
    if (!canFetchMore(parent)) return;
    Node& node = *nodeAt(parent);
    node.isRead = true;
    std::vector<JsonEntry> entries = jsonEntriesOf(m_text, node.entry);
    if (entries.empty()) return;
    beginInsertRows(parent, 0, static_cast<int>(entries.size()) - 1);
    for (JsonEntry& entry : entries) {
        auto child = std::make_unique<Node>();
        child->entry = std::move(entry);
        child->parent = &node;
        child->row = static_cast<int>(node.children.size());
        node.children.push_back(std::move(child));
    }
    endInsertRows();
}

QString JsonTreeModel::nameText(const Node& node) const {
    if (!node.parent) return tr("(all)");
    return node.parent->entry.kind == JsonEntry::Kind::Array ? QString::number(node.row)
                                                             : node.entry.name;
}

QString JsonTreeModel::shortText(const Node& node) const {
    const qsizetype size = node.entry.end - node.entry.begin;
    switch (node.entry.kind) {
    case JsonEntry::Kind::Object:
        return size <= 2 ? QStringLiteral("{}") : QStringLiteral("{…} %1").arg(sizeText(size));
    case JsonEntry::Kind::Array:
        return node.isRead ? QStringLiteral("[%1]").arg(node.children.size())
               : size <= 2 ? QStringLiteral("[]")
                           : QStringLiteral("[…] %1").arg(sizeText(size));
    case JsonEntry::Kind::String:
    case JsonEntry::Kind::Other: break;
    }
    const QString text = jsonEntryText(m_text, node.entry, kShortText).simplified();
    if (node.entry.kind != JsonEntry::Kind::String) return text;
    const bool isCut = size > kShortText;
    return QString(u'"' + text +
                   (isCut ? QStringLiteral("…  ") + sizeText(size) : QStringLiteral("\"")));
}

QVariant JsonTreeModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Node& node = *nodeAt(index);
    if (role == Qt::AccessibleTextRole)
        return QString(nameText(node) + QLatin1String(": ") + shortText(node));
    if (role != Qt::DisplayRole) return {};
    return index.column() == Name ? nameText(node) : shortText(node);
}

QString JsonTreeModel::valueText(const QModelIndex& index) const {
    return index.isValid() ? jsonEntryText(m_text, nodeAt(index)->entry, kLongText) : QString();
}

QString JsonTreeModel::path(const QModelIndex& index) const {
    QString out;
    if (!index.isValid()) return out;
    for (const Node* node = nodeAt(index); node->parent; node = node->parent) {
        const bool isElement = node->parent->entry.kind == JsonEntry::Kind::Array;
        const QString step = isElement              ? QStringLiteral("[%1]").arg(node->row)
                             : node->parent->parent ? QString(u'.' + node->entry.name)
                                                    : node->entry.name;
        out.prepend(step);
    }
    return out;
}

} // namespace sallyport
