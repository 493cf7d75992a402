// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"
#include "core/http/head.h"

#include <QByteArrayView>

#include <optional>

namespace sallyport {

/// Bytes `first` to `last`, both within.
struct ByteRange {
    qsizetype first = 0;
    qsizetype last = 0;
    [[nodiscard]] qsizetype size() const { return last - first + 1; }
    friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

/// What a request asks of a stored 200 response.
struct RangeReading {
    enum class Kind {
        Whole,         ///< no Range, one that is not to be obeyed, or several ranges
        Part,          ///< 206 with `range`
        Unsatisfiable, ///< 416
    };
    Kind kind = Kind::Whole;
    ByteRange range;
    friend bool operator==(const RangeReading&, const RangeReading&) = default;
};

/// Reads Range and If-Range (RFC 9110 14.2, 13.1.5) for a response of `size` bytes. Several ranges
/// are answered with the whole, which 14.2 allows.
[[nodiscard]] RangeReading readRange(const FieldList& request, const ResponseHead& stored,
                                     qsizetype size);

} // namespace sallyport
