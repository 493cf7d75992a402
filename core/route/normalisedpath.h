// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <functional>
#include <optional>
#include <vector>

namespace sallyport {

/// A path after its dot-segments and empty segments are resolved.
struct NormalisedPath {
    QByteArray path; ///< starts with '/'; ends with one when the raw path named a folder
    /// For each segment of `path`, where in the raw path it ended.
    std::vector<qsizetype> rawEnds;
    bool escapesRoot = false; ///< went above the root, or back out of a gate; the rest is not read
};

/// True for the path of a prefix that must not be left again once it was entered.
using IsPrefixBoundary = std::function<bool(QByteArrayView path)>;

/// True when a path starts with '/' and has nothing that could be read in two ways: no
/// percent-encoding, backslash, NUL, empty segment, or segment that begins with a dot. It is then
/// its own normal form.
[[nodiscard]] bool isPlainPath(QByteArrayView path);

/// The reading of RFC 3986 6.2.2: percent-encoded unreserved bytes decoded, other triplets in
/// upper case, dot-segments removed; empty segments are left out first, so that `..` always takes
/// away a segment with a name.
[[nodiscard]] NormalisedPath normaliseStrictly(QByteArrayView rawPath,
                                               const IsPrefixBoundary& isPrefixBoundary = {});

/// What the most forgiving server could make of a path: percent-encoding undone again and again,
/// a backslash is a slash, `..;x` is `..`. Nothing for a path with a NUL or with encoding within
/// encoding deeper than anyone means. `rawEnds` is of no use here.
[[nodiscard]] std::optional<NormalisedPath>
normaliseLeniently(QByteArrayView rawPath, const IsPrefixBoundary& isPrefixBoundary = {});

} // namespace sallyport
