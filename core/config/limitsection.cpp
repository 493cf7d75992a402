// SPDX-License-Identifier: MIT
#include "core/config/limitsection.h"

#include "core/config/sections.h"

#include <QCoreApplication>

namespace sallyport {

namespace {

constexpr qint64 kMostRequests = 1'000'000;
constexpr qint64 kMostPlaces = 100'000;
constexpr qint64 kMostQueue = 10'000;
constexpr auto kLongestPer = std::chrono::hours(24);

struct Bounds {
    qint64 least;
    qint64 most;
};

/// False where there is none, or not one within the bounds.
bool readCount(const MapReader& map, const char* key, Bounds bounds, int& out) {
    bool isThere = false;
    map.read(key, out, [&](const QByteArray& text) -> scalars::Parsed<int> {
        const auto count = scalars::number(text, bounds.least, bounds.most);
        if (!count) return Failure{count.error()};
        isThere = true;
        return static_cast<int>(*count);
    });
    return isThere;
}

scalars::Parsed<std::chrono::milliseconds> rateTime(const QByteArray& text) {
    auto time = scalars::positiveDuration(text);
    if (!time || *time <= kLongestPer) return time;
    return Failure{QCoreApplication::translate("Config", "a rate is of a day at most; write 24h or "
                                                         "less")};
}

} // namespace

std::optional<Rate> readRate(const MapReader& map) {
    if (!map.find("rate")) return std::nullopt;
    const MapReader section = sectionOf(map, "rate", {"requests", "per", "burst"});
    Rate rate;
    rate.per = std::chrono::milliseconds(0);
    const bool hasRequests = readCount(section, "requests", {1, kMostRequests}, rate.requests);
    section.read("per", rate.per, rateTime);
    rate.burst = rate.requests;
    readCount(section, "burst", {1, kMostRequests}, rate.burst);
    if (hasRequests && rate.per.count() > 0) return rate;
    if (section.isMap() && !(section.has("requests") && section.has("per")))
        section.lacks(QCoreApplication::translate(
            "Config", "rate needs requests and per, like {requests: 60, per: 1m, burst: 20}"));
    return std::nullopt;
}

std::optional<InFlightLimit> readInFlight(const MapReader& map) {
    const yaml::Pair* pair = map.find("in_flight");
    InFlightLimit limit;
    if (!pair || pair->value.node->kind == yaml::Kind::Scalar) {
        if (!map.has("in_flight")) return std::nullopt;
        if (!readCount(map, "in_flight", {1, kMostPlaces}, limit.places)) return std::nullopt;
        return limit;
    }
    const MapReader section = sectionOf(map, "in_flight", {"max", "queue", "wait"});
    const bool hasMax = readCount(section, "max", {1, kMostPlaces}, limit.places);
    readCount(section, "queue", {0, kMostQueue}, limit.queue);
    section.read("wait", limit.wait, scalars::positiveDuration);
    if (hasMax) return limit;
    if (section.isMap() && !section.has("max"))
        section.lacks(QCoreApplication::translate(
            "Config", "in_flight needs a number, like in_flight: 4, or {max: 4, queue: 64, wait: "
                      "30s}"));
    return std::nullopt;
}

} // namespace sallyport
