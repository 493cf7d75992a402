// SPDX-License-Identifier: MIT
#include "core/net/connectrun.h"

#include "core/net/addressrace.h"
#include "core/support/hostport.h"

#include <algorithm>

namespace sallyport {

ConnectRun::ConnectRun(ConnectTarget target, Surroundings surroundings, ConnectObserver& observer)
    : m_target(std::move(target))
    , m_dialler(surroundings.dialler)
    , m_lookups(surroundings.lookups)
    , m_observer(observer)
    , m_timeout(surroundings.deadlines, [this] { timedOut(); })
    , m_stagger(surroundings.deadlines, [this] { dialNext(); }) {
    m_timeout.arm(m_target.timeout);
    surroundings.soon.add(*this);
}

void ConnectRun::runSoon() {
    QHostAddress literal;
    const QString host = QString::fromLatin1(m_target.host);
    if (literal.setAddress(host)) {
        race({literal});
        return;
    }
    m_search = m_lookups.find(host, m_target.namedBy,
                              [this](const QHostInfo& answer) { resolved(answer); });
}

void ConnectRun::resolved(const QHostInfo& answer) {
    m_search.reset();
    if (answer.error() == QHostInfo::NoError && !answer.addresses().isEmpty()) {
        race(answer.addresses());
        return;
    }
    fail({StreamFault::ResolveFailed,
          QStringLiteral("no address found for %1 (%2)")
              .arg(QString::fromLatin1(m_target.host), answer.errorString().toLower())});
}

void ConnectRun::race(const QList<QHostAddress>& addresses) {
    m_addresses = interleavedFamilies(addresses);
    if (m_target.mayConnect)
        std::erase_if(m_addresses, [&](const QHostAddress& a) { return !m_target.mayConnect(a); });
    if (m_addresses.empty()) {
        fail({StreamFault::Denied, QStringLiteral("%1 leads to an address that is not allowed")
                                       .arg(QString::fromLatin1(m_target.host))});
        return;
    }
    dialNext();
}

void ConnectRun::dialNext() {
    if (m_hasWinner || m_next >= m_addresses.size()) return;
    const Endpoint to{m_addresses[m_next++], m_target.port};
    m_dials.push_back(m_dialler.dial(to, m_target.tls, *this));
    if (m_next < m_addresses.size()) m_stagger.arm(kStagger);
}

void ConnectRun::dialConnected(Dial& dial) {
    m_hasWinner = true;
    m_stagger.disarm();
    std::erase_if(m_dials, [&](const auto& other) { return other.get() != &dial; });
    dial.proceed();
}

void ConnectRun::dialReady(StreamPtr stream) {
    m_timeout.disarm();
    m_observer.connected(std::move(stream));
}

void ConnectRun::dialFailed(Dial& dial, const StreamError& error) {
    m_lastError = error;
    const bool isFinal = m_hasWinner;
    std::erase_if(m_dials, [&](const auto& other) { return other.get() == &dial; });
    if (!isFinal && m_next < m_addresses.size()) {
        dialNext();
        return;
    }
    if (!m_dials.empty()) return;
    fail({m_lastError.fault, QStringLiteral("%1: %2").arg(where(), m_lastError.detail)});
}

void ConnectRun::timedOut() {
    m_dials.clear();
    QString why =
        QStringLiteral("%1: no connection within %2 ms").arg(where()).arg(m_target.timeout.count());
    if (m_search)
        why += m_search->isQueued() ? QStringLiteral(" (too many other names are being looked up)")
                                    : QStringLiteral(" (its name is still being looked up)");
    m_search.reset();
    fail({StreamFault::TimedOut, why});
}

void ConnectRun::fail(StreamError error) {
    m_timeout.disarm();
    m_stagger.disarm();
    m_observer.connectFailed(error);
}

QString ConnectRun::where() const {
    return hostPort(QString::fromLatin1(m_target.host), m_target.port);
}

} // namespace sallyport
