// SPDX-License-Identifier: MIT
#include "core/config/routesedit.h"

#include "core/config/nearestname.h"
#include "core/config/quoting.h"
#include "core/config/routesfile.h"
#include "core/config/yamledit.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport {

Result<QByteArray, ConfigError> withRouteEnabled(const QByteArray& yaml, const QString& fileName,
                                                 const QString& route, bool enabled) {
    auto wanted = parseRoutes(yaml, fileName);
    if (!wanted) return Failure{wanted.error()};
    const auto at = std::find_if(wanted->routes.begin(), wanted->routes.end(),
                                 [&](const Route& known) { return known.name == route; });
    if (at == wanted->routes.end()) {
        QStringList names;
        for (const Route& known : wanted->routes)
            names.append(known.name);
        const auto message =
            QCoreApplication::translate("Config", "there is no route \"%1\" in this file;%2")
                .arg(shownValue(route.toUtf8()), suggestionFor(route, names));
        return Failure{configErrorAt(fileName, yaml, {{}, message})};
    }
    if (at->isEnabled == enabled) return yaml;
    at->isEnabled = enabled;

    const auto root = yaml::parse(yaml);
    const yaml::Value* entry = yaml::entryNamed(*root, "routes", route);
    const auto ways =
        entry ? yaml::waysToSet(yaml, *entry->node, {"enabled", enabled ? "true" : "false"})
              : std::vector<yaml::Splice>();
    for (const yaml::Splice& way : ways) {
        QByteArray edited = way.appliedTo(yaml);
        const auto result = parseRoutes(edited, fileName);
        if (result && *result == *wanted) return edited;
    }
    const auto message = QCoreApplication::translate(
        "Config", "the switch of route \"%1\" cannot be changed here without changing something "
                  "else; edit the file by hand");
    return Failure{configErrorAt(
        fileName, yaml,
        {entry ? entry->place : yaml::Place{}, message.arg(shownValue(route.toUtf8()))})};
}

} // namespace sallyport
