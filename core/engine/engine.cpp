// SPDX-License-Identifier: MIT
#include "core/engine/engine.h"

#include "core/config/filerewrite.h"
#include "core/config/gatewayedit.h"
#include "core/config/loader.h"
#include "core/config/routesedit.h"
#include "core/config/watcher.h"
#include "core/credential/credentialvault.h"
#include "core/engine/accesstokens.h"
#include "core/engine/authoritywatch.h"
#include "core/engine/cacheplace.h"
#include "core/engine/configsummary.h"
#include "core/engine/detailfeed.h"
#include "core/engine/enginelog.h"
#include "core/engine/listenplan.h"
#include "core/engine/logsettings.h"
#include "core/engine/networkwatch.h"
#include "core/engine/resending.h"
#include "core/history/historyfile.h"
#include "core/history/historywriter.h"
#include "core/net/streamreactor.h"
#include "core/observe/exchangelog.h"
#include "core/observe/log.h"
#include "core/proxy/outboundconnector.h"
#include "core/proxy/proxyserver.h"
#include "core/secrets/redact.h"
#include "core/support/bootclock.h"
#include "core/support/deadline.h"
#include "core/support/heaptrim.h"

#include <QDir>

namespace sallyport {

namespace {

using namespace std::chrono_literals;

/// How often changes are emitted with a screen, and the log is flushed without one.
constexpr auto kScreenInterval = 33ms;
constexpr auto kHeadlessInterval = 1000ms;
/// How long the engine is idle before free memory is returned to the system.
constexpr auto kRest = 10s;

} // namespace

class Engine::Core {
public:
    Core(Engine& facade, EngineOptions given)
        : q(facade)
        , options(std::move(given))
        , deadlines(clock)
        , reactor(makeStreamReactor(deadlines))
        , connector(*reactor, deadlines)
        , authority(deadlines, options.stateDir)
        , history(historyPath(options.stateDir), deadlines)
        , credentials(deadlines)
        , exchanges(clock, logLimits(options.keepsBodies, false, {}))
        , changes(deadlines, [this] { flushChanges(); })
        , details(deadlines, exchanges, std::bind_front(&Core::deliverDetail, this))
        , resending(*reactor,
                    [this](quint64 number, const QString& why) { emit q.resendEnded(number, why); })
        , problems(deadlines, [this] { updateStatus(); })
        , watch(deadlines, std::bind_front(&Core::networkChanged, this))
        , rest(deadlines, [this] {
            if (exchanges.running() == 0) returnFreeMemory();
        }) {
        exchanges.setChangedCallback([this] { noticeChange(); });
        exchanges.setEndedCallback([this](const ExchangeDetail& ended) { history.keep(ended); });
        exchanges.setContentsCallback([this] { return history.admitsContents(); });
        credentials.setLearnedCallback([this] { renewSecrets(); });
    }

    bool open();
    bool load();
    void reject(const QString& reason);
    bool listen();
    bool listenOn(const QHostAddress& address, quint16 port);
    [[nodiscard]] Endpoint wantedEndpoint() const;
    [[nodiscard]] ConfigSummary summary() const;
    void applyRules();
    void networkChanged(const char* reason);
    void targetChanged(const QString& upstream, const TargetStatus& target);
    void renewSecrets() { renewKnownSecrets(exchanges, credentials.secrets() + tokens.all()); }
    void noticeChange();
    void updateLogLimits();
    [[nodiscard]] bool hasReaders() const { return server && server->events().hasReaders(); }
    void updateStatus();
    void flushChanges();
    void deliverDetail(quint64 id, const std::optional<ExchangeDetail>& found);
    void setStatus(EngineStatus::State state, const QString& problem = {}, bool isTaken = false);

