// SPDX-License-Identifier: MIT
// Configurations of other programs: whatever they hold, what can be taken over can be written, and
// no key is in what is written.
#include "core/config/routesfile.h"
#include "core/transfer/ccswitchreader.h"
#include "core/transfer/exportedconfig.h"
#include "core/transfer/importplan.h"
#include "core/transfer/routerreader.h"

#include <cstdint>
#include <cstdlib>

using namespace sallyport;

namespace {

void take(const Result<std::vector<FoundProvider>, QString>& found) {
    if (!found) return;
    ImportChoice choice;
    for (const FoundProvider& provider : *found)
        if (provider.obstacle.isEmpty() && choice.providers.size() < 4)
            choice.providers.push_back(provider);
    if (choice.providers.empty()) return;
    choice.inUse = 0;
    const QString file = QStringLiteral("/routes.yaml");
    const auto plan = planImport("upstreams: []\nroutes: []\n", file, choice);
    if (!plan) return;
    if (!parseRoutes(plan->text, file)) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const QByteArray text(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    take(ccSwitchProviders(text));
    take(claudeCodeRouterProviders(text));
    const auto exported = exportedConfig({text, {}}, QStringLiteral("/c"));
    if (exported && !exportSource(exported->text, QStringLiteral("e"))) std::abort();
    return 0;
}
