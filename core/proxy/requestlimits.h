// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/framing.h"
#include "core/net/deferredtask.h"
#include "core/proxy/clienttoken.h"
#include "core/proxy/inflightplaces.h"
#include "core/route/route.h"
#include "core/route/tokenbudget.h"
#include "core/support/deadline.h"
#include "core/support/exchangeerror.h"
#include "core/support/tokenbucket.h"

#include <map>
#include <memory>
#include <optional>
#include <utility>

namespace sallyport {

/// What of the limits one request comes under; the pointers may be null.
struct LimitedRequest {
    const Route* route = nullptr;
    const NamedClient* client = nullptr;
    Framing framing; ///< of its content
};

/// The state of `rate`, `in_flight` and `tokens_per_day`, by the names of routes and clients, so
/// that it outlives a reload: at most one bucket for each pair of them, and one for each client.
/// One that is configured anew begins anew; places in flight keep those that hold them.
class RequestLimits {
public:
    /// All outlive it and the places that it hands out.
    RequestLimits(DeferredTaskQueue& tasks, DeadlineQueue& deadlines)
        : m_tasks(tasks)
        , m_deadlines(deadlines) {}

    /// Takes a token of each bucket that the request comes under, or of none: then the error says
    /// how long to wait. A content that is announced as too large and the client's budget go
    /// before, and cost no token.
    [[nodiscard]] std::optional<ExchangeError> admit(const LimitedRequest& request);
    /// The places of a route or a client, for the limit that it has now.
    [[nodiscard]] std::shared_ptr<InFlightPlaces> placesOfRoute(const Route& route);
    [[nodiscard]] std::shared_ptr<InFlightPlaces> placesOfClient(const ClientConfig& client);
    /// What the responses to one request of a client cost.
    void spend(const ClientConfig& client, qint64 tokens);

private:
    using Places = std::map<QString, std::shared_ptr<InFlightPlaces>>;

    [[nodiscard]] TokenBucket* bucketFor(const std::pair<QString, QString>& key,
                                         const std::optional<Rate>& rate);
    [[nodiscard]] std::shared_ptr<InFlightPlaces> placesIn(Places& all, const QString& name,
                                                           const InFlightLimit& limit);

    DeferredTaskQueue& m_tasks;
    DeadlineQueue& m_deadlines;
    std::map<std::pair<QString, QString>, TokenBucket> m_buckets; ///< by route and client
    std::map<QString, TokenBudget> m_budgets;
    Places m_ofRoutes;
    Places m_ofClients;
};

} // namespace sallyport
