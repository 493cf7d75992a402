// SPDX-License-Identifier: MIT
#include "core/config/routesedit.h"
#include "core/config/routesfile.h"
#include "core/config/settingsfile.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

using namespace sallyport;

namespace {

const QString kFile = QStringLiteral("/etc/sallyport/file.yaml");

void hold(bool isHeld, const char* sentence) {
    if (isHeld) return;
    std::fprintf(stderr, "broken: %s\n", sentence);
    std::abort();
}

void holdPlace(const ConfigError& error, const QByteArray& yaml) {
    hold(!error.message.isEmpty(), "an error says what is wrong");
    hold(error.line >= 0 && error.line <= yaml.count('\n') + 1, "an error stands in the file");
    hold((error.line == 0) == (error.column == 0), "a line has a column");
}

/// A switch changes one value, and turned back it is as before.
void turnEverySwitch(const QByteArray& yaml, const RoutesFile& file) {
    for (std::size_t i = 0; i < file.routes.size() && i < 4; ++i) {
        const Route& route = file.routes[i];
        const auto edited = withRouteEnabled(yaml, kFile, route.name, !route.isEnabled);
        if (!edited) continue; // shared by an anchor, for one
        RoutesFile wanted = file;
        wanted.routes[i].isEnabled = !route.isEnabled;
        const auto after = parseRoutes(*edited, kFile);
        hold(after.isOk() && *after == wanted, "a switch changes one value");
        const auto back = withRouteEnabled(*edited, kFile, route.name, route.isEnabled);
        hold(back.isOk() && *parseRoutes(*back, kFile) == file, "a switch goes back");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const QByteArray yaml(reinterpret_cast<const char*>(bytes), static_cast<qsizetype>(size));
    const auto settings = parseSettings(yaml, kFile);
    if (!settings) holdPlace(settings.error(), yaml);
    const auto routes = parseRoutes(yaml, kFile);
    if (routes)
        turnEverySwitch(yaml, *routes);
    else
        holdPlace(routes.error(), yaml);
    return 0;
}
