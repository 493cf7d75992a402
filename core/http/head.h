// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"
#include "core/http/requesttarget.h"

#include <QByteArray>

namespace sallyport {

/// HTTP/1.0 and HTTP/1.1, as the parsers let them pass, and kHttp2.
struct Version {
    int minor = 1;
    int major = 1;
    friend bool operator==(Version, Version) = default;
};
/// Of what came by HTTP/2 (RFC 9113).
inline constexpr Version kHttp2{0, 2};

/// A request's control data and fields (RFC 9112 3).
struct RequestHead {
    QByteArray method; ///< case-sensitive, as it came
    RequestTarget target;
    Version version;
    FieldList fields;
};

/// A response's control data and fields (RFC 9112 4).
struct ResponseHead {
    Version version;
    int status = 0; ///< 100 to 999
    QByteArray reason;
    FieldList fields;

    [[nodiscard]] bool isInterim() const { return status >= 100 && status < 200 && status != 101; }
};

} // namespace sallyport