    Engine& q;
    EngineOptions options;
    BootClock clock;
    DeadlineQueue deadlines;
    std::unique_ptr<StreamReactor> reactor;
    OutboundConnector connector; ///< what upstream connections are made by
    AuthorityWatch authority;
    HistoryWriter history; ///< outlives the exchanges
    CredentialVault credentials;
    ExchangeLog exchanges;
    std::unique_ptr<ProxyServer> server;
    std::unique_ptr<ConfigWatcher> watcher;
    std::shared_ptr<const Config> config;
    std::shared_ptr<const RuleSet> rules;
    AccessTokens tokens;
    EngineStatus status;
    Endpoint bound;
    Endpoint asked; ///< what `listen:` said when it was opened
    Deadline changes;
    DetailFeed details;
    Resending resending;
    Deadline problems;   ///< looks again: a pause ends without anything that happens
    quint64 network = 0; ///< rises when connections of before are of no use
    NetworkWatch watch;
    Deadline rest;
};

/// What is quoted of the files may be a secret in the wrong place that has no look of one.
void Engine::Core::reject(const QString& reason) {
    const QString told = redactedMessage(reason, exchanges.knownSecrets());
    log::write(log::Level::Error, "config_rejected", {{"reason", told}});
    emit q.configRejected(told);
}

/// Reads the files. On an error the configuration in force stays, and configRejected() is emitted.
bool Engine::Core::load() {
    // What is read now is not told again; what changes after this line is.
    if (watcher) watcher->acknowledge();
    auto loaded = loadConfig(options.configDir);
    if (!loaded) {
        reject(loaded.error().toString());
        return false;
    }
    const auto before = std::exchange(config, loaded.value());
    auto newTokens = readAccessTokens(*config, options.stateDir, clock);
    if (!newTokens) {
        config = before;
        reject(newTokens.error());
        return false;
    }
    tokens = std::move(newTokens).value();
    logConfig(*config);
    updateLogLimits();
    authority.follow(config->intercept);
    history.setLimits(historyLimits(config->settings));
    return true;
}

bool Engine::Core::open() {
    // Before the first look: a file that is mended after it was refused is read again.
    if (options.watchesFiles && !watcher) {
        watcher = std::make_unique<ConfigWatcher>(options.configDir);
        QObject::connect(watcher.get(), &ConfigWatcher::changed, &q, &Engine::reload);
    }
    if (!load()) {
        setStatus(EngineStatus::State::Failed, Engine::tr("The configuration cannot be used."));
        return false;
    }
    emit q.configChanged(summary());
    return listen();
}

bool Engine::Core::listen() {
    if (!server) {
        server = std::make_unique<ProxyServer>(*reactor, connector, deadlines, exchanges);
        server->events().setReadersCallback([this] { updateLogLimits(); });
        QObject::connect(server.get(), &ProxyServer::drained, &q, [this] {
            setStatus(EngineStatus::State::Stopped);
            log::flush();
            emit q.drained();
        });
    }
    const auto [address, port] = wantedEndpoint();
    if (const QString why = problemOfListening(address, config->settings, tokens.local);
        !why.isEmpty()) {
        setStatus(EngineStatus::State::Failed, why);
        return false;
    }
    // Rules stand before the first connection can be accepted; the port is put in right after.
    applyRules();
    if (listenOn(address, port)) return true;
    log::write(log::Level::Error, "listen_failed", {{"reason", status.problem}});
    return false;
}

bool Engine::Core::listenOn(const QHostAddress& address, quint16 port) {
    const auto outcome = server->listen(address, port);
    if (!outcome) {
        setStatus(EngineStatus::State::Failed, outcome.error().detail, outcome.error().isTaken);
        return false;
    }
    bound = outcome.value();
    applyRules();
    setStatus(EngineStatus::State::Running);
    if (std::exchange(asked, wantedEndpoint()) != wantedEndpoint()) emit q.configChanged(summary());
    log::write(log::Level::Info, "listening", {{"address", status.address}});
    return true;
}

Endpoint Engine::Core::wantedEndpoint() const {
    return {options.listenAddress.value_or(config->settings.listenAddress),
            options.listenPort.value_or(config->settings.listenPort)};
}

ConfigSummary Engine::Core::summary() const {
    ConfigSummary out = summaryOf(*config, options.configDir);
    const bool isPending = server && server->isListening() && asked != wantedEndpoint();
    if (isPending) out.pendingAddress = addressText(wantedEndpoint());
    return out;
}

void Engine::Core::applyRules() {
    ListenerAccess access{tokens.local, ownAuthority(bound, *config), authority.authority(),
                          tokens.clients, &credentials};
    access.caches = cachePlace(options.stateDir, options.configDir);
    access.network = network;
    rules = makeRuleSet(config, std::move(access), {connector, deadlines}, rules.get());
    renewSecrets();
    server->setRules(rules);
    rules->watchTargets(std::bind_front(&Core::targetChanged, this));
    logUnusable(*rules);
}

void Engine::Core::networkChanged(const char* reason) {
    log::write(log::Level::Info, "network_changed", {{"reason", QByteArrayView(reason)}});
    reactor->networkChanged();
    ++network;
    if (rules) applyRules();
    deadlines.expireDue(); // while the machine is suspended no timer fires
}

void Engine::Core::targetChanged(const QString& upstream, const TargetStatus& target) {
    logTarget(upstream, target, exchanges.knownSecrets());
    noticeChange();
}

/// Takes anew what of the status changes by itself, and tells it.
void Engine::Core::updateStatus() {
    EngineStatus next = status;
    next.active = static_cast<int>(exchanges.running());
    next.upstreamProblems = rules->upstreamProblems(clock.now());
    if (!next.upstreamProblems.isEmpty()) problems.arm(kHeadlessInterval);
    if (next == status) return;
    status = next;
    emit q.statusChanged(status);
}

void Engine::Core::noticeChange() {
    if (changes.isArmed()) return;
    changes.arm(options.keepsBodies || hasReaders() ? kScreenInterval : kHeadlessInterval);
}

void Engine::Core::updateLogLimits() {
    exchanges.setLimits(logLimits(options.keepsBodies, hasReaders(), config->settings));
}

void Engine::Core::flushChanges() {
    const std::vector<ExchangeRecord> taken = exchanges.takeChanges();
    log::flush();
    if (exchanges.running() == 0) rest.arm(kRest);
    if (server) server->events().publish(taken);
    if (rules) updateStatus();
    if (!options.keepsBodies || taken.empty()) return;
    emit q.exchangesChanged(QVector<ExchangeRecord>(taken.begin(), taken.end()));
    details.noteChanges(taken);
}

void Engine::Core::deliverDetail(quint64 id, const std::optional<ExchangeDetail>& found) {
    if (found)
        emit q.detailChanged(*found);
    else
        emit q.detailGone(id);
}

void Engine::Core::setStatus(EngineStatus::State state, const QString& problem, bool isTaken) {
    EngineStatus next{state, {}, problem, isTaken, static_cast<int>(exchanges.running()), {}};
    const bool isOpen =
        state == EngineStatus::State::Running || state == EngineStatus::State::Draining;
    if (isOpen) next.address = addressText(bound);
    if (isOpen) next.upstreamProblems = status.upstreamProblems;
    if (next == status) return;
    status = next;
    emit q.statusChanged(status);
}

Engine::Engine(EngineOptions options, QObject* parent)
    : QObject(parent)
    , m_options(std::move(options)) {
    qRegisterMetaType<EngineStatus>();
    qRegisterMetaType<ConfigSummary>();
    qRegisterMetaType<ExchangeDetail>();
    qRegisterMetaType<QVector<ExchangeRecord>>();
}

Engine::~Engine() { log::flush(); }

Engine::Core& Engine::core() {
    // Made on first use, so that its timers and sockets belong to the thread that it was moved to.
    if (!m_core) m_core = std::make_unique<Core>(*this, m_options);
    return *m_core;
}

QByteArray Engine::localToken() const { return m_core ? m_core->tokens.local : QByteArray(); }

EngineStatus Engine::status() const { return m_core ? m_core->status : EngineStatus(); }

ConfigSummary Engine::summary() const {
    return m_core && m_core->config ? m_core->summary() : ConfigSummary();
}

bool Engine::open() { return core().open(); }

void Engine::reload() {
    Core& c = core();
    const bool wasOpen = c.server && c.server->isListening();
    if (!c.load()) return;
    if (c.server) c.applyRules();
    log::write(log::Level::Info, "config_loaded", {{"routes", qint64(c.config->routes.size())}});
    emit configChanged(c.summary());
    if (!wasOpen && c.status.state == EngineStatus::State::Failed) c.listen();
}

void Engine::setListening(bool on) {
    Core& c = core();
    if (!on) {
        if (c.server) c.server->stopListening();
        c.setStatus(EngineStatus::State::Stopped);
        return;
    }
    if (c.server && c.server->isListening()) return;
    if (c.config)
        c.listen();
    else
        c.open();
}

void Engine::listenOnFreePort() {
    Core& c = core();
    if (!c.server || !c.config || c.server->isListening()) return;
    const auto [address, port] = c.wantedEndpoint();
    for (const quint16 near : portsInPlaceOf(port))
        if (c.listenOn(address, near)) return;
}

void Engine::setRouteEnabled(const QString& route, bool enabled) {
    editRoutes([&](const QByteArray& yaml, const QString& path) {
        return withRouteEnabled(yaml, path, route, enabled);
    });
}

void Engine::setUpstream(const QString& upstream) {
    editRoutes([&](const QByteArray& yaml, const QString& path) {
        return withUpstream(yaml, path, upstream);
    });
}

void Engine::editRoutes(const TextEdit& edit) {
    const auto done =
        rewriteFile(QDir(m_options.configDir).filePath(QStringLiteral("routes.yaml")), edit);
    if (done)
        reload();
    else
        emit configRejected(done.error());
}

void Engine::pinSession(const QString& upstream, const QString& session, const QString& target) {
    if (const Core& c = core(); c.rules && c.rules->pinSession(upstream, session, target))
        log::write(log::Level::Info, "session_pinned", {{"session", session}, {"target", target}});
}

void Engine::drain() {
    Core& c = core();
    if (!c.server || !c.config) {
        emit drained();
        return;
    }
    c.setStatus(EngineStatus::State::Draining);
    c.server->drain(c.config->settings.drain);
}

void Engine::watchExchange(quint64 id) { core().details.follow(id); }

void Engine::readExchange(quint64 id) { core().details.read(id); }

void Engine::resend(const ResendRequest& request) {
    Core& c = core();
    const bool isOpen = c.server && c.server->isListening();
    const QString problem = isOpen ? c.resending.send(request, c.bound, c.tokens.local)
                                   : tr("Sallyport does not listen");
    if (!problem.isEmpty()) emit resendEnded(request.number, problem);
}

void Engine::cancelResend(quint64 number) { core().resending.cancel(number); }

void Engine::clearLog() { core().exchanges.clear(); }

} // namespace sallyport
