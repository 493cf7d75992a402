// SPDX-License-Identifier: MIT
#include "core/cache/freshness.h"

#include "core/http/httpdate.h"

#include <algorithm>

namespace sallyport {

namespace {

using std::chrono::seconds;

constexpr int kHeuristicShare = 10;
constexpr seconds kMostHeuristic{24 * 3600};

std::optional<seconds> dateOf(const FieldList& fields, QByteArrayView name) {
    const auto value = fields.first(name);
    if (!value) return {};
    const auto parsed = parseHttpDate(*value);
    if (!parsed) return {};
    return seconds(*parsed);
}

Lifetime heuristic(const ResponseHead& head, bool isPublic) {
    if (!isPublic && !isHeuristicallyCacheable(head.status)) return {};
    const auto modified = dateOf(head.fields, "Last-Modified");
    const auto date = dateOf(head.fields, "Date");
    if (!modified || !date || *modified >= *date) return {};
    return {Lifetime::Source::Heuristic,
            std::min((*date - *modified) / kHeuristicShare, kMostHeuristic)};
}

/// Of several values in a line the first counts (RFC 9111 5.1).
seconds ageValue(const FieldList& fields) {
    const auto line = fields.first("Age");
    if (!line) return seconds(0);
    const auto members = listMembers(*line);
    if (members.empty()) return seconds(0);
    return deltaSeconds(members.front()).value_or(seconds(0));
}

/// A `ttl` is written for what the upstream serves. That there is nothing (404, 405, 410, 414, 501)
/// is true for as long as the upstream says so, and a failure is none to keep.
bool takesOverride(int status) {
    static constexpr int kStatuses[] = {200, 203, 204, 300, 301, 308};
    return std::find(std::begin(kStatuses), std::end(kStatuses), status) != std::end(kStatuses);
}

} // namespace

bool isHeuristicallyCacheable(int status) {
    static constexpr int kStatuses[] = {200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501};
    return std::find(std::begin(kStatuses), std::end(kStatuses), status) != std::end(kStatuses);
}

Lifetime freshnessLifetime(const ResponseHead& head, std::optional<seconds> override) {
    if (override && takesOverride(head.status)) return {Lifetime::Source::Override, *override};
    const CacheControl control = responseCacheControl(head.fields);
    if (control.sharedMaxAge) return {Lifetime::Source::Shared, *control.sharedMaxAge};
    if (control.maxAge) return {Lifetime::Source::MaxAge, *control.maxAge};
    if (head.fields.contains("Expires")) {
        const auto expires = dateOf(head.fields, "Expires");
        const auto date = dateOf(head.fields, "Date");
        // RFC 9111 5.3: what is no date, "0" above all, has expired.
        const bool isAhead = expires && date && *expires > *date;
        return {Lifetime::Source::Expires, isAhead ? *expires - *date : seconds(0)};
    }
    return heuristic(head, control.isPublic);
}

seconds currentAge(const StoredResponse& stored, CacheSeconds now) {
    const auto date = dateOf(stored.head.fields, "Date").value_or(stored.receivedAt);
    const seconds apparent = std::max(seconds(0), stored.receivedAt - date);
    const seconds delay = std::max(seconds(0), stored.receivedAt - stored.requestedAt);
    const seconds corrected = ageValue(stored.head.fields) + delay;
    const seconds resident = std::max(seconds(0), now - stored.receivedAt);
    return std::max(apparent, corrected) + resident;
}

} // namespace sallyport
