// SPDX-License-Identifier: MIT
#include "core/upstream/systemproxies.h"

#include "core/support/background.h"
#include "core/support/hostport.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QNetworkInformation>
#include <QNetworkProxyFactory>
#include <QUrl>

#include <utility>

#ifdef Q_OS_LINUX
#include <dlfcn.h>
#endif

namespace sallyport {

SystemProxies::SystemProxies(const Clock& clock, Ask ask, NamedBy hosts)
    : m_clock(clock)
    , m_ask(std::move(ask))
    , m_hosts(hosts) {
    // They wait for an answer, and not for the next turn.
    m_waiting.setWaker([] {});
}

void SystemProxies::followNetwork() {
    if (!QNetworkInformation::loadDefaultBackend()) return;
    const auto* const network = QNetworkInformation::instance();
    const auto changed = [this] { networkChanged(); };
    QObject::connect(network, &QNetworkInformation::reachabilityChanged, &m_context, changed);
    QObject::connect(network, &QNetworkInformation::transportMediumChanged, &m_context, changed);
    QObject::connect(network, &QNetworkInformation::isBehindCaptivePortalChanged, &m_context,
                     changed);
}

void SystemProxies::networkChanged() {
    ++m_generation;
    std::erase_if(m_known, [](const auto& each) { return each.second.hops.has_value(); });
}

std::optional<ProxyHops> SystemProxies::find(const ProxyQuery& query, DeferredTask& waiter) {
    const auto found = m_known.find(query);
    const bool isAsked =
        found != m_known.end() && !found->second.hops && found->second.generation == m_generation;
    if (found != m_known.end() && found->second.hops && m_clock.now() < found->second.until)
        return found->second.hops;
    m_waiting.add(waiter);
    if (!isAsked && mayAsk()) ask(query);
    return std::nullopt;
}

void SystemProxies::ask(const ProxyQuery& query) {
    if (m_known.size() >= kMostKept)
        std::erase_if(m_known, [](const auto& each) { return each.second.hops.has_value(); });
    m_known[query] = {std::nullopt, {}, m_generation};
    ++m_asking;
    inBackground([ask = m_ask, query] { return ask(query); },
                 [this, isHere = std::weak_ptr<const bool>(m_isHere), query,
                  generation = m_generation](ProxyHops hops) {
                     if (!isHere.expired()) answered(query, generation, std::move(hops));
                 });
}

/// An answer from before the network changed is not kept: who waits asks again.
void SystemProxies::answered(const ProxyQuery& query, quint64 generation, ProxyHops hops) {
    --m_asking;
    if (generation == m_generation)
        m_known[query] = {std::move(hops), m_clock.now() + kKept, generation};
    m_waiting.run();
}

namespace {

QString told(const char* text) { return QCoreApplication::translate("ProxyFailure", text); }

/// What the variables of the environment say of a script, as libproxy reads them.
QByteArray scriptOf(const ProxyQuery& query) {
    QByteArrayList names{"http_proxy", "HTTP_PROXY"};
    if (query.isTls) names = QByteArrayList{"https_proxy", "HTTPS_PROXY"} + names;
    for (const QByteArray& name : names) {
        const QByteArray value = qgetenv(name.constData());
        if (value.isEmpty()) continue;
        const bool isScript = value.startsWith("pac+") || value.startsWith("wpad:");
        return isScript ? value : QByteArray();
    }
    return {};
}

QStringList findScriptRunners() {
    QStringList out;
    for (const QString& root : {QStringLiteral("/usr/lib"), QStringLiteral("/usr/lib64")}) {
        const QDir libraries(root);
        QStringList folders = libraries.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        folders.prepend(QString());
        for (const QString& folder : folders) {
            const QDir versions(libraries.filePath(folder) + QStringLiteral("/libproxy"));
            for (const QString& version : versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
                const QDir modules(versions.filePath(version) + QStringLiteral("/modules"));
                for (const QString& name : modules.entryList({QStringLiteral("pacrunner_*.so")}))
                    out += modules.filePath(name);
            }
        }
    }
    return out;
}

/// The modules of libproxy that run scripts, which are in packages of their own. Listed once; with
/// a script and none of them each time, for one may be installed meanwhile.
QStringList scriptRunners(bool isNeeded) {
    static const QStringList kFirst = findScriptRunners();
    return kFirst.isEmpty() && isNeeded ? findScriptRunners() : kFirst;
}

/// libproxy unloads what runs scripts when Qt frees it at the end of the process; the destructors
/// of thread data of JavaScriptCore run after that, and must still be there.
void keepLoaded(const QStringList& modules) {
#ifdef Q_OS_LINUX
    for (const QString& module : modules)
        dlopen(QFile::encodeName(module).constData(), RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
#else
    Q_UNUSED(modules)
#endif
}

/// Empty when there is none.
QString problemOfScript(const QByteArray& script, const QStringList& runners) {
    if (script.isEmpty()) return {};
    // libproxy 0.4.18 ends the process on them (a null pointer in its download).
    if (script.startsWith("pac+file:"))
        return told(QT_TRANSLATE_NOOP(
            "ProxyFailure", "the system names a PAC script by file:, which libproxy cannot read; "
                            "serve it by http://, or write via: http://HOST:PORT in routes.yaml"));
    if (!runners.isEmpty()) return {};
    return told(QT_TRANSLATE_NOOP(
        "ProxyFailure", "the system names a PAC script, and nothing here can run it; install "
                        "libproxy1-plugin-webkit, or write via: http://HOST:PORT in routes.yaml"));
}

} // namespace

ProxyHops askSystemForProxies(const ProxyQuery& query) {
    const QByteArray script = scriptOf(query);
    const QStringList runners = scriptRunners(!script.isEmpty());
    ProxyHops out{QStringLiteral("system"), {}, problemOfScript(script, runners)};
    if (!out.problem.isEmpty()) return out;
    const QUrl url((query.isTls ? QStringLiteral("https://") : QStringLiteral("http://")) +
                   hostPort(QString::fromLatin1(query.host), query.port) + u'/');
    bool hasDirect = false;
    bool hasSocks = false;
    const auto proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
    keepLoaded(runners);
    for (const QNetworkProxy& each : proxies) {
        const bool isHttp = each.type() == QNetworkProxy::HttpProxy ||
                            each.type() == QNetworkProxy::HttpCachingProxy;
        if (isHttp && !each.hostName().isEmpty())
            out.hops.push_back({each.hostName().toLatin1(),
                                each.port(),
                                {each.user().toUtf8(), each.password().toUtf8()}});
        hasDirect = hasDirect || each.type() == QNetworkProxy::NoProxy;
        hasSocks = hasSocks || each.type() == QNetworkProxy::Socks5Proxy;
        if (each.type() == QNetworkProxy::NoProxy && out.hops.empty()) break;
    }
    // One proxy, or none, is what settings name; only a script has a list of them.
    const bool isScript = !script.isEmpty() || out.hops.size() > 1;
    if (isScript) out.source += QStringLiteral(", PAC");
    // Qt adds "directly" to each list that has a proxy; settings do not mean that.
    if (hasDirect && (isScript || (out.hops.empty() && !hasSocks))) out.hops.push_back({});
    if (out.hops.empty())
        out.problem = told(QT_TRANSLATE_NOOP(
            "ProxyFailure", "the system names no HTTP proxy and no direct way (SOCKS is not "
                            "spoken); write via: http://HOST:PORT in routes.yaml"));
    return out;
}

} // namespace sallyport
