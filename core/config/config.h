// SPDX-License-Identifier: MIT
#pragma once

#include "core/route/destinationpolicy.h"
#include "core/route/interceptlist.h"
#include "core/route/route.h"
#include "core/upstream/upstreamconfig.h"

#include <QHostAddress>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace sallyport {

/// `access.token`: where the local token comes from.
struct TokenSource {
    enum class Kind { Auto, None, Environment, File };
    Kind kind = Kind::Auto;
    QString name; ///< variable or absolute path
    friend bool operator==(const TokenSource&, const TokenSource&) = default;
};

/// One entry of `access.clients`: a client with a token of its own.
struct ClientConfig {
    QString name;
    TokenSource token; ///< Environment or File
    std::optional<Rate> rate;
    std::optional<InFlightLimit> inFlight;
    qint64 tokensPerDay = 0; ///< 0: no bound
    QString upstream;        ///< takes the place of a route's; empty: the route's own
    friend bool operator==(const ClientConfig&, const ClientConfig&) = default;
};

enum class LogLevel { Trace, Debug, Info, Warn, Error };

/// `limits` of `settings.yaml`: what one client, and all of them, may cost. New connections take
/// the limits of the moment at which they are accepted.
struct Limits {
    qsizetype head = 64 * 1024;      ///< bytes of a start line with its fields, either direction
    int fields = 256;                ///< field lines of a message, either direction
    qsizetype pipelined = 64 * 1024; ///< bytes kept of requests that wait for the one before
    int connections = 4096;          ///< from all clients; more wait in the kernel's backlog
    int connectionsPerClient = 0;    ///< from one address; 0: no bound but `connections`
    int interimResponses = 32;       ///< 1xx responses to one request
    std::chrono::milliseconds headerTimeout{30'000}; ///< for a whole request head
    std::chrono::milliseconds bodyTimeout{300'000};  ///< between two pieces of a request's content
    std::chrono::milliseconds idleTimeout{600'000};  ///< between two requests on a connection
    /// A client that takes not one byte of what waits for it, for so long, is cut.
    std::chrono::milliseconds writeTimeout{300'000};
    std::chrono::milliseconds tunnelIdle{0}; ///< silence of both sides; 0: without a bound
    std::chrono::milliseconds tunnelHalfClosed{60'000}; ///< silence after one side has ended
    friend bool operator==(const Limits&, const Limits&) = default;
};

/// `history` of `settings.yaml`: what is kept of exchanges on disk, and for how long.
struct HistorySettings {
    bool isEnabled = true;
    std::chrono::milliseconds metadata = std::chrono::hours(24 * 30);
    std::chrono::milliseconds bodies = std::chrono::hours(24); ///< fields and contents; 0: none
    qint64 maxSize = qint64{512} * 1024 * 1024;                ///< of the file
    friend bool operator==(const HistorySettings&, const HistorySettings&) = default;
};

/// `settings.yaml`, typed; each member's default is the file's default.
struct Settings {
    QHostAddress listenAddress{QHostAddress::LocalHost};
    quint16 listenPort = 8899;
    TokenSource token;
    bool allowRemote = false;
    std::vector<ClientConfig> clients;
    std::vector<QByteArray> allowedHosts; ///< lower case, without port
    LogLevel logLevel = LogLevel::Info;
    bool captureBodies = true;
    qint64 captureMaxBody = 4 * 1024 * 1024;
    HistorySettings history;
    Limits limits;
    std::chrono::milliseconds drain{30000};
    friend bool operator==(const Settings&, const Settings&) = default;
};

/// Both files of a configuration directory. A value; shared as `shared_ptr<const Config>`.
struct Config {
    Settings settings;
    std::vector<UpstreamConfig> upstreams;
    std::vector<Route> routes; ///< in the order of the file
    DestinationPolicy forward;
    Via forwardVia; ///< how what `forward` passes on leaves this machine
    InterceptList intercept;
    friend bool operator==(const Config&, const Config&) = default;
};

} // namespace sallyport
