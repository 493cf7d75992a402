// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/filerewrite.h"
#include "core/engine/resendrequest.h"
#include "core/history/historylimits.h"
#include "core/observe/exchangerecord.h"
#include "core/support/result.h"
#include "core/upstream/upstreamtestvalues.h" // for users of this facade

#include <QHostAddress>
#include <QMetaType>
#include <QObject>
#include <QString>
#include <QVector>

#include <memory>
#include <optional>

namespace sallyport {

/// The state of the listener, for display.
struct EngineStatus {
    enum class State { Stopped, Running, Draining, Failed };
    State state = State::Stopped;
    QString address; ///< `127.0.0.1:8899`, as bound; empty while stopped
    QString problem; ///< why it failed, for people: names the port and its owner
    bool isPortTaken = false;
    int active = 0; ///< exchanges under way
    /// What keeps targets of upstreams from taking requests, in words: `corp: a.example:443: 5 of 8
    /// requests failed within 30 s, the last one: connection refused`. Empty while all are up.
    QStringList upstreamProblems;
    friend bool operator==(const EngineStatus&, const EngineStatus&) = default;
};

/// A route that can be switched on and off.
struct RouteSwitch {
    QString name;
    QString summary; ///< `/v1/claude → corp`
    bool isEnabled = true;
    friend bool operator==(const RouteSwitch&, const RouteSwitch&) = default;
};

/// Where the requests of Claude Code go.
struct Destination {
    QString upstream; ///< its name; empty when no upstream takes them
    QString host;     ///< of its first target; empty for the sandbox and for a recording
    bool isSandbox = false;
    QString recording = {}; ///< name of the file that `replay:` serves; else empty
    friend bool operator==(const Destination&, const Destination&) = default;
};

/// The part of the configuration that the screens show.
struct ConfigSummary {
    QString dir;
    QVector<RouteSwitch> routes;
    QStringList upstreams;
    QStringList warnings; ///< what is allowed and not safe, a sentence each; shown all the time
    bool hasRoutesFile = false; ///< false: the sandbox default is served
    Destination destination;
    HistoryLimits history; ///< what is kept of exchanges on disk, and for how long
    /// What `listen:` asks for when that has changed since it was opened; empty otherwise.
    QString pendingAddress;
    friend bool operator==(const ConfigSummary&, const ConfigSummary&) = default;
};

struct EngineOptions {
    QString configDir;
    QString stateDir;
    std::optional<QHostAddress> listenAddress; ///< overrides `listen:`
    std::optional<quint16> listenPort;
    bool keepsBodies = true; ///< for a log window; false without one
    bool watchesFiles = true;
};

/// The facade that app and ui see: the whole core as slots, values and signals. Lives on one thread
/// with an event loop, to which it is moved before open(); slots are called there, from another
/// thread through QMetaObject::invokeMethod. Signals carry values.
class Engine : public QObject {
    Q_OBJECT
public:
    explicit Engine(EngineOptions options, QObject* parent = nullptr);
    ~Engine() override;

    /// The token that clients show; empty when `access.token: none`. After a successful open().
    [[nodiscard]] QByteArray localToken() const;
    [[nodiscard]] EngineStatus status() const;
    [[nodiscard]] ConfigSummary summary() const;

public slots:
    /// Reads the configuration, opens the token, starts listening. The outcome comes by
    /// statusChanged() and configRejected(), and is the return value for callers on this thread.
    bool open();
    /// Reads the files again; a bad one changes nothing that runs.
    void reload();
    /// Edits the line of `routes.yaml` that leads Claude Code's requests, then reloads.
    void setUpstream(const QString& upstream);
    /// Listens on a free port near that of `listen:`, until it is told to listen anew.
    void listenOnFreePort();
    /// Starts and stops listening; stopping closes idle connections and lets running exchanges end.
    void setListening(bool on);
    /// Edits the line of `routes.yaml` that holds the switch, then reloads.
    void setRouteEnabled(const QString& route, bool enabled);
    /// Sends the requests of a session of Claude Code to that target of the upstream and to no
    /// other, until the process ends; empty: to any again.
    void pinSession(const QString& upstream, const QString& session, const QString& target);
    /// Stops accepting, lets exchanges end for up to `drain`, cuts what is left; then drained().
    void drain();
    /// Follows one exchange: detailChanged() now and at most 20 times a second while it runs.
    /// 0 follows none.
    void watchExchange(quint64 id);
    /// detailChanged() or detailGone() once, whatever is followed.
    void readExchange(quint64 id);
    /// Sends a request to the own listener, with the local token; the log has what comes of it.
    /// Ends in resendEnded().
    void resend(const ResendRequest& request);
    /// Cuts its connection, as a client that goes does; resendEnded() does not come any more.
    void cancelResend(quint64 number);
    /// Forgets ended exchanges.
    void clearLog();

signals:
    void statusChanged(const sallyport::EngineStatus& status);
    void configChanged(const sallyport::ConfigSummary& summary);
    void configRejected(const QString& message);
    /// Records that came or changed, at most 30 times a second, in order of id.
    void exchangesChanged(const QVector<sallyport::ExchangeRecord>& records);
    void detailChanged(const sallyport::ExchangeDetail& detail);
    /// The exchange that is to be followed or read is no longer kept.
    void detailGone(quint64 id);
    /// `problem`: why it was not sent, a clause; empty when its connection has ended.
    void resendEnded(quint64 number, const QString& problem);
    void drained();

private:
    class Core;
    [[nodiscard]] Core& core();
    void editRoutes(const TextEdit& edit);
    EngineOptions m_options;
    std::unique_ptr<Core> m_core;
};

} // namespace sallyport

Q_DECLARE_METATYPE(sallyport::EngineStatus)
Q_DECLARE_METATYPE(sallyport::ConfigSummary)
