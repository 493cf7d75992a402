// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/scalars.h"
#include "core/config/yamltree.h"

#include <functional>
#include <optional>
#include <set>
#include <vector>

namespace sallyport {

/// What is wrong with a file. The one that stands first in it is told: people mend from the top.
class Findings {
public:
    void add(const yaml::Place& place, const QString& message);
    [[nodiscard]] const std::optional<yaml::Problem>& first() const { return m_first; }

private:
    std::optional<yaml::Problem> m_first;
};

/// Reads one map of a file: which keys it may have, and their values by type. What does not fit is
/// a finding, and leaves the value as it was.
class MapReader {
public:
    /// `what` names the map for people ("a route"); every key that is not `known` is a finding.
    /// A null value is an empty map, anything else that is no map a finding.
    MapReader(const yaml::Value& value, const QString& what, const std::vector<const char*>& known,
              Findings& findings);

    [[nodiscard]] Findings& findings() const { return m_findings; }
    [[nodiscard]] const yaml::Place& place() const { return m_place; }
    /// False when there was something that is neither a map nor nothing.
    [[nodiscard]] bool isMap() const;
    /// The key is there, with a value or without.
    [[nodiscard]] bool has(const char* key) const { return pairOf(key) != nullptr; }
    /// The pair of a key that is there and has a value.
    [[nodiscard]] const yaml::Pair* find(const char* key) const;

    /// The text of a scalar; a list, a map or nothing there is a finding.
    [[nodiscard]] std::optional<QByteArray> text(const char* key) const;
    /// Like text(), put through `parse` (a function of scalars.h) into `out`.
    template <typename T, typename Parse>
    void read(const char* key, T& out, Parse parse) const {
        const auto bytes = text(key);
        if (!bytes) return;
        const auto parsed = parse(*bytes);
        if (parsed)
            out = *parsed;
        else
            refuse(key, parsed.error());
    }
    /// `true` or `false`, not in quotes.
    void readBool(const char* key, bool& out) const;
    /// Each scalar of a list.
    template <typename Parse, typename Take>
    void readList(const char* key, Parse parse, Take take) const {
        for (const auto& [bytes, place] : listOf(key)) {
            const auto parsed = parse(bytes);
            if (parsed)
                take(*parsed);
            else
                m_findings.add(place, quoted(key, parsed.error()));
        }
    }
    /// Each value of a list, of whatever kind.
    void eachItem(const char* key, const std::function<void(const yaml::Value&)>& take) const;
    /// A finding about something that is not in the map. None where the map has an
    /// unknown key: that one is most likely what is missing, misspelt, and it is a finding already.
    void lacks(const QString& message) const;
    /// A finding at the value of `key`: `key: reason`; where there is no such key, about its lack.
    void refuse(const char* key, const QString& reason) const;

private:
    struct ListItem {
        QByteArray text;
        yaml::Place place;
    };
    [[nodiscard]] const yaml::Pair* pairOf(const char* key) const;
    [[nodiscard]] std::vector<ListItem> listOf(const char* key) const;
    [[nodiscard]] static QString quoted(const char* key, const QString& reason);

    yaml::Value m_value;
    yaml::Place m_place;
    bool m_hasUnknownKey = false;
    Findings& m_findings;
};

} // namespace sallyport
