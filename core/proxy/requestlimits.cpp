// SPDX-License-Identifier: MIT
#include "core/proxy/requestlimits.h"

#include <algorithm>
#include <array>

namespace sallyport {

namespace {

ExchangeError limited(ErrorCode code, const QString& detail, int retryAfter) {
    return {code, Side::Downstream, detail, retryAfter};
}

QString rateText(const Rate& rate) {
    return QStringLiteral("%1 requests in %2 s, %3 at once")
        .arg(rate.requests)
        .arg(double(rate.per.count()) / 1000)
        .arg(rate.burst);
}

} // namespace

TokenBucket* RequestLimits::bucketFor(const std::pair<QString, QString>& key,
                                      const std::optional<Rate>& rate) {
    if (!rate) return nullptr;
    const auto found = m_buckets.find(key);
    if (found == m_buckets.end()) return &m_buckets.emplace(key, TokenBucket(*rate)).first->second;
    if (found->second.rate() != *rate) found->second = TokenBucket(*rate);
    return &found->second;
}

std::optional<ExchangeError> RequestLimits::admit(const LimitedRequest& request) {
    const qint64 maxBody = request.route ? request.route->maxBody : 0;
    if (maxBody > 0 && request.framing.kind == BodyKind::Length &&
        request.framing.length > static_cast<quint64>(maxBody))
        return ExchangeError{ErrorCode::ContentTooLarge, Side::Downstream, {}};
    const ClientConfig* client = request.client ? &request.client->config : nullptr;
    const QString name = client ? client->name : QString();
    const WallTime wall = m_deadlines.clock().wallNow();
    if (client && client->tokensPerDay > 0 && m_budgets[name].usedAt(wall) >= client->tokensPerDay)
        return limited(ErrorCode::TokenBudgetSpent,
                       QStringLiteral("%1 tokens; the next day of UTC brings new ones")
                           .arg(client->tokensPerDay),
                       TokenBudget::secondsToNextDay(wall));
    const std::array buckets{
        client ? bucketFor({QString(), name}, client->rate) : nullptr,
        request.route ? bucketFor({request.route->name, name}, request.route->rate) : nullptr};
    const Monotonic now = m_deadlines.clock().now();
    for (const TokenBucket* bucket : buckets) {
        const auto wait = bucket ? bucket->waitAt(now) : std::chrono::nanoseconds::zero();
        if (wait.count() == 0) continue;
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
        return limited(ErrorCode::RateLimited, rateText(bucket->rate()), static_cast<int>(seconds));
    }
    for (TokenBucket* bucket : buckets)
        if (bucket) bucket->take(now);
    return std::nullopt;
}

std::shared_ptr<InFlightPlaces> RequestLimits::placesIn(Places& all, const QString& name,
                                                        const InFlightLimit& limit) {
    std::shared_ptr<InFlightPlaces>& places = all[name];
    if (!places)
        places = std::make_shared<InFlightPlaces>(m_tasks, m_deadlines, limit);
    else
        places->setLimit(limit);
    return places;
}

std::shared_ptr<InFlightPlaces> RequestLimits::placesOfRoute(const Route& route) {
    return route.inFlight ? placesIn(m_ofRoutes, route.name, *route.inFlight) : nullptr;
}

std::shared_ptr<InFlightPlaces> RequestLimits::placesOfClient(const ClientConfig& client) {
    return client.inFlight ? placesIn(m_ofClients, client.name, *client.inFlight) : nullptr;
}

void RequestLimits::spend(const ClientConfig& client, qint64 tokens) {
    if (client.tokensPerDay > 0) m_budgets[client.name].add(tokens, m_deadlines.clock().wallNow());
}

} // namespace sallyport
