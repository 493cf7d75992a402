// SPDX-License-Identifier: MIT
#include "core/engine/enginelog.h"

#include "core/config/configwarnings.h"
#include "core/engine/logsettings.h"
#include "core/secrets/redact.h"

namespace sallyport {

void logConfig(const Config& config) {
    log::setLevel(levelOf(config.settings.logLevel));
    for (const QString& warning : configWarnings(config))
        log::write(log::Level::Warn, "config_unsafe", {{"reason", warning}});
}

void logUnusable(const RuleSet& rules) {
    for (const auto& [name, group] : rules.upstreams)
        if (const QString problem = group.presentProblem(); !problem.isEmpty())
            log::write(log::Level::Warn, "upstream_unusable",
                       {{"upstream", name}, {"reason", problem}});
}

void logTarget(const QString& upstream, const TargetStatus& target, const KnownSecrets& known) {
    const bool isWell = target.condition == TargetCondition::Up;
    log::write(isWell ? log::Level::Info : log::Level::Warn, "upstream_target",
               {{"upstream", upstream},
                {"target", target.name},
                {"state", wordOf(target.condition)},
                {"reason", redactedMessage(target.reason, known)}});
}

} // namespace sallyport
