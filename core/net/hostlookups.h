// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/connector.h"

#include <QDeadlineTimer>
#include <QHostInfo>
#include <QObject>
#include <QString>

#include <chrono>
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
///
/// QHostInfo keeps answers for 60 s; in the first 60 s on another network it is asked past them.
class HostLookups {
public:
    /// Half of QHostInfo's threads.
    static constexpr int kMaxForClients = 10;

    /// How long QHostInfo keeps an answer, whatever its time to live.
    static constexpr std::chrono::seconds kKept{60};

    using Found = std::function<void(const QHostInfo&)>;
    enum class Answers { MayBeKept, Anew };
    /// Calls `found` once, from the event loop. `Anew`: nothing that was kept is an answer.
    using Resolver = std::function<void(const QString& host, Answers answers, Found found)>;

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
    /// What the resolver has kept by now is of another network, and is no answer any more.
    void networkChanged() { m_keptUntil.setRemainingTime(kKept); }
    [[nodiscard]] std::unique_ptr<Search> find(const QString& host, NamedBy namedBy, Found found);

private:
    struct UnderWay {
        QString host;
        NamedBy namedBy;
    };
    void lookUpAnew(const QString& host, Found found);
    void startDue();
    void answered(const QString& host, const QHostInfo& answer);
    [[nodiscard]] Found takeAnswered();
    [[nodiscard]] bool isUnderWay(const QString& host) const;
    [[nodiscard]] bool hasRoomForClients() const;

    QDeadlineTimer m_keptUntil; ///< when all that was kept before the last change is forgotten
    QObject m_context;          ///< its end cancels what QHostInfo would still tell
    std::shared_ptr<const bool> m_isHere = std::make_shared<const bool>(true);
    Resolver m_resolver;
    std::vector<Search*> m_searches; ///< in the order of asking
    std::vector<UnderWay> m_underWay;
};

} // namespace sallyport
