// SPDX-License-Identifier: MIT
#include "core/claudecode/clienttarget.h"

#include <algorithm>

namespace sallyport {

QLatin1String targetName(ClientTarget target) {
    switch (target) {
    case ClientTarget::Session: return QLatin1String("session");
    case ClientTarget::Claude: return QLatin1String("claude");
    case ClientTarget::Project: return QLatin1String("project");
    case ClientTarget::Shell: return QLatin1String("shell");
    case ClientTarget::Graphical: return QLatin1String("graphical");
    case ClientTarget::VsCode: return QLatin1String("vscode");
    }
    Q_UNREACHABLE();
}

std::optional<ClientTarget> targetOfName(QLatin1String name) {
    const auto found =
        std::find_if(kClientTargets.begin(), kClientTargets.end(),
                     [name](ClientTarget target) { return targetName(target) == name; });
    if (found == kClientTargets.end()) return {};
    return *found;
}

} // namespace sallyport
