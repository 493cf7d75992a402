// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/mapreader.h"

namespace sallyport {

/// A value that is not there, for sections that may be left out.
[[nodiscard]] yaml::Value nothingAt(const yaml::Place& place);
/// The map under `key`, or an empty one.
[[nodiscard]] MapReader sectionOf(const MapReader& map, const char* key,
                                  const std::vector<const char*>& known);

/// A name of a route or upstream: printable, not empty, 64 characters at most.
[[nodiscard]] scalars::Parsed<QString> entryName(const QByteArray& text);
/// A name of a field that a rule may touch.
[[nodiscard]] scalars::Parsed<QByteArray> fieldName(const QByteArray& text);
/// Names and values of fields under `key`, of the grammar, no framing field, no name twice.
[[nodiscard]] std::vector<std::pair<QByteArray, QByteArray>> readFields(const MapReader& map,
                                                                        const char* key);

} // namespace sallyport
