// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <vector>

namespace sallyport::yaml {

/// Bytes of a file that is read at all; what people write is a thousandth of it.
inline constexpr qsizetype kMaxFileBytes = qsizetype{4} * 1024 * 1024;
/// Lists and maps inside each other.
inline constexpr std::size_t kMaxDepth = 32;
/// Scalars, lists, maps and aliases in one file; ten thousand routes have less than half of it.
inline constexpr std::size_t kMaxValues = 300'000;

/// Where something stands in a file.
struct Place {
    qsizetype offset =
        -1; ///< bytes from the start of the file; below 0 the file as a whole is meant
};

/// A sentence about a place.
struct Problem {
    Place place;
    QString message;
};

struct Node;

/// A value as it stands somewhere in the file: an alias shares the node of its anchor and has a
/// place of its own.
struct Value {
    std::shared_ptr<const Node> node;
    Place place;
    bool isAlias = false;
};

/// One `key: value` of a map.
struct Pair {
    QByteArray key; ///< UTF-8
    Place keyPlace;
    Value value;
};

enum class Kind { Null, Scalar, List, Map };

/// What a value is. Immutable once the tree is made.
struct Node {
    Kind kind = Kind::Null;
    bool isQuoted = false;    ///< a scalar that was not written plainly
    bool isFlow = false;      ///< a list or map in brackets
    QByteArray text;          ///< of a scalar, UTF-8
    std::vector<Value> items; ///< of a list
    std::vector<Pair> pairs;  ///< of a map, in the order of the file, no key twice
};

/// Reads one YAML document. Refused, each with its place: text that is not UTF-8, control
/// characters, a second document, a key that is twice in a map or is not a scalar, an alias that
/// holds itself, and what goes over the limits above. An empty file is a null value.
[[nodiscard]] Result<Value, Problem> parse(const QByteArray& text);

} // namespace sallyport::yaml
