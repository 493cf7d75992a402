// SPDX-License-Identifier: MIT
#include "core/config/interceptionneeds.h"

#include "core/route/routetable.h"

namespace sallyport {

InterceptionNeeds interceptionNeeds(const Config& config) {
    InterceptionNeeds needs;
    for (const InterceptEntry& entry : config.intercept.entries)
        needs.hosts.append(QString::fromUtf8(entry.host));
    const RouteTable table(config.routes);
    const auto outcome = table.match({"POST", "api.anthropic.com", "/v1/messages"});
    const auto* found = std::get_if<RouteFound>(&outcome);
    needs.asksToken = found && found->route->access == RouteAccess::Token;
    return needs;
}

} // namespace sallyport
