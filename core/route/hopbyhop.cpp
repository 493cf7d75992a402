// SPDX-License-Identifier: MIT
#include "core/route/hopbyhop.h"

#include "core/support/ascii.h"

#include <QVarLengthArray>

#include <algorithm>
#include <iterator>

namespace sallyport {

namespace {

/// RFC 9110 7.6.1, and 11.7 for the proxy's own credentials, which are consumed here.
constexpr QByteArrayView kHopByHop[] = {
    "Connection",          "Keep-Alive", "Proxy-Connection",  "Proxy-Authenticate",
    "Proxy-Authorization", "TE",         "Transfer-Encoding", "Upgrade",
    "HTTP2-Settings",
};

/// What a Connection field must not take away: the message would mean something else without it.
constexpr QByteArrayView kEndToEnd[] = {
    "Host", "Content-Length", "Authorization",    "x-api-key", "Cookie",
    "Via",  "Content-Type",   "Content-Encoding", "Date",      "Cache-Control",
};

/// RFC 9110 6.5.1: what must be known before the content, or decides who may do what.
constexpr QByteArrayView kNotInTrailers[] = {
    "Transfer-Encoding",
    "Content-Length",
    "Trailer",
    "Host",
    "Forwarded",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "Via",
    "Cache-Control",
    "Expect",
    "Max-Forwards",
    "Pragma",
    "Range",
    "If-Match",
    "If-None-Match",
    "If-Modified-Since",
    "If-Unmodified-Since",
    "If-Range",
    "Authorization",
    "x-api-key",
    "Cookie",
    "Set-Cookie",
    "WWW-Authenticate",
    "Proxy-Authentication-Info",
    "Authentication-Info",
    "Origin",
    "Age",
    "Date",
    "Expires",
    "Location",
    "Retry-After",
    "Vary",
    "Warning",
    "Content-Encoding",
    "Content-Type",
    "Content-Range",
    "Content-Location",
    "Content-Language",
    "X-Sallyport-Error",
};

template <std::size_t N>
int indexIn(const QByteArrayView (&names)[N], QByteArrayView name) {
    const auto at = std::find_if(std::begin(names), std::end(names),
                                 [&](QByteArrayView known) { return isSameCgiName(known, name); });
    return at == std::end(names) ? -1 : static_cast<int>(at - std::begin(names));
}

using Options = QVarLengthArray<QByteArray, 8>;

/// The names in a Connection value that stand for fields which may be removed.
void collectOptions(QByteArrayView value, Options& options) {
    while (!value.isEmpty()) {
        const qsizetype comma = value.indexOf(',');
        const auto option = ascii::trimmedOws(comma < 0 ? value : value.first(comma));
        value = comma < 0 ? QByteArrayView() : value.sliced(comma + 1);
        // The three that nearly every message has cost no allocation.
        if (option.isEmpty() || ascii::equalsIgnoreCase(option, "close") ||
            indexIn(kHopByHop, option) >= 0 || indexIn(kEndToEnd, option) >= 0)
            continue;
        options.append(option.toByteArray());
    }
}

} // namespace

void removeHopByHopFields(FieldList& fields) {
    unsigned present = 0;
    Options options;
    for (const FieldView field : fields) {
        const int known = indexIn(kHopByHop, field.name);
        if (known < 0) continue;
        present |= 1u << known;
        if (known == 0) collectOptions(field.value, options);
    }
    for (unsigned i = 0; i < std::size(kHopByHop); ++i)
        if (present & (1u << i)) fields.removeEverySpelling(kHopByHop[i]);
    for (const QByteArray& option : options)
        fields.removeEverySpelling(option);
}

void removeForbiddenTrailers(FieldList& trailers, const FieldList& head) {
    Options options;
    for (const FieldView field : head)
        if (ascii::equalsIgnoreCase(field.name, kHopByHop[0])) collectOptions(field.value, options);
    for (const QByteArray& option : options)
        trailers.removeEverySpelling(option);
    for (std::size_t i = 0; i < trailers.size();) {
        const QByteArrayView name = trailers.at(i).name;
        if (mayBeTrailer(name))
            ++i;
        else
            trailers.removeAll(name.toByteArray());
    }
}

bool mayBeTrailer(QByteArrayView name) {
    return indexIn(kNotInTrailers, name) < 0 && indexIn(kHopByHop, name) < 0;
}

void applyFieldRules(const FieldRules& rules, FieldList& fields) {
    for (const QByteArray& name : rules.remove)
        fields.removeEverySpelling(name);
    for (const auto& [name, value] : rules.set)
        fields.removeOtherSpellings(name);
    for (const auto& [name, value] : rules.set)
        fields.set(name, value);
}

} // namespace sallyport
