// SPDX-License-Identifier: MIT
#include "ui/routes/routetablemodel.h"

#include <QMimeData>

#include <algorithm>

namespace sallyport {

namespace {

const QString kRowFormat = QStringLiteral("application/x-qabstractitemmodeldatalist");

/// The row that a drag began in; below 0 when the data is another one.
int draggedRow(const QMimeData& data) {
    QByteArray encoded = data.data(kRowFormat);
    QDataStream stream(&encoded, QIODevice::ReadOnly);
    int row = -1;
    if (!encoded.isEmpty()) stream >> row;
    return stream.status() == QDataStream::Ok ? row : -1;
}

} // namespace

QString matchText(const Route& route) {
    QString text = QString::fromUtf8(route.match.host + route.match.path);
    if (!route.match.methods.empty())
        text +=
            QStringLiteral(" · ") +
            QString::fromLatin1(
                QByteArrayList(route.match.methods.begin(), route.match.methods.end()).join(", "));
    return text;
}

QString actionText(const Route& route) {
    if (const auto* to = std::get_if<ToUpstream>(&route.action))
        return QStringLiteral("→ ") + to->upstream;
    if (const auto* to = std::get_if<ToRespond>(&route.action))
        return RouteTableModel::tr("answers %1").arg(to->status);
    if (const auto* to = std::get_if<ToRedirect>(&route.action))
        return RouteTableModel::tr("redirects to %1").arg(QString::fromLatin1(to->location));
    if (std::holds_alternative<ToBlock>(route.action)) return RouteTableModel::tr("blocks");
    return RouteTableModel::tr("straight to the host");
}

QString rulesText(const Route& route) {
    QStringList rules;
    if (route.rewritePrefix)
        rules
            << RouteTableModel::tr("path becomes %1").arg(QString::fromUtf8(*route.rewritePrefix));
    if (route.access == RouteAccess::Open) rules << RouteTableModel::tr("open");
    const FieldRules& to = route.requestFields;
    const FieldRules& from = route.responseFields;
    if (!(to == FieldRules()) || !(from == FieldRules())) rules << RouteTableModel::tr("headers");
    if (!route.model.empty()) rules << RouteTableModel::tr("model names");
    if (route.cache) rules << RouteTableModel::tr("cache");
    if (route.rate || route.inFlight || route.maxBody > 0) rules << RouteTableModel::tr("limits");
    if (route.tokenCounting != TokenCounting::Upstream)
        rules << RouteTableModel::tr("token estimate");
    return rules.join(QLatin1String(", "));
}

void RouteTableModel::setRoutes(std::vector<Route> routes) {
    beginResetModel();
    m_routes = std::move(routes);
    endResetModel();
}

void RouteTableModel::setEditable(bool on) {
    if (on == m_isEditable) return;
    beginResetModel();
    m_isEditable = on;
    endResetModel();
}

QString RouteTableModel::nameAt(int row) const {
    return row >= 0 && row < rowCount() ? m_routes[static_cast<std::size_t>(row)].name : QString();
}

int RouteTableModel::rowOf(const QString& name) const {
    const auto at = std::find_if(m_routes.begin(), m_routes.end(),
                                 [&name](const Route& route) { return route.name == name; });
    return at == m_routes.end() ? -1 : static_cast<int>(at - m_routes.begin());
}

int RouteTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_routes.size());
}

int RouteTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RouteTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Route& route = m_routes[static_cast<std::size_t>(index.row())];
    if (role == Qt::CheckStateRole && index.column() == Name)
        return route.isEnabled ? Qt::Checked : Qt::Unchecked;
    if (role == Qt::AccessibleTextRole && index.column() == Name)
        return route.isEnabled ? tr("%1, on").arg(route.name) : tr("%1, off").arg(route.name);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    switch (static_cast<Column>(index.column())) {
    case Name: return route.name;
    case Match: return matchText(route);
    case Action: return actionText(route);
    case Rules: return rulesText(route);
    case ColumnCount: break;
    }
    return {};
}

QVariant RouteTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role != Qt::DisplayRole) return {};
    if (orientation == Qt::Vertical) return section + 1;
    switch (static_cast<Column>(section)) {
    case Name: return tr("Route");
    case Match: return tr("Takes");
    case Action: return tr("Does");
    case Rules: return tr("Rules");
    case ColumnCount: break;
    }
    return {};
}

Qt::ItemFlags RouteTableModel::flags(const QModelIndex& index) const {
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (!m_isEditable) return flags;
    // A drop between two rows, and not onto one.
    if (!index.isValid()) return Qt::ItemIsDropEnabled;
    flags |= Qt::ItemIsDragEnabled;
    return index.column() == Name ? flags | Qt::ItemIsUserCheckable : flags;
}

bool RouteTableModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::CheckStateRole || index.column() != Name || !m_isEditable) return false;
    emit switchRequested(nameAt(index.row()), value.toInt() == Qt::Checked);
    return true;
}

// NOLINTNEXTLINE(readability-function-size): Qt's own parameters.
bool RouteTableModel::dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int,
                                   const QModelIndex&) {
    const int from = draggedRow(*data);
    if (action != Qt::MoveAction || from < 0 || row < 0 || from >= rowCount()) return false;
    const int to = row > from ? row - 1 : row;
    if (to != from) emit moveRequested(nameAt(from), to);
    // False: the view would take the row out that it dragged.
    return false;
}

} // namespace sallyport
