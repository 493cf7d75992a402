// SPDX-License-Identifier: MIT
#include "core/doctor/addresschecks.h"

#include "core/doctor/doctortext.h"
#include "core/support/jsonstring.h"

#include <QUrl>

#include <algorithm>

namespace sallyport {

namespace {

/// Where Claude Code sends its requests: the base URL, else its proxy.
std::optional<SettingValue> destinationOf(const ClaudeSettings& claude) {
    if (auto base = claude.variable("ANTHROPIC_BASE_URL")) return base;
    return claude.proxy();
}

QString textOf(const SettingValue& value) { return QString::fromUtf8(value.value); }

/// Whether a value that leads nowhere of ours now was written by a Sallyport.
bool wasOurs(const SettingValue& value, const LocalReading& local) {
    if (leadsTo(textOf(value), local.listener.configured)) return true;
    const auto token = local.claude.variable("ANTHROPIC_AUTH_TOKEN");
    const bool hasOurToken =
        token && (token->value == local.connection.environment.token.toUtf8() ||
                  token->value == "sallyport" || token->value.startsWith("sp-"));
    return isLoopbackUrl(textOf(value)) && (local.connection.hasJournal || hasOurToken);
}

QString strongerText(const SettingValue& value) {
    return DoctorText::tr("%1 sets it and wins over your settings: change it there.")
        .arg(value.file);
}

/// Leads what leads to the address of before to that of now: the base URL with all that belongs to
/// a connection, or every proxy variable with that value.
std::optional<CheckFix> readdressFix(const SettingValue& stale, const LocalReading& local) {
    if (stale.name == "ANTHROPIC_BASE_URL") return connectFix(local.connection);
    const QByteArray now = "http://" + local.listener.running.toUtf8();
    auto fix = variableFix(local.connection, stale.name, now);
    if (!fix) return {};
    for (const char* name : {"https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"}) {
        const auto value = local.claude.variable(name);
        if (!value || value->name == stale.name || value->value != stale.value) continue;
        fix->keys.push_back({value->name, true, jsonString(now), false});
    }
    return fix;
}

/// Points at an address that a Sallyport had, and has no more.
CheckResult staleAddress(const SettingValue& value, const LocalReading& local) {
    CheckResult result{CheckId::SettingsAddress, CheckState::Fault, {}, {value.evidence()}, {}};
    if (local.listener.running.isEmpty()) {
        result.sentence =
            DoctorText::tr("Claude Code is pointed at Sallyport, and none is running: all its "
                           "requests fail. Start Sallyport, or take the settings back.");
        if (local.connection.hasJournal && value.layer == SettingsLayer::User)
            result.fix = CheckFix{CheckFix::Kind::Undo,
                                  DoctorText::tr("Takes back what Sallyport wrote into %1")
                                      .arg(local.connection.settingsFile),
                                  {}};
        return result;
    }
    result.sentence =
        DoctorText::tr("Claude Code is pointed at an address that Sallyport has left; "
                       "it listens at %1 now.")
            .arg(local.listener.running);
    if (value.isBelowUser())
        result.fix = readdressFix(value, local);
    else
        result.sentence += u' ' + strongerText(value);
    return result;
}

CheckResult otherAddress(const SettingValue& value, const LocalReading& local) {
    CheckResult result{CheckId::SettingsAddress, CheckState::Warning, {}, {value.evidence()}, {}};
    result.sentence = DoctorText::tr("Claude Code goes elsewhere, not through Sallyport.");
    if (!value.isBelowUser())
        result.sentence += u' ' + strongerText(value);
    else if (!local.listener.running.isEmpty())
        result.fix = connectFix(local.connection);
    return result;
}

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

bool isConnected(const LocalReading& local) {
    const QString& running = local.listener.running;
    const auto base = local.claude.variable("ANTHROPIC_BASE_URL");
    if (base && leadsTo(textOf(*base), running)) return true;
    const auto proxy = local.claude.proxy();
    return proxy && leadsTo(textOf(*proxy), running);
}

std::optional<CheckFix> connectFix(const ConnectionReading& connection) {
    if (connection.keys.empty()) return {};
    return CheckFix{CheckFix::Kind::SetSettings,
                    DoctorText::tr("Connects Claude Code: writes what Connect writes into %1")
                        .arg(connection.settingsFile),
                    connection.keys};
}

std::optional<CheckFix> variableFix(const ConnectionReading& connection, const QByteArray& name,
                                    const QByteArray& value) {
    if (!connection.isEditable) return {};
    const QString text = value.isEmpty() ? DoctorText::tr("Sets %1 to nothing in %2")
                                         : DoctorText::tr("Sets %1 in %2");
    return CheckFix{CheckFix::Kind::SetSettings,
                    text.arg(QString::fromUtf8(name), connection.settingsFile),
                    {{name, true, jsonString(value), false}}};
}

CheckResult checkListener(const ListenerReading& listener) {
    CheckResult result{CheckId::Listener, CheckState::Fault, {}};
    const QString address = listener.address();
    if (listener.owner)
        result.evidence.push_back({DoctorText::tr("the port of %1 is held by %2 (process %3)")
                                       .arg(address, listener.owner->name)
                                       .arg(listener.owner->pid),
                                   {},
                                   0});
    if (listener.isAnswering) {
        result.state = CheckState::Ok;
        result.sentence = DoctorText::tr("Sallyport listens at %1 and answers.").arg(address);
    } else if (!listener.running.isEmpty()) {
        result.sentence = DoctorText::tr("Sallyport runs at %1, but does not answer: %2.")
                              .arg(address, listener.failure);
    } else if (address.isEmpty()) {
        result.state = CheckState::NotChecked;
        result.sentence =
            DoctorText::tr("settings.yaml cannot be read, so the address is unknown.");
    } else if (listener.owner) {
        result.sentence = DoctorText::tr("Another program has the port of %1. End it, or change "
                                         "listen: in settings.yaml, then start Sallyport.")
                              .arg(address);
    } else {
        result.state = CheckState::Warning;
        result.sentence = DoctorText::tr("Sallyport is not running. Turn the proxy on in the tray, "
                                         "or start `sallyport serve`.");
    }
    return result;
}

CheckResult checkSettingsAddress(const LocalReading& local) {
    const auto destination = destinationOf(local.claude);
    if (isConnected(local)) {
        CheckResult result{CheckId::SettingsAddress, CheckState::Ok, {}, {}, {}};
        for (const auto& value :
             {local.claude.variable("ANTHROPIC_BASE_URL"), local.claude.proxy()})
            if (value) result.evidence.push_back(value->evidence());
        result.sentence =
            DoctorText::tr("Claude Code leads to Sallyport at %1.").arg(local.listener.running);
        return result;
    }
    if (destination && wasOurs(*destination, local)) return staleAddress(*destination, local);
    if (destination) return otherAddress(*destination, local);
    CheckResult result{CheckId::SettingsAddress, CheckState::Warning,
                       DoctorText::tr("Claude Code is not pointed at Sallyport.")};
    if (!local.listener.running.isEmpty()) result.fix = connectFix(local.connection);
    return result;
}

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
    if (!base || !endsInV1(QUrl(textOf(*base)).path())) return result;
    result.evidence.push_back(base->evidence());
    result.state = CheckState::Fault;
    result.sentence =
        DoctorText::tr("ANTHROPIC_BASE_URL ends in /v1: Claude Code adds /v1/messages "
                       "to it and asks for /v1/v1/messages.");
    if (base->isBelowUser())
        result.fix = variableFix(local.connection, base->name, withoutV1(textOf(*base)).toUtf8());
    else
        result.sentence += u' ' + strongerText(*base);
    return result;
}

} // namespace sallyport
