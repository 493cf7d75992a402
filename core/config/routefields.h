// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/routesedit.h"
#include "core/support/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace sallyport {

/// A route as a form shows it, in texts as they stand in the file.
struct RouteFields {
    QString name;
    bool isEnabled = true;
    QString host;                                ///< empty: requests for Sallyport itself
    QString path;                                ///< empty: all
    QString methods;                             ///< `GET, POST`; empty: all
    QString action = QStringLiteral("upstream"); ///< one of routeActions()
    /// The upstream's name; of `respond` and `redirect` the value in YAML; else nothing.
    QString actionValue;
    QString rewrite;     ///< `rewrite.prefix`; empty: none
    bool isOpen = false; ///< `access: open`
    QString rules;       ///< all other keys, `key: value` on a line each
    friend bool operator==(const RouteFields&, const RouteFields&) = default;
};

/// `upstream`, `respond`, `redirect`, `block`, `direct`.
[[nodiscard]] const QStringList& routeActions();
/// The keys that `rules` may have.
[[nodiscard]] QStringList routeRuleKeys();

/// The route of that name; of a name that is not there, an empty form.
[[nodiscard]] RouteFields routeFields(const QByteArray& yaml, const QString& name);
/// The text in which that route is as the form has it: keys whose values are the same stay as they
/// are written. `former` empty: a new route, added as the last.
[[nodiscard]] Result<QByteArray, ConfigError> withRouteFields(const QByteArray& yaml,
                                                              const QString& fileName,
                                                              const QString& former,
                                                              const RouteFields& fields);

} // namespace sallyport
