// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <cstddef>
#include <list>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace sallyport {

/// Which target a session (`X-Claude-Code-Session-Id`) went to last, so that it finds its prompt
/// cache again. Bounded: of more sessions than kMost the one that was used longest ago is
/// forgotten, and a longer name than kMaxName is no session.
class SessionTable {
public:
    static constexpr std::size_t kMost = 4096;
    static constexpr qsizetype kMaxName = 128;

    /// The id of its target; nothing for a session that is not known.
    [[nodiscard]] std::optional<quint64> find(QByteArrayView session) const;
    /// The session went there just now.
    void put(QByteArrayView session, quint64 target);
    void forget(QByteArrayView session);
    [[nodiscard]] std::size_t size() const { return m_places.size(); }

private:
    struct Entry {
        QByteArray session;
        quint64 target;
    };
    [[nodiscard]] static std::string_view keyOf(QByteArrayView session) {
        return {session.data(), static_cast<std::size_t>(session.size())};
    }
    std::list<Entry> m_entries; ///< the one used last in front
    std::unordered_map<std::string_view, std::list<Entry>::iterator> m_places; ///< views of these
};

} // namespace sallyport
