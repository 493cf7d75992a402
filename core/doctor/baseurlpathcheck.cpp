// SPDX-License-Identifier: MIT
#include "core/doctor/baseurlpathcheck.h"

#include "core/doctor/addresschecks.h"
#include "core/doctor/doctortext.h"

#include <QUrl>

#include <algorithm>

namespace sallyport {

namespace {

bool endsInV1(QString path) {
    while (path.endsWith(u'/'))
        path.chop(1);
    return path.endsWith(QLatin1String("/v1"));
}

QString withoutV1(const QString& url) {
    QUrl base(url);
    QString path = base.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    path.chop(3);
    base.setPath(path);
    return base.toString();
}

/// Whether an enabled route hands paths on to the upstream as they come.
bool getsPathsAsTheyAre(const Config& config, const QString& upstream) {
    return std::any_of(config.routes.begin(), config.routes.end(), [&](const Route& route) {
        const auto* to = std::get_if<ToUpstream>(&route.action);
        return route.isEnabled && to && to->upstream == upstream && !route.rewritePrefix;
    });
}

QStringList targetsInV1(const Config& config) {
    QStringList found;
    for (const UpstreamConfig& upstream : config.upstreams) {
        if (!getsPathsAsTheyAre(config, upstream.name)) continue;
        for (const UpstreamTarget& target : upstream.targets) {
            if (endsInV1(QString::fromUtf8(target.basePath)))
                found << upstream.name + QLatin1String(": ") +
                             QString::fromUtf8(target.authority + target.basePath);
        }
    }
    return found;
}

} // namespace

CheckResult checkBaseUrlPath(const LocalReading& local) {
    CheckResult result{CheckId::BaseUrlPath, CheckState::Ok,
                       DoctorText::tr("No base address ends in /v1.")};
    if (local.config.config) {
        const QString routes = local.config.dir + QLatin1String("/routes.yaml");
        for (const QString& target : targetsInV1(*local.config.config))
            result.evidence.push_back({target, routes, 0});
    }
    if (!result.evidence.empty()) {
        result.state = CheckState::Warning;
        result.sentence = DoctorText::tr("A target ends in /v1: requests go to /v1/v1/messages "
                                         "there. Leave /v1 off in routes.yaml.");
    }
    const auto base = local.claude.variable("ANTHROPIC_BASE_URL");
    const QString text = base ? QString::fromUtf8(base->value) : QString();
    if (!endsInV1(QUrl(text).path())) return result;
    result.evidence.push_back(base->evidence());
    result.state = CheckState::Fault;
    result.sentence =
        DoctorText::tr("ANTHROPIC_BASE_URL ends in /v1: Claude Code adds /v1/messages "
                       "to it and asks for /v1/v1/messages.");
    if (base->isBelowUser())
        result.fix = variableFix(local.connection, base->name, withoutV1(text).toUtf8());
    else
        result.sentence += u' ' + strongerText(*base);
    return result;
}

} // namespace sallyport
