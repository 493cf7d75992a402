// SPDX-License-Identifier: MIT
#include "core/cache/cachecontrol.h"

#include "core/support/ascii.h"

#include <algorithm>

namespace sallyport {

namespace {

using Seconds = std::chrono::seconds;

QByteArrayView unquoted(QByteArrayView value) {
    const bool isQuoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
    return isQuoted ? value.sliced(1, value.size() - 2) : value;
}

void setLeast(std::optional<Seconds>& at, QByteArrayView value) {
    const Seconds seconds = deltaSeconds(unquoted(value)).value_or(Seconds(0));
    at = at ? std::min(*at, seconds) : seconds;
}

struct Switch {
    QByteArrayView name;
    bool CacheControl::*at;
};
struct Time {
    QByteArrayView name;
    std::optional<Seconds> CacheControl::*at;
};

constexpr Switch kSwitches[] = {
    {"no-store", &CacheControl::noStore},
    {"no-cache", &CacheControl::noCache},
    {"private", &CacheControl::isPrivate},
    {"public", &CacheControl::isPublic},
    {"must-revalidate", &CacheControl::mustRevalidate},
    {"proxy-revalidate", &CacheControl::proxyRevalidate},
    {"must-understand", &CacheControl::mustUnderstand},
    {"only-if-cached", &CacheControl::onlyIfCached},
};
constexpr Time kTimes[] = {
    {"max-age", &CacheControl::maxAge},
    {"s-maxage", &CacheControl::sharedMaxAge},
    {"max-stale", &CacheControl::maxStale},
    {"min-fresh", &CacheControl::minFresh},
    {"stale-while-revalidate", &CacheControl::staleWhileRevalidate},
    {"stale-if-error", &CacheControl::staleIfError},
};

void readDirective(QByteArrayView member, CacheControl& out) {
    const qsizetype equals = member.indexOf('=');
    // A blank beside "=" is outside the grammar, and what it says is not guessed.
    const QByteArrayView name = equals < 0 ? member : member.first(equals);
    for (const Switch& each : kSwitches)
        if (ascii::equalsIgnoreCase(name, each.name)) out.*each.at = true;
    if (equals < 0) {
        if (ascii::equalsIgnoreCase(name, "max-stale")) out.takesStale = true;
        return;
    }
    for (const Time& each : kTimes)
        if (ascii::equalsIgnoreCase(name, each.name))
            setLeast(out.*each.at, member.sliced(equals + 1));
}

} // namespace

std::optional<Seconds> deltaSeconds(QByteArrayView text) {
    if (text.isEmpty() || !std::all_of(text.begin(), text.end(), ascii::isDigit)) return {};
    qint64 value = 0;
    for (const char digit : text)
        value = std::min<qint64>(value * 10 + (digit - '0'), kMostCacheSeconds.count());
    return Seconds(value);
}

CacheControl responseCacheControl(const FieldList& fields) {
    CacheControl out;
    const QByteArray all = fields.combined("Cache-Control");
    for (const QByteArrayView member : listMembers(all))
        readDirective(member, out);
    return out;
}

CacheControl requestCacheControl(const FieldList& fields) {
    CacheControl out = responseCacheControl(fields);
    if (!fields.contains("Cache-Control") && fields.hasToken("Pragma", "no-cache"))
        out.noCache = true;
    return out;
}

} // namespace sallyport
