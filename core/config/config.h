// SPDX-License-Identifier: MIT
#pragma once

#include "core/route/forwardpolicy.h"
#include "core/route/route.h"
#include "core/upstream/upstreamconfig.h"

#include <QHostAddress>
#include <QString>
#include <QStringList>

#include <chrono>
#include <vector>

namespace sallyport {

/// `access.token`: where the local token comes from.
struct TokenSource {
    enum class Kind { Auto, None, Environment, File };
    Kind kind = Kind::Auto;
    QString name; ///< variable or absolute path
    friend bool operator==(const TokenSource&, const TokenSource&) = default;
};

enum class LogLevel { Trace, Debug, Info, Warn, Error };

/// `settings.yaml`, typed; each member's default is the file's default.
struct Settings {
    QHostAddress listenAddress{QHostAddress::LocalHost};
    quint16 listenPort = 8899;
    TokenSource token;
    bool allowRemote = false;
    std::vector<QByteArray> allowedHosts; ///< lower case, without port
    LogLevel logLevel = LogLevel::Info;
    bool captureBodies = true;
    qint64 captureMaxBody = 4 * 1024 * 1024;
    qsizetype headLimit = 64 * 1024;
    int connectionLimit = 4096;
    std::chrono::milliseconds headerTimeout{30000};
    std::chrono::milliseconds drain{30000};
    friend bool operator==(const Settings&, const Settings&) = default;
};

/// Both files of a configuration directory. A value; shared as `shared_ptr<const Config>`.
struct Config {
    Settings settings;
    std::vector<UpstreamConfig> upstreams;
    std::vector<Route> routes; ///< in the order of the file
    ForwardPolicy forward;
    friend bool operator==(const Config&, const Config&) = default;
};

} // namespace sallyport
