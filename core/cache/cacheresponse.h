// SPDX-License-Identifier: MIT
#pragma once

#include "core/cache/reusability.h"
#include "core/http/framing.h"

#include <QByteArray>

namespace sallyport {

/// A response that is made of a stored one.
struct CacheResponse {
    ResponseHead head;
    Framing framing;
    qsizetype from = 0; ///< the part of the stored content that is sent
    qsizetype size = 0;
};

/// The stored response as the request wants it: 304 where the client has it (RFC 9111 4.3.2), 206
/// or 416 for a range, without content for HEAD; with Age (RFC 9111 5.1) and `Cache-Status`.
/// `cacheStatus` is the parameters after our name (RFC 9211), as cacheStatus() makes them.
[[nodiscard]] CacheResponse responseFromCache(const CacheRequest& request,
                                              const StoredResponse& stored,
                                              std::chrono::seconds age, QByteArrayView cacheStatus);
/// What is kept of a response: without the fields of one connection (the caller has removed those)
/// and its framing, with a Date.
[[nodiscard]] StoredResponse storedFrom(const ResponseHead& head, const FieldList& request,
                                        CacheSeconds requestedAt, CacheSeconds receivedAt);
/// `stored` with the fields of a 304 (RFC 9111 3.2), but for those that describe the content.
[[nodiscard]] StoredResponse updated(const StoredResponse& stored, const FieldList& notModified,
                                     CacheSeconds requestedAt, CacheSeconds receivedAt);

/// `Cache-Status` of a response that was stored (RFC 9211 2).
[[nodiscard]] QByteArray hitStatus(const CacheLookup& lookup, QByteArrayView detail = {});
/// `Cache-Status` of one that came from the upstream: why the request went on, and why the response
/// was not stored (empty: it is).
[[nodiscard]] QByteArray forwardStatus(QByteArrayView why, QByteArrayView notStored);
/// Adds our member at the end of the list (RFC 9211 2: the cache closest to the client is last).
void addCacheStatus(FieldList& fields, QByteArrayView parameters);

} // namespace sallyport
