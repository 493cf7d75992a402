// SPDX-License-Identifier: MIT
#include "core/net/happyeyeballs.h"

#include "core/net/addressorder.h"
#include "core/support/hostport.h"

#include <algorithm>

namespace sallyport {

HappyEyeballs::HappyEyeballs(ConnectTarget target, Context context, ConnectObserver& observer)
    : m_target(std::move(target))
    , m_dialler(context.dialler)
    , m_lookups(context.lookups)
    , m_observer(observer)
    , m_timeout(context.deadlines, [this] { timedOut(); })
    , m_stagger(context.deadlines, [this] { dialNext(); }) {
    m_timeout.arm(m_target.timeout);
    context.deferredTasks.add(*this);
}

void HappyEyeballs::runDeferred() {
    if (m_target.tls) { // never in plain text what was to be encrypted
        fail({StreamFault::TlsFailed, QStringLiteral("%1: there is no TLS here").arg(where())});
        return;
    }
    QHostAddress literal;
    const QString host = QString::fromLatin1(m_target.host);
    if (literal.setAddress(host)) {
        race({literal});
        return;
    }
    m_search = m_lookups.find(host, m_target.namedBy,
                              [this](const QHostInfo& response) { resolved(response); });
}

void HappyEyeballs::resolved(const QHostInfo& response) {
    m_search.reset();
    if (response.error() == QHostInfo::NoError && !response.addresses().isEmpty()) {
        race(response.addresses());
        return;
    }
    fail({StreamFault::ResolveFailed,
          QStringLiteral("no address found for %1 (%2)")
              .arg(QString::fromLatin1(m_target.host), response.errorString().toLower())});
}

void HappyEyeballs::race(const QList<QHostAddress>& addresses) {
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

void HappyEyeballs::dialNext() {
    if (m_hasWinner || m_next >= m_addresses.size()) return;
    const Endpoint to{m_addresses[m_next++], m_target.port};
    m_dials.push_back(m_dialler.dial(to, *this));
    if (m_next < m_addresses.size()) m_stagger.arm(kStagger);
}

void HappyEyeballs::dialConnected(Dial& dial) {
    m_hasWinner = true;
    m_stagger.disarm();
    std::erase_if(m_dials, [&](const auto& other) { return other.get() != &dial; });
    dial.proceed();
}

void HappyEyeballs::dialReady(StreamPtr stream) {
    m_timeout.disarm();
    m_observer.connected(std::move(stream));
}

void HappyEyeballs::dialFailed(Dial& dial, const StreamError& error) {
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

void HappyEyeballs::timedOut() {
    m_dials.clear();
    QString why =
        QStringLiteral("%1: no connection within %2 ms").arg(where()).arg(m_target.timeout.count());
    if (m_search)
        why += m_search->isQueued() ? QStringLiteral(" (too many other names are being looked up)")
                                    : QStringLiteral(" (its name is still being looked up)");
    m_search.reset();
    fail({StreamFault::TimedOut, why});
}

void HappyEyeballs::fail(StreamError error) {
    m_timeout.disarm();
    m_stagger.disarm();
    m_observer.connectFailed(error);
}

QString HappyEyeballs::where() const {
    return hostPort(QString::fromLatin1(m_target.host), m_target.port);
}

} // namespace sallyport
