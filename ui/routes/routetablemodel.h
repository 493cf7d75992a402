// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/routesfile.h"

#include <QAbstractTableModel>

#include <vector>

namespace sallyport {

/// `host/path · GET, POST`: what a route takes.
[[nodiscard]] QString matchText(const Route& route);
/// `→ corp`, `answers 200`, `blocks`: what it does.
[[nodiscard]] QString actionText(const Route& route);
/// What else it asks for, in words: `rewrites to /, sets 2 headers, rate`.
[[nodiscard]] QString rulesText(const Route& route);

/// The routes in the order of the file. Nothing is changed here: a switch and a row that is
/// dropped elsewhere are asked for by signals, and come back with the file.
class RouteTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Match, Action, Rules, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setRoutes(std::vector<Route> routes);
    void setEditable(bool on);
    /// Empty for a row that is not there.
    [[nodiscard]] QString nameAt(int row) const;
    /// -1 for a name that is not there.
    [[nodiscard]] int rowOf(const QString& name) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    // NOLINTNEXTLINE(readability-function-size): Qt's own parameters.
    bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                      const QModelIndex& parent) override;

signals:
    void switchRequested(const QString& route, bool on);
    void moveRequested(const QString& route, int to);

private:
    std::vector<Route> m_routes;
    bool m_isEditable = true;
};

} // namespace sallyport
