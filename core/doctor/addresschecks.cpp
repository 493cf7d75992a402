// SPDX-License-Identifier: MIT
#include "core/doctor/addresschecks.h"

#include "core/doctor/doctortext.h"
#include "core/support/jsonstring.h"

#include <QUrl>

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

QString strongerText(const SettingValue& value) {
    return DoctorText::tr("%1 sets it and wins over your settings: change it there.")
        .arg(value.file);
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

} // namespace sallyport
