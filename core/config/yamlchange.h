// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/yamledit.h"
#include "core/config/yamlpath.h"
#include "core/support/result.h"

/// Changes of one value in the text of a YAML file. Each is checked on the tree that the result is
/// parsed to: it has the change and no other, or nothing is changed and the problem says where it
/// could not be done. Comments, order, style, line ends and the byte order mark of all else stay.
namespace sallyport::yaml {

/// Sets a key of a map; maps on the way that are not there are made. `value` is one line of flow
/// YAML. What is the same value already stays as it is written. `after`: as in KeyEdit.
[[nodiscard]] Result<QByteArray, Problem> withValue(const QByteArray& yaml, const Path& path,
                                                    const KeyEdit& edit);
/// Takes a key out of the map at the path. A map below an entry that would be left empty goes with
/// it. A key that is not there is no problem.
[[nodiscard]] Result<QByteArray, Problem> withoutKey(const QByteArray& yaml, const Path& path,
                                                     const QByteArray& key);
/// Adds an entry as the last of its top-level list.
[[nodiscard]] Result<QByteArray, Problem> withEntry(const QByteArray& yaml, const ListEntry& entry);
/// Takes an item out of a list that is the value of a key.
[[nodiscard]] Result<QByteArray, Problem> withoutItem(const QByteArray& yaml, const Path& list,
                                                      std::size_t index);
/// Moves an item of such a list to another position; those between move by one.
[[nodiscard]] Result<QByteArray, Problem> withItemMoved(const QByteArray& yaml, const Path& list,
                                                        std::size_t from, std::size_t to);

} // namespace sallyport::yaml
