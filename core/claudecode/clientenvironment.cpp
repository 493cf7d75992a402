// SPDX-License-Identifier: MIT
#include "core/claudecode/clientenvironment.h"

#include "core/claudecode/listeningfile.h"
#include "core/config/interceptionneeds.h"
#include "core/support/hostport.h"
#include "core/support/localtoken.h"
#include "core/support/regularfile.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <array>

namespace sallyport {

namespace {

QString text(const char* source) {
    return QCoreApplication::translate("SettingsConnector", source);
}

Result<QString, QString> baseUrlOf(const Settings& settings,
                                   const ClientEnvironmentRequest& request) {
    if (request.listen && request.listen->second != 0)
        return baseUrlFor(request.listen->first, request.listen->second);
    if (const QString running = runningAddress(request.stateDir); !running.isEmpty())
        return QString(QLatin1String("http://") + running);
    if (settings.listenPort != 0) return baseUrlFor(settings.listenAddress, settings.listenPort);
    return Failure{text(QT_TRANSLATE_NOOP(
        "SettingsConnector", "settings.yaml leaves the port open (0) and no Sallyport is running: "
                             "start one, or name the address with --listen HOST:PORT"))};
}

Result<QByteArray, QString> tokenFromFile(const QString& path) {
    constexpr qsizetype kMaxBytes = 4096;
    const auto bytes = readRegularFile(path, kMaxBytes);
    if (!bytes)
        return Failure{text(QT_TRANSLATE_NOOP("SettingsConnector", "cannot read %1: %2"))
                           .arg(path, bytes.error())};
    QByteArray token = bytes->trimmed();
    if (token.isEmpty())
        return Failure{text(QT_TRANSLATE_NOOP("SettingsConnector", "%1 is empty")).arg(path)};
    return token;
}

} // namespace

QString baseUrlFor(const QHostAddress& address, quint16 port) {
    constexpr std::array kWildcards{QHostAddress::Any, QHostAddress::AnyIPv4,
                                    QHostAddress::AnyIPv6};
    const bool isWildcard =
        std::any_of(kWildcards.begin(), kWildcards.end(),
                    [&address](QHostAddress::SpecialAddress one) { return address == one; });
    const QString host = isWildcard ? QStringLiteral("127.0.0.1") : address.toString();
    return QLatin1String("http://") + hostPort(host, port);
}

Result<QByteArray, QString> configuredToken(const TokenSource& source, const QString& stateDir) {
    switch (source.kind) {
    case TokenSource::Kind::None: return QByteArray();
    case TokenSource::Kind::Auto: return readOrMakeLocalToken(stateDir);
    case TokenSource::Kind::File: return tokenFromFile(source.name);
    case TokenSource::Kind::Environment: break;
    }
    QByteArray token = qgetenv(source.name.toUtf8().constData());
    if (token.isEmpty())
        return Failure{text(QT_TRANSLATE_NOOP("SettingsConnector",
                                              "access.token: the environment variable %1 is not "
                                              "set"))
                           .arg(source.name)};
    return token;
}

Result<ClientEnvironment, QString> clientEnvironment(const Config& config,
                                                     const ClientEnvironmentRequest& request) {
    const Settings& settings = config.settings;
    const auto baseUrl = baseUrlOf(settings, request);
    if (!baseUrl) return Failure{baseUrl.error()};
    ClientEnvironment environment;
    environment.baseUrl = *baseUrl;
    environment.mode = request.mode;
    if (request.mode == EnvMode::Intercept) {
        const InterceptionNeeds needs = interceptionNeeds(config);
        environment.caFile = request.caFile;
        environment.interceptedHosts = needs.hosts;
        environment.hasLowerCaseProxy =
            qEnvironmentVariableIsSet("http_proxy") || qEnvironmentVariableIsSet("https_proxy");
        if (!needs.asksToken) return environment;
    }
    const bool isToBeMade = settings.token.kind == TokenSource::Kind::Auto &&
                            !QFileInfo::exists(localTokenFile(request.stateDir));
    environment.token = QStringLiteral("sp-new");
    if (isToBeMade && !request.makesToken) return environment;
    const auto token = configuredToken(settings.token, request.stateDir);
    if (!token) return Failure{token.error()};
    environment.token = QString::fromUtf8(*token);
    return environment;
}

} // namespace sallyport
