// SPDX-License-Identifier: MIT
#include "core/doctor/localreader.h"

#include "core/authority/authoritystatus.h"
#include "core/claudecode/clientenvironment.h"
#include "core/claudecode/connecttargets.h"
#include "core/claudecode/listeningfile.h"
#include "core/claudecode/settingsconnector.h"
#include "core/claudecode/wantedkeys.h"
#include "core/config/loader.h"
#include "core/config/yamltree.h"
#include "core/doctor/claudesourcesreader.h"
#include "core/doctor/programsearch.h"
#include "core/support/hostport.h"
#include "core/support/localtoken.h"
#include "core/support/regularfile.h"
#include "core/upstream/cafile.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QSslConfiguration>
#include <QStorageInfo>
#include <QUrl>

#include <algorithm>

namespace sallyport {

namespace {

bool isOpenToOthers(const QString& path) {
    const QFileInfo file(path);
    const bool isReached = QFileInfo(file.absolutePath()).permissions() & QFileDevice::ExeOther;
    return isReached && (file.permissions() & (QFileDevice::ReadOther | QFileDevice::WriteOther));
}

QStringList openKeyFiles(const Config& config) {
    QStringList files;
    for (const UpstreamConfig& upstream : config.upstreams)
        for (const CredentialSource& source : upstream.credentials)
            if (source.kind == CredentialSource::Kind::File && isOpenToOthers(source.name))
                files << source.name;
    return files;
}

ConfigReading readConfig(const QString& dir) {
    ConfigReading reading;
    reading.dir = dir;
    const QString routes = QDir(dir).filePath(QStringLiteral("routes.yaml"));
    reading.hasRoutesFile = QFileInfo::exists(routes);
    if (auto text = readRegularFile(routes, yaml::kMaxFileBytes))
        reading.routesText = std::move(text).value();
    auto config = loadConfig(dir);
    if (!config) {
        reading.error = config.error();
        return reading;
    }
    reading.config = *config;
    reading.openKeyFiles = openKeyFiles(**config);
    return reading;
}

/// What wantedKeysFor() needs of the user's file; an empty view for one that cannot be edited.
const SettingsText& userText(const ClaudeSources& sources) { return sources.files.back(); }

/// By the base URL, with the upstream and without the keys that were chosen when it was connected;
/// as it would be connected without a choice where that upstream is gone.
Result<ClientEnvironment, QString> environmentOf(const Config& config, const DoctorOptions& options,
                                                 const std::optional<ConnectChoice>& applied) {
    const ConnectTargets connections(config, options.stateDir);
    if (applied && applied->mode == EnvMode::Gateway)
        if (auto chosen = connections.environment(*applied, false)) return chosen;
    return connections.environment({}, false);
}

ConnectionReading readConnection(const DoctorOptions& options, const ConfigReading& config,
                                 const ClaudeSources& sources) {
    ConnectionReading reading;
    reading.settingsFile = options.paths.settingsFile;
    const SettingsConnector connector(options.paths, {}, options.stateDir);
    const auto status = connector.status();
    reading.hasJournal = status && status->hasJournal;
    const SettingsText& user = userText(sources);
    const QByteArray text = user.text.value_or(QByteArray());
    const auto view = viewOf(text, {});
    reading.isEditable = view && user.problem.isEmpty() && !strictFaultOf(text);
    if (!config.config || !reading.isEditable) return reading;
    auto environment = environmentOf(*config.config, options, connector.appliedChoice());
    if (!environment) return reading;
    reading.environment = *environment;
    // Without one a word stands in for the token, which is not to be written.
    const bool hasToken = config.config->settings.token.kind != TokenSource::Kind::Auto ||
                          QFileInfo::exists(localTokenFile(options.stateDir));
    if (!hasToken) return reading;
    reading.keys = wantedKeysFor(reading.environment, *view, text, options.paths.noProxy);
    return reading;
}

ListenerReading readListener(const QString& stateDir, const ConfigReading& config) {
    ListenerReading reading;
    reading.running = runningAddress(stateDir);
    if (config.config)
        reading.configured = hostPort(config.config->settings.listenAddress.toString(),
                                      config.config->settings.listenPort);
    const QUrl url(QLatin1String("http://") + reading.address());
    if (url.port() > 0)
        reading.owner = findPortOwner(QHostAddress(url.host()), static_cast<quint16>(url.port()));
    return reading;
}

/// By SHA-256, upper case with colons.
bool holds(const QList<QSslCertificate>& certificates, const QString& fingerprint) {
    return std::any_of(certificates.begin(), certificates.end(), [&](const auto& one) {
        const QByteArray digest = one.digest(QCryptographicHash::Sha256).toHex(':').toUpper();
        return QString::fromLatin1(digest) == fingerprint;
    });
}

CaReading readCa(const DoctorOptions& options, const ConfigReading& config,
                 const ClaudeSettings& claude) {
    const HostList wanted = config.config ? hostsOf(config.config->intercept) : HostList();
    const AuthorityStatus status =
        authorityStatus(options.stateDir, wanted, QDateTime::currentDateTimeUtc());
    CaReading reading;
    reading.problem = status.problem;
    if (!status.exists) return reading;
    reading.file = status.bundlePath;
    reading.notAfter = status.notAfter;
    reading.isTrusted = holds(extraRootsOf(claude), status.fingerprint) ||
                        holds(QSslConfiguration::systemCaCertificates(), status.fingerprint);
    return reading;
}

std::vector<DiskReading> readDisks(const DoctorOptions& options) {
    // The folders may not be there yet; the first one above that is counts.
    QString folder = options.stateDir;
    while (!QFileInfo::exists(folder) && folder != QFileInfo(folder).absolutePath())
        folder = QFileInfo(folder).absolutePath();
    const QStorageInfo storage(folder);
    if (!storage.isValid() || !storage.isReady() || storage.bytesTotal() <= 0) return {};
    return {{folder, storage.bytesAvailable()}};
}

} // namespace

QList<QSslCertificate> extraRootsOf(const ClaudeSettings& claude) {
    QList<QSslCertificate> all;
    for (const char* name : {"NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"}) {
        const auto file = claude.variable(name);
        if (!file) continue;
        if (const auto roots = readCaFile(QString::fromUtf8(file->value)))
            all += QList<QSslCertificate>(roots->begin(), roots->end());
    }
    return all;
}

DoctorOptions DoctorOptions::forProcess(const QString& configDir, const QString& stateDir) {
    return {configDir, stateDir, SettingsPaths::fromEnvironment(ClientTarget::Claude),
            processEnvironment()};
}

LocalReading readLocal(const DoctorOptions& options) {
    ClaudeSources sources = readClaudeSources(options.paths, options.environment);
    const ConfigReading config = readConfig(options.configDir);
    ConnectionReading connection = readConnection(options, config, sources);
    const auto path = options.environment.find("PATH");
    const ClaudeSettings claude(std::move(sources));
    return {claude,
            std::move(connection),
            readListener(options.stateDir, config),
            config,
            findPrograms(path == options.environment.end() ? QString()
                                                           : QString::fromUtf8(path->second)),
            readDisks(options),
            readCa(options, config, claude)};
}

} // namespace sallyport
