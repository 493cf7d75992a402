// SPDX-License-Identifier: MIT
#include "core/claudecode/clienttarget.h"

#include <algorithm>

namespace sallyport {

namespace {

struct TargetWord {
    ClientTarget target;
    QLatin1String word;
};
constexpr std::array kWords{
    TargetWord{ClientTarget::Session, QLatin1String("session")},
    TargetWord{ClientTarget::Claude, QLatin1String("claude")},
    TargetWord{ClientTarget::Project, QLatin1String("project")},
    TargetWord{ClientTarget::VsCode, QLatin1String("vscode")},
    TargetWord{ClientTarget::Shell, QLatin1String("shell")},
    TargetWord{ClientTarget::Graphical, QLatin1String("graphical")},
};
static_assert(kWords.size() == kClientTargets.size());

} // namespace

QLatin1String targetName(ClientTarget target) {
    return std::find_if(kWords.begin(), kWords.end(),
                        [target](const TargetWord& one) { return one.target == target; })
        ->word;
}

std::optional<ClientTarget> targetOfName(QLatin1String name) {
    const auto* found = std::find_if(kWords.begin(), kWords.end(),
                                     [name](const TargetWord& one) { return one.word == name; });
    if (found == kWords.end()) return {};
    return found->target;
}

} // namespace sallyport
