// SPDX-License-Identifier: MIT
#include "core/proxy/foreignorigin.h"

#include "core/support/ascii.h"
#include "core/support/defaultport.h"

#include <algorithm>

namespace sallyport {

namespace {

/// The authority of an http URL, where it is well-formed; user information is not.
std::optional<Authority> authorityOfUrl(QByteArrayView url) {
    constexpr QByteArrayView kScheme("http://", 7);
    if (url.size() < kScheme.size() || !ascii::equalsIgnoreCase(url.first(kScheme.size()), kScheme))
        return std::nullopt;
    const QByteArrayView rest = url.sliced(kScheme.size());
    const auto isEnd = [](char c) { return c == '/' || c == '?' || c == '#'; };
    const auto end = std::find_if(rest.begin(), rest.end(), isEnd);
    const auto parsed = parseAuthority(rest.first(end - rest.begin()));
    if (!parsed) return std::nullopt;
    return parsed.value();
}

/// What a browser says of a request that a page of the same origin made, or its user.
bool isOwnFetchSite(QByteArrayView value) { return value == "same-origin" || value == "none"; }

} // namespace

bool isForeignOrigin(const FieldList& fields, const OwnAuthority& own, const Authority& asked) {
    const auto isOurs = [&](QByteArrayView url) {
        const auto page = authorityOfUrl(url);
        if (!page) return false;
        if (own.isOwn(*page, kHttpPort)) return true;
        return own.isAllowedHost(page->host) && page->host == asked.host &&
               page->portOr(kHttpPort) == asked.portOr(kHttpPort);
    };
    const std::size_t origins = fields.count("Origin");
    for (const FieldView field : fields) {
        if (ascii::equalsIgnoreCase(field.name, "Origin") && (origins > 1 || !isOurs(field.value)))
            return true;
        if (ascii::equalsIgnoreCase(field.name, "Sec-Fetch-Site") && !isOwnFetchSite(field.value))
            return true;
        // What is no URL with an authority does not come from a browser.
        if (origins == 0 && ascii::equalsIgnoreCase(field.name, "Referer") &&
            field.value.contains("://") && !isOurs(field.value))
            return true;
    }
    return false;
}

} // namespace sallyport
