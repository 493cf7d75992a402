// SPDX-License-Identifier: MIT
#include "core/doctor/proxychecks.h"

#include "core/doctor/addresschecks.h"
#include "core/doctor/doctortext.h"
#include "core/doctor/noproxy.h"
#include "core/support/defaultport.h"

#include <QUrl>

namespace sallyport {

namespace {

/// The value with what a connection needs, as Connect completes it.
QString completed(const ClientEnvironment& environment, const QString& existing) {
    QString merged;
    for (const Variable& variable : variablesFor(environment, existing)) {
        if (variable.name == QLatin1String("NO_PROXY")) merged = variable.value;
    }
    return merged;
}

/// Claude Code reads the one in small letters first.
std::optional<SettingValue> noProxyOf(const ClaudeSettings& claude) {
    if (auto small = claude.variable("no_proxy")) return small;
    return claude.variable("NO_PROXY");
}

} // namespace

CheckResult checkNoProxy(const LocalReading& local) {
    CheckResult result{CheckId::NoProxy, CheckState::Ok, {}};
    const auto proxy = local.claude.proxy();
    const auto base = local.claude.variable("ANTHROPIC_BASE_URL");
    const QString baseUrl = base ? QString::fromUtf8(base->value) : QString();
    if (!proxy) {
        result.sentence = DoctorText::tr("No proxy is set for Claude Code.");
        return result;
    }
    result.evidence.push_back(proxy->evidence());
    if (leadsTo(QString::fromUtf8(proxy->value), local.listener.address())) {
        result.sentence = DoctorText::tr("Sallyport itself is the proxy.");
        return result;
    }
    if (!isLoopbackUrl(baseUrl)) {
        result.sentence = DoctorText::tr("The base URL is not on this machine, so nothing has to "
                                         "go past the proxy.");
        return result;
    }
    const auto noProxy = noProxyOf(local.claude);
    if (noProxy) result.evidence.push_back(noProxy->evidence());
    const QString value = noProxy ? QString::fromUtf8(noProxy->value) : QString();
    const QUrl url(baseUrl);
    if (isPastProxy(value, url.host(), static_cast<quint16>(url.port(kHttpPort)))) {
        result.sentence = DoctorText::tr("NO_PROXY keeps requests to Sallyport off the proxy.");
        return result;
    }
    result.state = CheckState::Fault;
    result.sentence = DoctorText::tr("A proxy is set and NO_PROXY does not exempt %1: Claude Code "
                                     "sends even requests to this machine to the proxy.")
                          .arg(url.host());
    if (!noProxy || noProxy->isBelowUser())
        result.fix = variableFix(local.connection, noProxy ? noProxy->name : "NO_PROXY",
                                 completed(local.connection.environment, value).toUtf8());
    return result;
}

CheckResult checkAllProxy(const LocalReading& local) {
    CheckResult result{CheckId::AllProxy, CheckState::Ok, DoctorText::tr("ALL_PROXY is not set.")};
    bool isFixable = true;
    CheckFix fix;
    for (const char* name : {"ALL_PROXY", "all_proxy"}) {
        const auto value = local.claude.variable(name);
        if (!value) continue;
        result.evidence.push_back(value->evidence());
        isFixable = isFixable && value->isBelowUser();
        const auto one = variableFix(local.connection, name, {});
        isFixable = isFixable && one;
        if (!one) continue;
        fix.summary = one->summary;
        fix.keys.push_back(one->keys.front());
    }
    if (result.evidence.empty()) return result;
    result.state = CheckState::Warning;
    result.sentence = DoctorText::tr(
        "ALL_PROXY is set: Claude Code sends some of its https requests to that proxy without "
        "CONNECT, which most proxies refuse. Use HTTPS_PROXY instead.");
    if (isFixable) result.fix = std::move(fix);
    return result;
}

} // namespace sallyport
