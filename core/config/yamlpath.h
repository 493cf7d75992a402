// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/yamltree.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <variant>
#include <vector>

/// Values inside a tree, and trees that differ in one of them.
namespace sallyport::yaml {

/// A key of a map, or a position in a list from 0.
using Step = std::variant<QByteArray, std::size_t>;
using Path = std::vector<Step>;
using NodePtr = std::shared_ptr<const Node>;

/// Null when there is nothing at the path.
[[nodiscard]] const Value* valueAt(const Value& root, const Path& path);

/// Whether both hold the same values: style, quotes, places and aliases do not count, nor does the
/// order of the keys of a map.
[[nodiscard]] bool isSameValue(const Node& a, const Node& b);

/// The tree with another value at the path, whose last step may be a key that is not there yet.
/// `value` null: without the key or the item. Null when the path leads nowhere.
[[nodiscard]] NodePtr withValueAt(const NodePtr& root, const Path& path, const NodePtr& value);

/// The value in brackets and quotes, in one line: it reads back as itself.
[[nodiscard]] QByteArray flowText(const Node& node);

/// A text as a scalar: plain where that reads back as itself anywhere, in quotes otherwise.
[[nodiscard]] QByteArray scalarText(const QString& text);

} // namespace sallyport::yaml
