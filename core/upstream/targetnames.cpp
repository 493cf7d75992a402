// SPDX-License-Identifier: MIT
#include "core/upstream/targetnames.h"

#include "core/support/hostport.h"

#include <algorithm>

namespace sallyport {

std::vector<TargetSpec> targetSpecs(const std::vector<UpstreamTarget>& targets) {
    std::vector<TargetSpec> specs;
    specs.reserve(targets.size());
    for (const UpstreamTarget& each : targets) {
        QString name = hostPort(QString::fromLatin1(each.host), each.port);
        const auto same =
            std::count_if(targets.begin(), targets.end(), [&](const UpstreamTarget& other) {
                return other.host == each.host && other.port == each.port;
            });
        if (same > 1) name += QString::fromLatin1(each.basePath);
        specs.push_back({std::move(name), each.weight});
    }
    return specs;
}

} // namespace sallyport
