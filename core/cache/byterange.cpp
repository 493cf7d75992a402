// SPDX-License-Identifier: MIT
#include "core/cache/byterange.h"

#include "core/support/ascii.h"

#include <algorithm>

namespace sallyport {

namespace {

using Kind = RangeReading::Kind;

/// Digits up to 18, so that it fits; nothing for other text.
std::optional<qsizetype> position(QByteArrayView text) {
    constexpr qsizetype kMostDigits = 18;
    const bool isNumber = std::all_of(text.begin(), text.end(), ascii::isDigit);
    if (text.isEmpty() || text.size() > kMostDigits || !isNumber) return {};
    qsizetype value = 0;
    for (const char digit : text)
        value = value * 10 + (digit - '0');
    return value;
}

/// If-Range holds for a strong tag that is the same, or the same Last-Modified (RFC 9110 13.1.5).
bool holds(const FieldList& request, const ResponseHead& stored) {
    const auto condition = request.first("If-Range");
    if (!condition) return true;
    const auto tag = stored.fields.first("ETag");
    if (condition->startsWith('"')) return tag && *tag == *condition;
    const auto modified = stored.fields.first("Last-Modified");
    return modified && *modified == *condition;
}

RangeReading readSpec(QByteArrayView spec, qsizetype size) {
    const qsizetype dash = spec.indexOf('-');
    if (dash < 0) return {};
    const QByteArrayView from = spec.first(dash);
    const QByteArrayView to = spec.sliced(dash + 1);
    if (from.isEmpty()) {
        const auto suffix = position(to);
        if (!suffix) return {};
        if (*suffix == 0 || size == 0) return {Kind::Unsatisfiable, {}};
        return {Kind::Part, {std::max<qsizetype>(0, size - *suffix), size - 1}};
    }
    const auto first = position(from);
    const auto last = to.isEmpty() ? std::optional<qsizetype>(size - 1) : position(to);
    if (!first || !last || (!to.isEmpty() && *last < *first)) return {};
    if (*first >= size) return {Kind::Unsatisfiable, {}};
    return {Kind::Part, {*first, std::min(*last, size - 1)}};
}

} // namespace

RangeReading readRange(const FieldList& request, const ResponseHead& stored, qsizetype size) {
    const auto range = request.first("Range");
    if (!range || stored.status != 200 || request.count("Range") > 1) return {};
    constexpr qsizetype kUnitSize = 6;
    const bool isBytes =
        range->size() > kUnitSize && ascii::equalsIgnoreCase(range->first(kUnitSize), "bytes=");
    if (!isBytes || !holds(request, stored)) return {};
    const auto specs = listMembers(range->sliced(kUnitSize));
    return specs.size() == 1 ? readSpec(specs.front(), size) : RangeReading{};
}

} // namespace sallyport
