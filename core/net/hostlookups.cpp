// SPDX-License-Identifier: MIT
#include "core/net/hostlookups.h"

#include "core/support/background.h"

#include <algorithm>

namespace sallyport {

HostLookups::Search::Search(HostLookups& lookups, QString host, NamedBy namedBy, Found found)
    : m_lookups(lookups)
    , m_host(std::move(host))
    , m_namedBy(namedBy)
    , m_found(std::move(found)) {}

HostLookups::Search::~Search() { std::erase(m_lookups.m_searches, this); }

bool HostLookups::Search::isQueued() const { return !m_lookups.isUnderWay(m_host); }

HostLookups::HostLookups()
    : HostLookups([this](const QString& host, Answers answers, Found found) {
        if (answers == Answers::MayBeKept)
            QHostInfo::lookupHost(host, &m_context, std::move(found));
        else
            lookUpAnew(host, std::move(found));
    }) {}

/// fromName() asks the system's resolver always, and renews what is kept.
void HostLookups::lookUpAnew(const QString& host, Found found) {
    inBackground([host] { return QHostInfo::fromName(host); },
                 [found = std::move(found),
                  isHere = std::weak_ptr<const bool>(m_isHere)](const QHostInfo& answer) {
                     if (!isHere.expired()) found(answer);
                 });
}

HostLookups::HostLookups(Resolver resolver)
    : m_resolver(std::move(resolver)) {}

std::unique_ptr<HostLookups::Search> HostLookups::find(const QString& host, NamedBy namedBy,
                                                       Found found) {
    std::unique_ptr<Search> search(new Search(*this, host, namedBy, std::move(found)));
    m_searches.push_back(search.get());
    startDue();
    return search;
}

void HostLookups::startDue() {
    for (const Search* search : m_searches) {
        if (search->m_namedBy == NamedBy::Client && !hasRoomForClients()) continue;
        if (search->m_isAnswered || isUnderWay(search->m_host)) continue;
        m_underWay.push_back({search->m_host, search->m_namedBy});
        const auto answers = m_keptUntil.hasExpired() ? Answers::MayBeKept : Answers::Anew;
        m_resolver(search->m_host, answers, [this, host = search->m_host](const QHostInfo& answer) {
            answered(host, answer);
        });
    }
}

void HostLookups::answered(const QString& host, const QHostInfo& answer) {
    std::erase_if(m_underWay, [&](const UnderWay& each) { return each.host == host; });
    for (Search* search : m_searches)
        search->m_isAnswered = search->m_isAnswered || search->m_host == host;
    startDue();
    // Each call may let go of others, and may ask for the same name anew.
    while (const Found found = takeAnswered())
        found(answer);
}

HostLookups::Found HostLookups::takeAnswered() {
    const auto at = std::find_if(m_searches.begin(), m_searches.end(),
                                 [](const Search* search) { return search->m_isAnswered; });
    if (at == m_searches.end()) return {};
    Found found = std::move((*at)->m_found);
    m_searches.erase(at);
    return found;
}

bool HostLookups::isUnderWay(const QString& host) const {
    return std::any_of(m_underWay.begin(), m_underWay.end(),
                       [&](const UnderWay& each) { return each.host == host; });
}

bool HostLookups::hasRoomForClients() const {
    return std::count_if(m_underWay.begin(), m_underWay.end(), [](const UnderWay& each) {
               return each.namedBy == NamedBy::Client;
           }) < kMaxForClients;
}

} // namespace sallyport
