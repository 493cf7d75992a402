// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/head.h"

#include <QByteArray>

#include <chrono>
#include <utility>
#include <vector>

namespace sallyport {

/// Whole seconds since 1970, as the fields of HTTP count them.
using CacheSeconds = std::chrono::seconds;

/// A request field that a stored response was chosen by (RFC 9111 4.1).
struct SelectingField {
    QByteArray name;  ///< lower case
    QByteArray value; ///< normalised, see normalisedSelector(); empty also where there was none
    bool isPresent = false;
    friend bool operator==(const SelectingField&, const SelectingField&) = default;
};

/// A whole response to GET as it was received, without what was meant for one connection. A value;
/// what is stored does not change, an update makes a new one.
struct StoredResponse {
    ResponseHead head; ///< has a Date; no Transfer-Encoding, Connection or Content-Length
    QByteArray content;
    std::vector<SelectingField> selectedBy;
    CacheSeconds requestedAt{}; ///< when the request for it, or for its validation, was sent
    CacheSeconds receivedAt{};

    /// Bytes that it counts for in a store.
    [[nodiscard]] qsizetype size() const {
        constexpr qsizetype kOverhead = 512;
        qsizetype bytes = kOverhead + content.size() + head.reason.size();
        for (const FieldView field : head.fields)
            bytes += field.name.size() + field.value.size() + 16;
        return bytes;
    }
};

} // namespace sallyport
