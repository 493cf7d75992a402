// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/configerror.h"
#include "core/config/yamledit.h"
#include "core/config/yamlpath.h"
#include "core/support/result.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace sallyport {

/// The two lists of `routes.yaml` whose entries have names.
enum class RoutesList { Upstreams, Routes };

/// One entry of a list.
struct RoutesEntry {
    RoutesList list = RoutesList::Routes;
    QString name;
};

/// Keys of a new entry with their values, each one line of flow YAML.
using EntryKeys = std::vector<std::pair<QByteArray, QByteArray>>;

/// Edits of `routes.yaml` text, one after another. Each changes the bytes of what it is for: other
/// comments, order, style, line ends and the byte order mark stay. After the first one that cannot
/// be made the others do nothing.
class RoutesEdit {
public:
    /// `fileName` is the path of the file, for errors and relative paths.
    RoutesEdit(QByteArray yaml, QString fileName);

    /// Sets a key of an entry. `map` leads to the map that holds it: empty for the entry itself,
    /// `{"match"}`, `{"targets", 0}`; maps that are not there are made. Where the file means the
    /// same before and after, no byte changes.
    void set(const RoutesEntry& entry, const yaml::Path& map, const QByteArray& key,
             const QByteArray& value);
    /// Takes a key out, and a map that is empty without it.
    void unset(const RoutesEntry& entry, const yaml::Path& map, const QByteArray& key);
    /// Gives an entry another name; routes that lead to an upstream follow it.
    void rename(const RoutesEntry& entry, const QString& name);
    /// Adds an entry as the last of its list.
    void add(RoutesList list, const EntryKeys& keys);
    void add(const yaml::ListEntry& entry);
    /// Takes an entry out, with the comments directly above it and inside it.
    void remove(const RoutesEntry& entry);
    /// Moves an entry to the position `to`, with the comments directly above it.
    void move(const RoutesEntry& entry, std::size_t to);

    /// The text, which loads. The error is that of the first edit that could not be made, or of the
    /// file that it would have been.
    [[nodiscard]] Result<QByteArray, ConfigError> result() const;

private:
    [[nodiscard]] std::optional<std::size_t> indexOf(const RoutesEntry& entry);
    void take(Result<QByteArray, yaml::Problem> edited);

    QByteArray m_yaml;
    QString m_fileName;
    std::optional<ConfigError> m_error;
};

/// `routes.yaml` text with `enabled` of one route set: the line that holds the key is edited, or
/// one is put in after `name:`.
[[nodiscard]] Result<QByteArray, ConfigError> withRouteEnabled(const QByteArray& yaml,
                                                               const QString& fileName,
                                                               const QString& route, bool enabled);

} // namespace sallyport
