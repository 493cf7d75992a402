// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/connector.h"

#include <QHostInfo>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace sallyport {

/// The look-ups of names. Names that clients gave cannot delay those of the configuration.
///
/// QHostInfo has 20 threads for the whole process, and one that waits for a silent name server is
/// blocked until the system's resolver gives up, also where the search has been let go. So at most
/// kMaxForClients names that clients gave are looked up at once, counted until the resolver has
/// returned; further ones wait, in order. Names of the configuration never wait. One look-up serves
/// all searches for the same name.
class HostLookups {
public:
    /// Half of QHostInfo's threads.
    static constexpr int kMaxForClients = 10;

    using Found = std::function<void(const QHostInfo&)>;
    /// Calls `found` once, from the event loop.
    using Resolver = std::function<void(const QString& host, Found found)>;

    /// One search for a name; letting go gives it up. It must not outlive the HostLookups.
    class Search {
    public:
        ~Search();
        Search(const Search&) = delete;
        Search& operator=(const Search&) = delete;
        /// Whether the look-up has not even begun.
        [[nodiscard]] bool isQueued() const;

    private:
        friend class HostLookups;
        Search(HostLookups& lookups, QString host, NamedBy namedBy, Found found);
        HostLookups& m_lookups;
        QString m_host;
        NamedBy m_namedBy;
        Found m_found;
        bool m_isAnswered = false;
    };

    HostLookups(); ///< by the system's resolver
    explicit HostLookups(Resolver resolver);
    /// `found` is called once, never from inside; the search may be let go in it.
    [[nodiscard]] std::unique_ptr<Search> find(const QString& host, NamedBy namedBy, Found found);

private:
    struct UnderWay {
        QString host;
        NamedBy namedBy;
    };
    void startDue();
    void answered(const QString& host, const QHostInfo& answer);
    [[nodiscard]] Found takeAnswered();
    [[nodiscard]] bool isUnderWay(const QString& host) const;
    [[nodiscard]] bool hasRoomForClients() const;

    QObject m_context; ///< its end cancels what QHostInfo would still tell
    Resolver m_resolver;
    std::vector<Search*> m_searches; ///< in the order of asking
    std::vector<UnderWay> m_underWay;
};

} // namespace sallyport
