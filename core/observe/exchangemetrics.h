// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"
#include "core/observe/histogram.h"

#include <QHash>

#include <array>
#include <map>
#include <tuple>
#include <vector>

namespace sallyport {

/// Counts ended exchanges for `/metrics`. What a client or an upstream can name without end is
/// bounded: what comes after the limit is counted under `other`. Costs a few lookups for each
/// exchange. One thread.
class ExchangeMetrics {
public:
    static constexpr std::size_t kMostRoutes = 200;  ///< names of routes
    static constexpr std::size_t kMostModels = 64;   ///< names of models, …
    static constexpr qsizetype kMaxModelName = 128;  ///< … a longer one is counted under `other`
    static constexpr std::size_t kMostSeries = 4096; ///< of requests, and of tokens

    ExchangeMetrics();

    /// An exchange has ended.
    void count(const ExchangeRecord& record);
    void write(MetricsWriter& out) const;

private:
    enum class Kind { Input, Output, CacheRead, CacheWritten };
    static constexpr std::size_t kEnds = static_cast<std::size_t>(ExchangeEnd::ClientGone) + 1;
    struct RouteFigures {
        QByteArray name;
        Histogram duration;
        Histogram firstByte;
        quint64 requestBytes = 0;
        quint64 responseBytes = 0;
    };
    struct RequestKey {
        std::size_t route;
        std::size_t method;
        int status; ///< 0: none came; -1: other
        friend bool operator<(const RequestKey& a, const RequestKey& b) {
            return std::tie(a.route, a.method, a.status) < std::tie(b.route, b.method, b.status);
        }
    };
    struct TokenKey {
        std::size_t route;
        std::size_t model;
        Kind kind;
        friend bool operator<(const TokenKey& a, const TokenKey& b) {
            return std::tie(a.route, a.model, a.kind) < std::tie(b.route, b.model, b.kind);
        }
    };
    [[nodiscard]] std::size_t routeOf(const QString& name);
    [[nodiscard]] std::size_t modelOf(const QByteArray& name);
    void countTokens(const ExchangeRecord& record, std::size_t route);
    void countToken(TokenKey key, std::optional<qint64> tokens);
    void writeRequests(MetricsWriter& out) const;
    void writeTimes(MetricsWriter& out) const;
    void writeBytes(MetricsWriter& out) const;
    void writeTokens(MetricsWriter& out) const;

    std::vector<RouteFigures> m_routes; ///< of no route, of others, then the named ones
    QHash<QString, std::size_t> m_routeIndex;
    std::vector<QByteArray> m_models; ///< unknown, others, then the named ones
    QHash<QByteArray, std::size_t> m_modelIndex;
    std::map<RequestKey, quint64> m_requests;
    std::map<TokenKey, quint64> m_tokens;
    std::array<quint64, kEnds> m_streamEnds{};
};

} // namespace sallyport
