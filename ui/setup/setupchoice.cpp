// SPDX-License-Identifier: MIT
#include "ui/setup/setupchoice.h"

#include "core/config/firsttexts.h"
#include "core/support/atomicfile.h"
#include "core/support/paths.h"
#include "core/support/regularfile.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHostAddress>
#include <QUrl>

namespace sallyport {

namespace {

QString routesPath(const QString& configDir) { return configDir + QLatin1String("/routes.yaml"); }

Result<Done, QString> keepFormer(const QString& configDir, const QByteArray& next,
                                 const QDateTime& now) {
    constexpr qsizetype kMaxBytes = qsizetype{16} * 1024 * 1024;
    const QString backup = routesBackupPath(configDir, now);
    if (backup.isEmpty()) return Done{};
    const QString routes = routesPath(configDir);
    const auto former = readRegularFile(routes, kMaxBytes);
    if (!former)
        return Failure{QCoreApplication::translate("Setup", "%1 cannot be read: %2")
                           .arg(routes, former.error())};
    if (*former == next) return Done{};
    return writeFileAtomically(backup, *former);
}

Result<QString, QString> writeKey(const QString& configDir, const QString& name,
                                  const QString& key) {
    if (key.isEmpty()) return QStringLiteral("none");
    const QString folder = configDir + QLatin1String("/credentials");
    if (!paths::ensurePrivateDir(folder))
        return Failure{
            QCoreApplication::translate("Setup", "The folder %1 cannot be made.").arg(folder)};
    const QString file = folder + u'/' + name + QLatin1String(".key");
    const auto written = writeFileAtomically(file, key.toUtf8() + '\n', kPrivateFile);
    if (!written) return Failure{written.error()};
    return QString(QLatin1String("file:") + file);
}

Result<QByteArray, QString> routesText(const QString& configDir, const SetupChoice& choice) {
    if (choice.isSandbox) return sandboxRoutesText();
    FirstGateway gateway;
    gateway.name = gatewayName(choice.url);
    gateway.url = choice.url.trimmed();
    gateway.isApiKey = choice.isApiKey;
    gateway.caFile = choice.caFile.trimmed();
    auto credential = writeKey(configDir, gateway.name, choice.key.trimmed());
    if (!credential) return Failure{credential.error()};
    gateway.credential = *credential;
    return firstRoutesText(gateway);
}

} // namespace

QString setupProblem(const SetupChoice& choice) {
    if (choice.isSandbox) return {};
    const QUrl url(choice.url.trimmed(), QUrl::StrictMode);
    const bool isHttp =
        url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (choice.url.trimmed().isEmpty())
        return QCoreApplication::translate("Setup", "Enter the address of the gateway.");
    if (!url.isValid() || !isHttp || url.host().isEmpty())
        return QCoreApplication::translate(
            "Setup", "The address has to look like https://gateway.example/path.");
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment())
        return QCoreApplication::translate(
            "Setup", "The address may have neither a user, nor a query, nor a fragment.");
    const QString caFile = choice.caFile.trimmed();
    if (!caFile.isEmpty() && !QFileInfo(caFile).isFile())
        return QCoreApplication::translate("Setup", "There is no file %1.").arg(caFile);
    return {};
}

QString gatewayName(const QString& url) {
    const QString host = QUrl(url.trimmed()).host();
    const bool isAddress = !QHostAddress(host).isNull();
    QString name;
    for (const QChar c : isAddress ? QString() : host.section(u'.', 0, 0)) {
        const bool isPlain = c.unicode() < 128 && (c.isLetterOrNumber() || c == u'-');
        if (isPlain) name += c.toLower();
    }
    if (name.isEmpty() || name == QLatin1String("sandbox")) return QStringLiteral("corp");
    return name;
}

QString routesBackupPath(const QString& configDir, const QDateTime& now) {
    const QString routes = routesPath(configDir);
    if (!QFileInfo::exists(routes)) return {};
    const QString first =
        routes + QLatin1String(".before-setup-") + now.toString(QStringLiteral("yyyyMMdd-HHmm"));
    QString path = first;
    for (int number = 2; QFileInfo::exists(path); ++number)
        path = first + u'-' + QString::number(number);
    return path;
}

Result<Done, QString> writeSetup(const QString& configDir, const SetupChoice& choice,
                                 const QDateTime& now) {
    if (!paths::ensurePrivateDir(configDir))
        return Failure{
            QCoreApplication::translate("Setup", "The folder %1 cannot be made.").arg(configDir)};
    const auto text = routesText(configDir, choice);
    if (!text) return Failure{text.error()};
    if (const auto kept = keepFormer(configDir, *text, now); !kept) return kept;
    const QString settings = configDir + QLatin1String("/settings.yaml");
    if (!QFileInfo::exists(settings)) {
        const auto written = writeFileAtomically(settings, firstSettingsText());
        if (!written) return written;
    }
    return writeFileAtomically(routesPath(configDir), *text);
}

} // namespace sallyport
