// SPDX-License-Identifier: MIT
#include "core/observe/exchangemetrics.h"

#include <algorithm>

namespace sallyport {

namespace {

constexpr std::size_t kNone = 0;  ///< index of what has no name
constexpr std::size_t kOther = 1; ///< index of what comes after the limit
constexpr int kOtherStatus = -1;

constexpr std::array<QByteArrayView, 11> kMethods{"none",    "other", "GET",    "HEAD",
                                                  "POST",    "PUT",   "DELETE", "CONNECT",
                                                  "OPTIONS", "TRACE", "PATCH"};

std::size_t methodOf(QByteArrayView method) {
    if (method.isEmpty()) return kNone;
    const auto found = std::find(kMethods.begin() + 2, kMethods.end(), method);
    return found == kMethods.end() ? kOther : static_cast<std::size_t>(found - kMethods.begin());
}

QByteArray statusText(int status) {
    if (status == kOtherStatus) return "other";
    return status == 0 ? QByteArray("none") : QByteArray::number(status);
}

template <typename Key>
void countIn(std::map<Key, quint64>& counts, const Key& key, const Key& other, quint64 by) {
    const bool isFull = counts.size() >= ExchangeMetrics::kMostSeries && !counts.contains(key);
    counts[isFull ? other : key] += by;
}

} // namespace

ExchangeMetrics::ExchangeMetrics() {
    for (const char* name : {"none", "other"}) {
        m_routes.push_back({name, {}, {}, 0, 0});
        m_models.push_back(name);
    }
}

std::size_t ExchangeMetrics::routeOf(const QString& name) {
    if (name.isEmpty()) return kNone;
    if (const auto index = m_routeIndex.value(name, kNone); index != kNone) return index;
    if (m_routeIndex.size() >= static_cast<qsizetype>(kMostRoutes)) return kOther;
    m_routes.push_back({name.toUtf8(), {}, {}, 0, 0});
    m_routeIndex.insert(name, m_routes.size() - 1);
    return m_routes.size() - 1;
}

std::size_t ExchangeMetrics::modelOf(const QByteArray& name) {
    if (name.isEmpty()) return kNone;
    if (const auto index = m_modelIndex.value(name, kNone); index != kNone) return index;
    if (m_modelIndex.size() >= static_cast<qsizetype>(kMostModels)) return kOther;
    if (name.size() > kMaxModelName) return kOther;
    // It came from a client, and a scrape with one byte that is no UTF-8 fails as a whole.
    m_models.push_back(QString::fromUtf8(name).toUtf8());
    m_modelIndex.insert(name, m_models.size() - 1);
    return m_models.size() - 1;
}

void ExchangeMetrics::count(const ExchangeRecord& record) {
    const std::size_t route = routeOf(record.route);
    countIn(m_requests, {route, methodOf(record.method), record.status},
            {kOther, kOther, kOtherStatus}, 1);
    RouteFigures& figures = m_routes[route];
    // A tunnel or a WebSocket lasts as long as its user likes; it is no response time.
    if (!record.isUpgraded && record.times.ended) figures.duration.add(*record.times.ended);
    if (!record.isUpgraded && record.times.firstByte)
        figures.firstByte.add(*record.times.firstByte);
    figures.requestBytes += static_cast<quint64>(record.requestBytes);
    figures.responseBytes += static_cast<quint64>(record.responseBytes);
    if (record.isEventStream) ++m_streamEnds[static_cast<std::size_t>(record.end)];
    if (record.usage != Usage{}) countTokens(record, route);
}

void ExchangeMetrics::countTokens(const ExchangeRecord& record, std::size_t route) {
    const std::size_t model = modelOf(record.modelSent);
    countToken({route, model, Kind::Input}, record.usage.input);
    countToken({route, model, Kind::Output}, record.usage.output);
    countToken({route, model, Kind::CacheRead}, record.usage.cacheRead);
    countToken({route, model, Kind::CacheWritten}, record.usage.cacheWritten);
}

void ExchangeMetrics::countToken(TokenKey key, std::optional<qint64> tokens) {
    if (!tokens || *tokens < 0) return;
    countIn(m_tokens, key, {kOther, kOther, key.kind}, static_cast<quint64>(*tokens));
}

void ExchangeMetrics::write(MetricsWriter& out) const {
    writeRequests(out);
    writeTimes(out);
    writeBytes(out);
    writeTokens(out);
    out.counter("sallyport_stream_end", "How event streams ended.");
    for (std::size_t i = 0; i < kEnds; ++i)
        if (const auto end = static_cast<ExchangeEnd>(i); end != ExchangeEnd::Running)
            out.sample({{"state", wordOf(end)}}, static_cast<double>(m_streamEnds[i]));
}

void ExchangeMetrics::writeRequests(MetricsWriter& out) const {
    out.counter("sallyport_requests", "Exchanges that have ended.");
    for (const auto& [key, count] : m_requests)
        out.sample({{"route", m_routes[key.route].name},
                    {"method", kMethods[key.method]},
                    {"status", statusText(key.status)}},
                   static_cast<double>(count));
}

void ExchangeMetrics::writeTimes(MetricsWriter& out) const {
    out.histogram("sallyport_request_duration_seconds",
                  "From the first byte of a request to the end of its response; no tunnels.");
    for (const RouteFigures& each : m_routes)
        each.duration.write(out, each.name);
    out.histogram("sallyport_time_to_first_byte_seconds",
                  "From the first byte of a request to the head of its response; no tunnels.");
    for (const RouteFigures& each : m_routes)
        each.firstByte.write(out, each.name);
}

void ExchangeMetrics::writeBytes(MetricsWriter& out) const {
    out.counter("sallyport_request_bytes", "Bytes of content from clients.");
    for (const RouteFigures& each : m_routes)
        out.sample({{"route", each.name}}, static_cast<double>(each.requestBytes));
    out.counter("sallyport_response_bytes", "Bytes of content to clients.");
    for (const RouteFigures& each : m_routes)
        out.sample({{"route", each.name}}, static_cast<double>(each.responseBytes));
}

void ExchangeMetrics::writeTokens(MetricsWriter& out) const {
    static constexpr std::array<QByteArrayView, 4> kKinds{"input", "output", "cache_read",
                                                          "cache_written"};
    out.counter("sallyport_tokens", "Tokens that responses of the Messages API reported.");
    for (const auto& [key, count] : m_tokens)
        out.sample({{"route", m_routes[key.route].name},
                    {"model", m_models[key.model]},
                    {"kind", kKinds[static_cast<std::size_t>(key.kind)]}},
                   static_cast<double>(count));
}

} // namespace sallyport
