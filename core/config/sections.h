// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/loader.h"
#include "core/config/mapreader.h"

namespace sallyport {

/// The problem as people are told it; `yaml` is the text of the file.
[[nodiscard]] ConfigError configErrorAt(const QString& file, const QByteArray& yaml,
                                        const yaml::Problem& problem);
/// A value that is not there, for sections that may be left out.
[[nodiscard]] yaml::Value nothingAt(const yaml::Place& place);
/// The map under `key`, or an empty one.
[[nodiscard]] MapReader sectionOf(const MapReader& map, const char* key,
                                  const std::vector<const char*>& known);

/// One entry of `upstreams:`; relative paths are taken from `dir`.
[[nodiscard]] UpstreamConfig readUpstream(const yaml::Value& value, const QString& dir,
                                          Findings& findings);
/// One entry of `routes:`. The name of its upstream is one of `upstreams`, or a finding.
[[nodiscard]] Route readRoute(const yaml::Value& value, const QStringList& upstreams,
                              Findings& findings);
/// What a route does; fills `route.action`.
void readAction(const MapReader& map, const QStringList& upstreams, Route& route);
/// `forward:`.
[[nodiscard]] ForwardPolicy readForward(const yaml::Value& value, Findings& findings);

/// A name of a route or upstream: printable, not empty, 64 characters at most.
[[nodiscard]] scalars::Parsed<QString> entryName(const QByteArray& text);
/// A name of a field that a rule may touch.
[[nodiscard]] scalars::Parsed<QByteArray> fieldName(const QByteArray& text);
/// Names and values of fields under `key`, of the grammar, no framing field, no name twice.
[[nodiscard]] std::vector<std::pair<QByteArray, QByteArray>> readFields(const MapReader& map,
                                                                        const char* key);

} // namespace sallyport
