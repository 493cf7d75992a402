// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <functional>
#include <optional>
#include <vector>

namespace sallyport {

/// A path as one server reads it, in the form that prefixes are compared in: dot-segments and
/// empty segments are resolved, parameters of a segment (RFC 3986 3.3: from its ';' on) left out,
/// all but unreserved bytes percent-encoded in upper case.
struct NormalisedPath {
    QByteArray path;             ///< empty for the root, else '/' and a name for each segment
    std::vector<qsizetype> ends; ///< for each segment of `path`, where it ended in what was read
    bool escapesRoot =
        false; ///< went above the root, or back out of a boundary; the rest is unread
};

/// True for the path of a prefix that must not be left again once it was entered.
using IsPrefixBoundary = std::function<bool(QByteArrayView path)>;

/// True when a path has one reading only, which is itself but for a slash at its end: it starts
/// with '/', has none but unreserved bytes (RFC 3986 2.3) and slashes, no empty segment before its
/// end, and no segment that begins with a dot.
[[nodiscard]] bool isPlainPath(QByteArrayView path);

/// The plain reading of a path, first of normalisedPaths(): no encoding hides a dot or a slash,
/// parameters belong to their segment, and empty segments are left out first, so that `..` always
/// takes away a segment with a name. `ends` are places in `rawPath`.
[[nodiscard]] NormalisedPath normalisedPath(QByteArrayView rawPath,
                                            const IsPrefixBoundary& isPrefixBoundary = {});

/// Every reading of a path, the plain one first: each of pathSpellings(), with parameters a part of
/// their segment (`;x` and `..;x` are names) and dropped before (they are nothing and `..`), with
/// empty segments left out before dot-segments are resolved and after. Nothing where there are no
/// spellings. What a request is allowed must be right in each of them.
[[nodiscard]] std::optional<std::vector<NormalisedPath>>
normalisedPaths(QByteArrayView rawPath, const IsPrefixBoundary& isPrefixBoundary = {});

} // namespace sallyport
