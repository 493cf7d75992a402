// SPDX-License-Identifier: MIT
#include "core/config/upstreamsection.h"

#include "core/config/addresses.h"
#include "core/config/sections.h"

#include <QCoreApplication>

namespace sallyport {

namespace {

void readTarget(const yaml::Value& value, UpstreamConfig& upstream, Findings& findings) {
    const MapReader map(value, QCoreApplication::translate("Config", "a target"), {"url", "weight"},
                        findings);
    UpstreamTarget target;
    map.read("url", target, scalars::upstreamUrl);
    map.notYet("weight", {"1"});
    if (value.node->kind == yaml::Kind::Map && !map.has("url"))
        findings.add(value.place, QCoreApplication::translate(
                                      "Config", "a target needs a url, like "
                                                "{url: \"https://gateway.example.com\"}"));
    upstream.targets.push_back(std::move(target));
}

void readTimeouts(const MapReader& map, UpstreamTimeouts& timeouts) {
    const MapReader section = sectionOf(map, "timeouts", {"connect", "first_byte", "idle"});
    section.read("connect", timeouts.connect, scalars::positiveDuration);
    section.read("first_byte", timeouts.firstByte, scalars::positiveDuration);
    section.read("idle", timeouts.idle, scalars::positiveDuration);
}

void readTls(const MapReader& map, const QString& dir, UpstreamConfig& upstream) {
    const MapReader section = sectionOf(map, "tls", {"ca_file", "verify"});
    section.read("ca_file", upstream.caFile, [&](const QByteArray& text) {
        const QString path = QString::fromUtf8(text);
        return scalars::Parsed<QString>(path.isEmpty() ? path : scalars::absolutePath(path, dir));
    });
    section.readBool("verify", upstream.verifyTls);
}

void readCredential(const MapReader& map, const QString& dir, UpstreamConfig& upstream) {
    static constexpr scalars::WordMeaning<CredentialForm> kForms[] = {
        {"bearer", CredentialForm::Bearer}, {"x-api-key", CredentialForm::XApiKey}};
    map.read("credential", upstream.credential,
             [&](const QByteArray& text) { return scalars::credentialSource(text, dir); });
    map.read("credential_as", upstream.credentialAs,
             [](const QByteArray& text) { return scalars::word(text, kForms); });
}

/// What has no meaning in this version is not let pass in silence.
void refuseLaterKeys(const MapReader& map) {
    map.notYet("policy", {"failover"});
    map.notYet("health");
    map.notYet("breaker");
    map.notYet("via", {"direct"});
    map.notYet("http2", {"false"});
}

void checkKind(const MapReader& map, const UpstreamConfig& upstream) {
    const yaml::Pair* targets = map.find("targets");
    if (upstream.isSandbox && !upstream.targets.empty())
        map.refuse("targets", QCoreApplication::translate(
                                  "Config", "the sandbox answers on this machine and has no "
                                            "targets; take them out, or sandbox: true"));
    const bool hasNone = !targets || (targets->value.node->kind == yaml::Kind::List &&
                                      targets->value.node->items.empty());
    if (!upstream.isSandbox && hasNone)
        map.lacks(QCoreApplication::translate("Config",
                                              "an upstream needs targets, like targets: "
                                              "[{url: \"https://gateway.example.com\"}]"));
}

} // namespace

UpstreamConfig readUpstream(const yaml::Value& value, const QString& dir, Findings& findings) {
    const MapReader map(value, QCoreApplication::translate("Config", "an upstream"),
                        {"name", "targets", "policy", "credential", "credential_as", "timeouts",
                         "health", "breaker", "tls", "via", "http2", "sandbox"},
                        findings);
    UpstreamConfig upstream;
    if (!map.isMap()) return upstream;
    map.read("name", upstream.name, entryName);
    if (!map.has("name"))
        findings.add(value.place, QCoreApplication::translate(
                                      "Config", "an upstream needs a name, like name: corp"));
    map.readBool("sandbox", upstream.isSandbox);
    map.eachItem("targets", [&](const yaml::Value& item) { readTarget(item, upstream, findings); });
    readCredential(map, dir, upstream);
    readTimeouts(map, upstream.timeouts);
    readTls(map, dir, upstream);
    refuseLaterKeys(map);
    checkKind(map, upstream);
    return upstream;
}

} // namespace sallyport
