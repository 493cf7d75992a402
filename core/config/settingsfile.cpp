// SPDX-License-Identifier: MIT
#include "core/config/settingsfile.h"

#include "core/config/addresses.h"
#include "core/config/clientsection.h"
#include "core/config/quoting.h"
#include "core/config/sections.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace sallyport {

namespace {

constexpr qint64 kLeastHead = 1024;
constexpr qint64 kMostHead = qint64{16} * 1024 * 1024;
constexpr qint64 kMostBody = qint64{1024} * 1024 * 1024;
constexpr qint64 kMostConnections = 1'000'000;
constexpr qint64 kMostPipelined = qint64{16} * 1024 * 1024;
constexpr qint64 kLeastHistory = qint64{8} * 1024 * 1024;
constexpr qint64 kMostHistory = qint64{1024} * 1024 * 1024 * 1024;
constexpr qint64 kLeastFields = 16;
constexpr qint64 kMostFields = 10'000;
constexpr qint64 kMostInterim = 1000;

using Milliseconds = std::chrono::milliseconds;

scalars::Parsed<qint64> sizeWithin(const QByteArray& text, qint64 least, qint64 most) {
    const auto size = scalars::size(text);
    if (!size || (*size >= least && *size <= most)) return size;
    return Failure{QCoreApplication::translate("Config", "\"%1\" is not from %2 to %3 bytes")
                       .arg(shownValue(text), QString::number(least), QString::number(most))};
}

struct Range {
    qint64 least;
    qint64 most;
};

void readSize(const MapReader& map, const char* key, Range range, qsizetype& into) {
    qint64 size = into;
    map.read(key, size,
             [range](const QByteArray& text) { return sizeWithin(text, range.least, range.most); });
    into = static_cast<qsizetype>(size);
}

void readCount(const MapReader& map, const char* key, Range range, int& into) {
    qint64 count = into;
    map.read(key, count, [range](const QByteArray& text) {
        return scalars::number(text, range.least, range.most);
    });
    into = static_cast<int>(count);
}

/// Reads the sections of the file, one function each.
class SettingsReader {
public:
    SettingsReader(const yaml::Value& root, QString dir,
                   const std::optional<QStringList>& upstreams, Findings& findings)
        : m_map(root, QStringLiteral("settings.yaml"),
                {"listen", "access", "log", "capture", "history", "limits", "drain"}, findings)
        , m_dir(std::move(dir))
        , m_upstreams(upstreams) {}

    [[nodiscard]] Settings read() {
        readListen();
        readAccess();
        readLog();
        readCapture();
        readHistory();
        readLimits();
        m_map.read("drain", m_settings.drain, scalars::duration);
        checkOpenness();
        return m_settings;
    }

private:
    void readListen() {
        std::pair<QHostAddress, quint16> listen{m_settings.listenAddress, m_settings.listenPort};
        m_map.read("listen", listen, scalars::listenAddress);
        m_settings.listenAddress = listen.first;
        m_settings.listenPort = listen.second;
    }
    void readAccess() {
        const MapReader access =
            sectionOf(m_map, "access", {"token", "allow_remote", "allowed_hosts", "clients"});
        access.read("token", m_settings.token,
                    [this](const QByteArray& text) { return scalars::tokenSource(text, m_dir); });
        access.readBool("allow_remote", m_settings.allowRemote);
        access.readList("allowed_hosts", scalars::hostName, [this](const QByteArray& host) {
            m_settings.allowedHosts.push_back(host);
        });
        m_settings.clients = readClients(access, m_dir, m_upstreams);
    }
    void readLog() {
        static constexpr scalars::WordMeaning<LogLevel> kLevels[] = {
            {"trace", LogLevel::Trace}, {"debug", LogLevel::Debug}, {"info", LogLevel::Info},
            {"warn", LogLevel::Warn},   {"error", LogLevel::Error},
        };
        sectionOf(m_map, "log", {"level"})
            .read("level", m_settings.logLevel,
                  [](const QByteArray& text) { return scalars::word(text, kLevels); });
    }
    void readCapture() {
        const MapReader capture = sectionOf(m_map, "capture", {"bodies", "max_body"});
        capture.readBool("bodies", m_settings.captureBodies);
        capture.read("max_body", m_settings.captureMaxBody,
                     [](const QByteArray& text) { return sizeWithin(text, 0, kMostBody); });
    }
    void readHistory();
    void readLimits();
    void checkOpenness();

