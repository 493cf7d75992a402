// SPDX-License-Identifier: MIT
#include "core/doctor/reachchecks.h"

#include "core/doctor/addresschecks.h"
#include "core/doctor/doctortext.h"
#include "core/support/hostport.h"

#include <algorithm>

namespace sallyport {

namespace {

CheckEvidence evidenceOf(const ProxyProbeOutcome& outcome) {
    const QString answer =
        outcome.status > 0 ? DoctorText::tr("status %1").arg(outcome.status) : outcome.failure;
    return {outcome.url + QLatin1String(": ") + answer, {}, 0};
}

const ProxyProbeOutcome* outcomeOf(const std::vector<ProxyProbeOutcome>& outcomes,
                                   const QString& url) {
    const auto found = std::find_if(outcomes.begin(), outcomes.end(),
                                    [&](const auto& outcome) { return outcome.url == url; });
    return found == outcomes.end() ? nullptr : &*found;
}

/// Why Claude Code does not run its check; nothing when it does.
std::optional<CheckEvidence> reasonToSkip(const ClaudeSettings& claude) {
    const auto onboarded = claude.remembered("hasCompletedOnboarding");
    if (onboarded && onboarded->json == "true")
        return CheckEvidence{QStringLiteral("hasCompletedOnboarding = true"), onboarded->file,
                             onboarded->line};
    if (const auto token = claude.variable("ANTHROPIC_AUTH_TOKEN")) return token->evidence();
    const auto keyHelper = claude.setting("apiKeyHelper");
    if (keyHelper && !keyHelper->value.isEmpty()) return keyHelper->evidence();
    const auto key = claude.variable("ANTHROPIC_API_KEY");
    if (key && claude.isApproved(key->value)) return key->evidence();
    return {};
}

/// By which way Sallyport passes on what no route takes; nothing: directly.
std::optional<CheckEvidence> wayOfForward(const LocalReading& local) {
    const Via via = local.config.config ? local.config.config->forwardVia : Via();
    const auto said = [](const QString& way) {
        return CheckEvidence{
            DoctorText::tr("What no route takes goes on by %1 (forward.via)").arg(way), {}, 0};
    };
    switch (via.kind) {
    case Via::Kind::Direct: return {};
    case Via::Kind::System: return said(DoctorText::tr("the proxy that the system names"));
    case Via::Kind::Proxy:
        return said(
            DoctorText::tr("the proxy %1").arg(hostPort(QString::fromLatin1(via.host), via.port)));
    }
    return {};
}

CheckResult probedConnectivity(const LocalReading& local,
                               const std::vector<ProxyProbeOutcome>& outcomes) {
    CheckResult result{CheckId::ConnectivityCheck, CheckState::Ok, {}};
    for (const QString& url : connectivityUrls()) {
        const ProxyProbeOutcome* outcome = outcomeOf(outcomes, url);
        if (outcome) result.evidence.push_back(evidenceOf(*outcome));
        if (!outcome || outcome->status != 200) result.state = CheckState::Fault;
    }
    if (const auto way = wayOfForward(local)) result.evidence.push_back(*way);
    result.sentence =
        result.state == CheckState::Ok
            ? DoctorText::tr("The connectivity check of a first start is met through Sallyport.")
            : DoctorText::tr("Claude Code's first start fails with \"Unable to connect to "
                             "Anthropic services\": both addresses must give 200. `sallyport "
                             "config preset intranet` writes routes that answer them.");
    return result;
}

} // namespace

const QStringList& connectivityUrls() {
    static const QStringList urls{QStringLiteral("https://api.anthropic.com/api/hello"),
                                  QStringLiteral("https://platform.claude.com/v1/oauth/hello")};
    return urls;
}

QString webFetchUrl() {
    return QStringLiteral("https://api.anthropic.com/api/web/domain_info?domain=example.com");
}

bool hasProxyToProbe(const LocalReading& local) {
    const auto proxy = local.claude.proxy();
    return proxy && leadsTo(QString::fromUtf8(proxy->value), local.listener.running);
}

CheckResult checkConnectivity(const LocalReading& local,
                              const std::vector<ProxyProbeOutcome>& outcomes) {
    if (const auto reason = reasonToSkip(local.claude)) {
        CheckResult result{CheckId::ConnectivityCheck, CheckState::Ok,
                           DoctorText::tr("Claude Code skips its connectivity check.")};
        result.evidence.push_back(*reason);
        for (const ProxyProbeOutcome& outcome : outcomes)
            if (connectivityUrls().contains(outcome.url))
                result.evidence.push_back(evidenceOf(outcome));
        return result;
    }
    if (hasProxyToProbe(local)) return probedConnectivity(local, outcomes);
    CheckResult result{CheckId::ConnectivityCheck, CheckState::Warning,
                       DoctorText::tr("A first start of Claude Code asks two hosts on the internet "
                                      "and ends when they cannot be reached. From here they were "
                                      "not asked. Connected with Sallyport it does not ask.")};
    for (const QString& url : connectivityUrls())
        result.evidence.push_back({url, {}, 0});
    if (!local.listener.running.isEmpty()) result.fix = connectFix(local.connection);
    return result;
}

CheckResult checkWebFetch(const LocalReading& local,
                          const std::vector<ProxyProbeOutcome>& outcomes) {
    CheckResult result{CheckId::WebFetchPreflight, CheckState::Ok,
                       DoctorText::tr("WebFetch asks no host on the internet before it fetches.")};
    const auto skip = local.claude.setting("skipWebFetchPreflight");
    if (skip) result.evidence.push_back(skip->evidence());
    if (skip && skip->json == "true") return result;
    const ProxyProbeOutcome* outcome = outcomeOf(outcomes, webFetchUrl());
    if (outcome) result.evidence.push_back(evidenceOf(*outcome));
    if (outcome && outcome->status == 200) {
        result.sentence = DoctorText::tr("What WebFetch asks before it fetches is answered.");
        return result;
    }
    if (!isConnected(local)) {
        result.state = CheckState::NotChecked;
        result.sentence = DoctorText::tr("Claude Code does not lead to Sallyport.");
        return result;
    }
    result.state = CheckState::Warning;
    result.sentence =
        DoctorText::tr("WebFetch asks api.anthropic.com about every domain first; where that "
                       "cannot be reached, every WebFetch fails.");
    if ((skip && !skip->isBelowUser()) || !local.connection.isEditable) return result;
    result.fix =
        CheckFix{CheckFix::Kind::SetSettings,
                 DoctorText::tr("Sets %1 in %2")
                     .arg(QStringLiteral("skipWebFetchPreflight"), local.connection.settingsFile),
                 {{"skipWebFetchPreflight", false, "true", false}}};
    return result;
}

} // namespace sallyport
