// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sallyport {

/// Finds the entries of a route table whose host and prefix fit, best first, without looking at the
/// others: ten thousand routes cost what ten do. Of a path only as many prefixes are looked up as
/// the longest one of that host allows, however many segments the path has.
class RouteIndex {
public:
    /// Which hosts an entry takes, in order of preference.
    enum class HostKind { Exact, Suffix, Any, None };

    /// `host` is a name for Exact and `.suffix` for Suffix. Entries of one host and prefix are
    /// found in the order in which they were added.
    void add(HostKind kind, QByteArrayView host, QByteArrayView prefix, std::size_t entry);

    /// Calls `take` with each entry that takes the host and has a prefix of `path` on a segment
    /// boundary, until it returns true: an exact host before a suffix before any, a longer suffix
    /// before a shorter one, then the longer prefix. Returns whether it did.
    template <typename Take>
    [[nodiscard]] bool eachUnder(QByteArrayView host, QByteArrayView path, Take take) const {
        return eachHost(host, [&](const Prefixes& prefixes) {
            for (QByteArrayView prefix = firstBoundary(path, prefixes.longest);;
                 prefix = prefix.first(prefix.lastIndexOf('/'))) {
                if (anyOf(prefixes, prefix, take)) return true;
                if (prefix.isEmpty()) return false;
            }
        });
    }
    /// The same for entries whose prefix is `path` itself.
    template <typename Take>
    [[nodiscard]] bool eachAt(QByteArrayView host, QByteArrayView path, Take take) const {
        return eachHost(host,
                        [&](const Prefixes& prefixes) { return anyOf(prefixes, path, take); });
    }
    /// Whether an entry other than one without a host takes it.
    [[nodiscard]] bool hasHost(QByteArrayView host) const;

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>()(text);
        }
    };
    template <typename Value>
    using Map = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;
    struct Prefixes {
        Map<std::vector<std::size_t>> entries;
        qsizetype longest = 0; ///< bytes
    };

    [[nodiscard]] static std::string_view keyOf(QByteArrayView text) {
        return {text.data(), static_cast<std::size_t>(text.size())};
    }
    /// The longest beginning of `path` that ends at a segment boundary and has at most `most`
    /// bytes.
    [[nodiscard]] static QByteArrayView firstBoundary(QByteArrayView path, qsizetype most);

    template <typename Take>
    [[nodiscard]] static bool anyOf(const Prefixes& prefixes, QByteArrayView prefix, Take take) {
        const auto found = prefixes.entries.find(keyOf(prefix));
        if (found == prefixes.entries.end()) return false;
        for (const std::size_t entry : found->second)
            if (take(entry)) return true;
        return false;
    }
    template <typename Take>
    [[nodiscard]] bool eachHost(QByteArrayView host, Take take) const {
        if (host.isEmpty()) return take(m_withoutHost);
        if (const auto exact = m_exact.find(keyOf(host)); exact != m_exact.end())
            if (take(exact->second)) return true;
        if (!m_suffixes.empty())
            for (qsizetype dot = host.indexOf('.', 1); dot > 0; dot = host.indexOf('.', dot + 1)) {
                const auto suffix = m_suffixes.find(keyOf(host.sliced(dot)));
                if (suffix != m_suffixes.end() && take(suffix->second)) return true;
            }
        return take(m_anyHost);
    }

    Map<Prefixes> m_exact;
    Map<Prefixes> m_suffixes;
    Prefixes m_anyHost;
    Prefixes m_withoutHost;
};

} // namespace sallyport
