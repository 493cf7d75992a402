// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/yamltree.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <vector>

/// Edits of the text of a YAML file that leave every other byte alone. Each gives the ways in which
/// the edit can be made, the most natural first; which of them is right shows when the result is
/// parsed, since the parser tells only where a value begins.
namespace sallyport::yaml {

/// Bytes to be put in the place of others.
struct Splice {
    qsizetype at = 0;
    qsizetype length = 0;
    QByteArray text;

    [[nodiscard]] QByteArray appliedTo(const QByteArray& yaml) const {
        return yaml.left(at) + text + yaml.mid(at + length);
    }
};

/// Null when the map has no such key.
[[nodiscard]] const Pair* pairOf(const Node& map, QByteArrayView key);
/// The entry of a top-level list that has that `name`; null when there is none.
[[nodiscard]] const Value* entryNamed(const Value& root, QByteArrayView list, const QString& name);

/// One value of a map: `key: value`, the value as it is to stand in the file, in one line.
struct KeyEdit {
    QByteArray key;
    QByteArray value;
    /// Keys after which a new one stands, the last that is there; without any after `name`.
    QByteArrayList after = {};
};
/// Ways to give `map` that value: in place, or as a new line after the ones of the key before it
/// or before the first, with the indentation of its neighbours; inside the braces of a flow map.
[[nodiscard]] std::vector<Splice> waysToSet(const QByteArray& yaml, const Value& map,
                                            const KeyEdit& edit);

/// An entry for a top-level list, in both styles; or several.
struct ListEntry {
    QByteArray list;  ///< the key of the list
    QByteArray block; ///< lines that begin with `- ` and two blanks, or `# `, each with its end
    QByteArray
        flow; ///< `{name: x}`; several with commas between them, perhaps on lines of their own
};
/// Ways to add the entry as the last of its list, with the style, the indentation and the line ends
/// of the others, after the comments that belong to the last one; a list that is not there is added
/// at the end of the file. Only adds bytes, but for a null that is written out.
[[nodiscard]] std::vector<Splice> waysToAppend(const QByteArray& yaml, const Value& root,
                                               const ListEntry& entry);

/// A double-quoted scalar: whatever the text is, it reads back as itself.
[[nodiscard]] QByteArray quotedScalar(const QString& text);

} // namespace sallyport::yaml
