// SPDX-License-Identifier: MIT
#include "ui/setup/setupchoice.h"

#include "core/config/defaultfiles.h"
#include "core/config/gatewayedit.h"
#include "core/config/intranetpreset.h"
#include "core/config/routesbackup.h"
#include "core/config/routesfile.h"
#include "core/support/atomicfile.h"
#include "core/support/paths.h"
#include "core/support/regularfile.h"
#include "core/transfer/keyfile.h"
#include "core/transfer/upstreamname.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QUrl>

#include <algorithm>

namespace sallyport {

namespace {

QString routesPath(const QString& configDir) { return configDir + QLatin1String("/routes.yaml"); }

/// More than this is refused whatever it is.
constexpr qsizetype kMaxBytes = qsizetype{16} * 1024 * 1024;

/// The text of `routes.yaml`; null bytes when there is none.
Result<QByteArray, QString> formerText(const QString& configDir) {
    const QString routes = routesPath(configDir);
    if (!QFileInfo::exists(routes)) return QByteArray();
    const auto former = readRegularFile(routes, kMaxBytes);
    if (!former)
        return Failure{QCoreApplication::translate("Setup", "%1 cannot be read: %2")
                           .arg(routes, former.error())};
    return former->isNull() ? QByteArray("") : *former;
}

QString credentialText(const CredentialSource& source) {
    switch (source.kind) {
    case CredentialSource::Kind::None: return {};
    case CredentialSource::Kind::Environment: return QLatin1String("env:") + source.name;
    case CredentialSource::Kind::File: return QLatin1String("file:") + source.name;
    case CredentialSource::Kind::Keychain: return QLatin1String("keychain:") + source.name;
    case CredentialSource::Kind::Command: return {};
    }
    return {};
}

/// A name that is the upstream's in use, or that no other upstream has.
QString nameFor(const RoutesFile& file, const QString& url) {
    const UpstreamConfig used = gatewayInUse(file.routes, file.upstreams).upstream;
    if (!used.targets.empty()) return used.name;
    const QString first = gatewayName(url);
    QString name = first;
    const auto isTaken = [&](const UpstreamConfig& up) { return up.name == name; };
    for (int i = 2; std::any_of(file.upstreams.begin(), file.upstreams.end(), isTaken); ++i)
        name = first + u'-' + QString::number(i);
    return name;
}

FirstGateway gatewayOf(const SetupChoice& choice, const QString& name, const QString& keyFile) {
    FirstGateway gateway;
    gateway.name = name;
    gateway.url = choice.url.trimmed();
    gateway.isApiKey = choice.isApiKey;
    gateway.caFile = choice.caFile.trimmed();
    if (!keyFile.isEmpty()) gateway.credential = QLatin1String("file:") + keyFile;
    return gateway;
}

Result<QByteArray, QString> editedText(const SetupPlan& plan, const SetupChoice& choice,
                                       const QString& path, const FirstGateway& gateway) {
    if (!plan.hasFormer) return choice.isSandbox ? sandboxRoutesText() : firstRoutesText(gateway);
    auto edited =
        choice.isSandbox ? withSandbox(plan.former, path) : withGateway(plan.former, path, gateway);
    if (!edited) return Failure{edited.error().toString()};
    return std::move(edited).value();
}

/// The preset as well, if it is asked for, leading where the requests go.
Result<QByteArray, QString> withPreset(Result<QByteArray, QString> text, const SetupChoice& choice,
                                       const QString& path) {
    if (!text || !choice.isIntranet) return text;
    const auto file = parseRoutes(*text, path);
    if (!file) return Failure{file.error().toString()};
    auto preset =
        withIntranetPreset(*text, path, gatewayInUse(file->routes, file->upstreams).upstream.name);
    if (!preset) return Failure{preset.error().toString()};
    return std::move(preset->text);
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

Result<PresentSetup, QString> presentSetup(const QString& configDir) {
    const auto former = formerText(configDir);
    if (!former) return Failure{former.error()};
    PresentSetup present;
    present.hasFile = !former->isNull();
    const auto preset = withIntranetPreset(*former, routesPath(configDir));
    present.choice.isIntranet = present.hasFile && preset && preset->text == *former;
    const auto file = parseRoutes(*former, routesPath(configDir));
    if (!file) return Failure{file.error().toString()};
    const UpstreamConfig used = gatewayInUse(file->routes, file->upstreams).upstream;
    present.choice.isSandbox = used.isSandbox;
    if (used.targets.empty()) return present;
    present.choice.url = targetUrl(used.targets.front());
    present.choice.isApiKey = used.credentialAs == CredentialForm::XApiKey;
    present.choice.caFile = used.caFile;
    present.certFile = used.certFile;
    present.keyFile = used.keyFile;
    present.via = used.via;
    if (!used.credentials.empty()) present.credential = credentialText(used.credentials.front());
    return present;
}

Result<SetupPlan, QString> planSetup(const QString& configDir, const SetupChoice& choice) {
    SetupPlan plan;
    auto former = formerText(configDir);
    if (!former) return Failure{former.error()};
    plan.hasFormer = !former->isNull();
    plan.former = std::move(former).value();
    const QString path = routesPath(configDir);
    const auto file = parseRoutes(plan.former, path);
    if (!file) return Failure{file.error().toString()};
    const QString name = nameFor(*file, choice.url);
    if (!choice.isSandbox && !choice.key.trimmed().isEmpty())
        plan.keyFile = keyFilePath(configDir, name);
    if (!choice.isSandbox)
        plan.destination = name + QLatin1String(" (") + QUrl(choice.url.trimmed()).host() + u')';
    auto text = withPreset(editedText(plan, choice, path, gatewayOf(choice, name, plan.keyFile)),
                           choice, path);
    if (!text) return Failure{text.error()};
    plan.routes = std::move(text).value();
    return plan;
}

Result<SetupPlan, QString> writeSetup(const QString& configDir, const SetupChoice& choice,
                                      const QDateTime& now) {
    if (!paths::ensurePrivateDir(configDir))
        return Failure{
            QCoreApplication::translate("Setup", "The folder %1 cannot be made.").arg(configDir)};
    auto plan = planSetup(configDir, choice);
    if (!plan) return Failure{plan.error()};
    if (!plan->keyFile.isEmpty()) {
        const auto written = writeKeyFile(configDir, QFileInfo(plan->keyFile).completeBaseName(),
                                          choice.key.trimmed().toUtf8());
        if (!written) return Failure{written.error()};
    }
    const QString settings = configDir + QLatin1String("/settings.yaml");
    if (!QFileInfo::exists(settings)) {
        const auto written = writeFileAtomically(settings, firstSettingsText());
        if (!written) return Failure{written.error()};
    }
    const auto replaced = replaceRoutes(configDir, plan->routes, RoutesChange::Setup, now);
    if (!replaced) return Failure{replaced.error()};
    return std::move(plan).value();
}

} // namespace sallyport
