// SPDX-License-Identifier: MIT
#include "core/claudecode/staleconnection.h"

#include "core/claudecode/settingsundo.h"
#include "core/claudecode/wantedkeys.h"

#include <QSet>

#include <algorithm>

namespace sallyport {

namespace {

/// The paths of all keys that a connection may have, in either mode.
QSet<QString> connectionPaths() {
    ClientEnvironment environment;
    environment.token = QStringLiteral("sp-");
    environment.hasLowerCaseProxy = true;
    QSet<QString> paths;
    for (const EnvMode mode : {EnvMode::Gateway, EnvMode::Intercept}) {
        environment.mode = mode;
        for (const WantedKey& key : wantedKeysFor(environment, {}, {}, {}))
            paths.insert(key.path());
    }
    return paths;
}

} // namespace

Result<StaleConnection, EditFault> withoutStaleConnection(const QByteArray& text,
                                                          const std::vector<EditStep>& steps,
                                                          const std::vector<WantedKey>& wanted) {
    const QSet<QString> ofConnections = connectionPaths();
    QSet<QString> stale = ofConnections;
    for (const WantedKey& key : wanted)
        stale.remove(key.path());
    const auto isStale = [&](const EditStep& step) {
        const bool isKey =
            step.kind == EditStep::Kind::Insert || step.kind == EditStep::Kind::Replace;
        return isKey && stale.contains(step.path());
    };
    if (std::none_of(steps.begin(), steps.end(), isStale))
        return StaleConnection{text, steps, {}, false};

    auto undo = withStepsUndone(text, steps);
    if (!undo) return Failure{undo.error()};
    StaleConnection out{std::move(undo->text), {}, {}, true};
    for (const EditStep& step : steps) {
        const bool isBack = std::find(undo->restored.begin(), undo->restored.end(), step.path()) !=
                            undo->restored.end();
        if (isBack && !ofConnections.contains(step.path()))
            out.kept.push_back({step.name, step.isInEnv, step.value, false});
    }
    return out;
}

} // namespace sallyport