    MapReader m_map;
    QString m_dir;
    const std::optional<QStringList>& m_upstreams;
    Settings m_settings;
};

void SettingsReader::readHistory() {
    const MapReader map =
        sectionOf(m_map, "history", {"enabled", "metadata", "bodies", "max_size"});
    HistorySettings& history = m_settings.history;
    map.readBool("enabled", history.isEnabled);
    map.read("metadata", history.metadata, scalars::positiveDuration);
    map.read("bodies", history.bodies, scalars::duration);
    map.read("max_size", history.maxSize,
             [](const QByteArray& text) { return sizeWithin(text, kLeastHistory, kMostHistory); });
    // What is not known of an exchange any more has no contents either.
    const bool isSaid = map.find("bodies") != nullptr;
    if (history.bodies <= history.metadata) return;
    if (isSaid)
        map.refuse("bodies", QCoreApplication::translate(
                                 "Config", "is longer than metadata; write as long or shorter"));
    history.bodies = history.metadata;
}

void SettingsReader::readLimits() {
    const MapReader map =
        sectionOf(m_map, "limits",
                  {"head", "fields", "pipelined", "connections", "connections_per_client",
                   "interim_responses", "header_timeout", "body_timeout", "idle_timeout",
                   "write_timeout", "tunnel_idle", "tunnel_half_closed"});
    Limits& limits = m_settings.limits;
    readSize(map, "head", {kLeastHead, kMostHead}, limits.head);
    readSize(map, "pipelined", {kLeastHead, kMostPipelined}, limits.pipelined);
    readCount(map, "fields", {kLeastFields, kMostFields}, limits.fields);
    readCount(map, "connections", {1, kMostConnections}, limits.connections);
    readCount(map, "connections_per_client", {0, kMostConnections}, limits.connectionsPerClient);
    readCount(map, "interim_responses", {1, kMostInterim}, limits.interimResponses);
    map.read("header_timeout", limits.headerTimeout, scalars::positiveDuration);
    map.read("body_timeout", limits.bodyTimeout, scalars::positiveDuration);
    map.read("idle_timeout", limits.idleTimeout, scalars::positiveDuration);
    map.read("write_timeout", limits.writeTimeout, scalars::positiveDuration);
    map.read("tunnel_idle", limits.tunnelIdle, scalars::duration);
    map.read("tunnel_half_closed", limits.tunnelHalfClosed, scalars::positiveDuration);
}

/// A client that reaches the listener uses the credentials of the upstreams.
void SettingsReader::checkOpenness() {
    if (!m_settings.listenAddress.isLoopback() && !m_settings.allowRemote)
        m_map.refuse("listen",
                     QCoreApplication::translate(
                         "Config", "%1 can be reached from other machines; write 127.0.0.1 or "
                                   "[::1], or set access.allow_remote: true with a token")
                         .arg(m_settings.listenAddress.toString()));
    if (m_settings.allowRemote && m_settings.token.kind == TokenSource::Kind::None)
        m_map.refuse("access",
                     QCoreApplication::translate(
                         "Config", "allow_remote: true needs a token, so that not everybody on the "
                                   "network can use your credential; write token: auto"));
}

} // namespace

Result<Settings, ConfigError> parseSettings(const QByteArray& yaml, const QString& fileName,
                                            const std::optional<QStringList>& upstreams) {
    const auto root = yaml::parse(yaml);
    if (!root) return Failure{configErrorAt(fileName, yaml, root.error())};
    Findings findings;
    Settings settings =
        SettingsReader(*root, QFileInfo(fileName).absolutePath(), upstreams, findings).read();
    if (const auto& first = findings.first()) return Failure{configErrorAt(fileName, yaml, *first)};
    return settings;
}

} // namespace sallyport
