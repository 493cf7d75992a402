// SPDX-License-Identifier: MIT
#include "core/doctor/resultmask.h"

#include "core/doctor/upstreamcredential.h"
#include "core/secrets/proxypasswords.h"
#include "core/secrets/redact.h"
#include "core/secrets/secretnames.h"

namespace sallyport {

namespace {

/// Shorter ones are found in ordinary words; `sallyport` stands in where no token is asked for.
constexpr qsizetype kShortest = 8;

void add(QByteArrayList& secrets, const QByteArray& value) {
    if (value.size() >= kShortest && value != "sallyport") secrets << value;
}

void addSecretsOf(const UpstreamConfig& upstream, QByteArrayList& secrets) {
    if (const auto credential = upstreamCredential(upstream)) add(secrets, *credential);
    add(secrets, upstream.via.password);
}

} // namespace

ResultMask::ResultMask(const LocalReading& local) {
    QByteArrayList secrets;
    add(secrets, local.connection.environment.token.toUtf8());
    for (const char* name :
         {"ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_KEY", "ANTHROPIC_CUSTOM_HEADERS"}) {
        for (const SettingValue& value : local.claude.variables(name))
            add(secrets, value.value);
    }
    for (const auto& [name, value] : local.claude.sources().environment)
        if (isSecretSetting(name) && !value.startsWith('/')) add(secrets, value);
    for (const auto& [name, value] : local.claude.sources().environment) {
        if (!proxyVariableNames().contains(name)) continue;
        const QByteArrayList passwords = passwordsInProxyUrl(value);
        for (const QByteArray& password : passwords)
            add(secrets, password);
    }
    if (local.config.config) {
        add(secrets, local.config.config->forwardVia.password);
        for (const UpstreamConfig& upstream : local.config.config->upstreams)
            addSecretsOf(upstream, secrets);
    }
    m_known = m_known.renewed(secrets);
}

CheckResult ResultMask::masked(CheckResult result) const {
    result.sentence = redactedMessage(result.sentence, m_known);
    for (CheckEvidence& one : result.evidence)
        one.text = redactedMessage(one.text, m_known);
    return result;
}

} // namespace sallyport
