// SPDX-License-Identifier: MIT
#include "core/config/upstreamsection.h"

#include "core/balance/targetgroup.h"
#include "core/config/addresses.h"
#include "core/config/credentialsection.h"
#include "core/config/quoting.h"
#include "core/config/sections.h"
#include "core/config/viasection.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport {

namespace {

constexpr int kMaxWeight = 1000;
constexpr int kMaxCount = 10'000;
/// More often would be load and not a check.
constexpr std::chrono::milliseconds kMinProbeInterval{100};

scalars::Parsed<int> countFrom(const QByteArray& text, int least, int most) {
    const auto parsed = scalars::number(text, least, most);
    if (!parsed) return Failure{parsed.error()};
    return static_cast<int>(*parsed);
}

scalars::Parsed<int> count(const QByteArray& text) { return countFrom(text, 1, kMaxCount); }

/// What the targets of one upstream have to be beside each other.
void checkTarget(const UpstreamTarget& target, const yaml::Value& value,
                 const UpstreamConfig& upstream, Findings& findings) {
    const bool isTwice =
        std::any_of(upstream.targets.begin(), upstream.targets.end(), [&](const auto& other) {
            return !target.host.isEmpty() && other.host == target.host &&
                   other.port == target.port && other.basePath == target.basePath;
        });
    if (isTwice)
        findings.add(value.place, QCoreApplication::translate(
                                      "Config", "this target is there before; give one "
                                                "target more of the requests by weight"));
    if (upstream.targets.size() == TargetGroup::kMostTargets)
        findings.add(value.place,
                     QCoreApplication::translate("Config", "an upstream has at most %1 targets")
                         .arg(TargetGroup::kMostTargets));
}

void readTarget(const yaml::Value& value, UpstreamConfig& upstream, Findings& findings) {
    const MapReader map(value, QCoreApplication::translate("Config", "a target"), {"url", "weight"},
                        findings);
    UpstreamTarget target;
    map.read("url", target, scalars::upstreamUrl);
    map.read("weight", target.weight,
             [](const QByteArray& text) { return countFrom(text, 1, kMaxWeight); });
    if (value.node->kind == yaml::Kind::Map && !map.has("url"))
        findings.add(value.place, QCoreApplication::translate(
                                      "Config", "a target needs a url, like "
                                                "{url: \"https://gateway.example.com\"}"));
    checkTarget(target, value, upstream, findings);
    upstream.targets.push_back(std::move(target));
}

void readTimeouts(const MapReader& map, UpstreamTimeouts& timeouts) {
    const MapReader section = sectionOf(map, "timeouts", {"connect", "first_byte", "idle"});
    section.read("connect", timeouts.connect, scalars::positiveDuration);
    section.read("first_byte", timeouts.firstByte, scalars::positiveDuration);
    section.read("idle", timeouts.idle, scalars::positiveDuration);
}

void readPolicy(const MapReader& map, BalanceRules& balance) {
    static constexpr scalars::WordMeaning<BalancePolicy> kPolicies[] = {
        {"failover", BalancePolicy::Failover},
        {"round-robin", BalancePolicy::RoundRobin},
        {"least-active", BalancePolicy::LeastActive}};
    map.read("policy", balance.policy,
             [](const QByteArray& text) { return scalars::word(text, kPolicies); });
}

scalars::Parsed<QByteArray> probePath(const QByteArray& text) {
    const bool isPlain = std::all_of(text.begin(), text.end(),
                                     [](char c) { return c > ' ' && c < '\x7f' && c != '#'; });
    if (text.startsWith('/') && isPlain) return text;
    return Failure{QCoreApplication::translate(
                       "Config", "\"%1\" is not a path; write one like /healthz, without blanks")
                       .arg(shownValue(text))};
}

scalars::Parsed<std::chrono::milliseconds> probeInterval(const QByteArray& text) {
    auto parsed = scalars::duration(text);
    if (!parsed || *parsed >= kMinProbeInterval) return parsed;
    return Failure{
        QCoreApplication::translate("Config", "\"%1\" is too often; write 100ms or more, like 10s")
            .arg(shownValue(text))};
}

void readHealth(const MapReader& map, BalanceRules& balance) {
    if (!map.find("health")) return;
    const MapReader section = sectionOf(map, "health", {"path", "every", "fall", "rise"});
    HealthRules health;
    section.read("path", health.path, probePath);
    if (section.isMap() && !section.has("path"))
        section.lacks(QCoreApplication::translate(
            "Config", "health needs the path that is asked, like health: {path: /healthz}"));
    section.read("every", health.every, probeInterval);
    section.read("fall", health.fall, count);
    section.read("rise", health.rise, count);
    balance.health = std::move(health);
}

void readBreaker(const MapReader& map, BalanceRules& balance) {
    if (!map.find("breaker")) return;
    const MapReader section =
        sectionOf(map, "breaker", {"failures", "error_rate", "window", "open_for"});
    BreakerRules breaker;
    section.read("failures", breaker.failures, count);
    section.read("error_rate", breaker.errorRatePercent, scalars::percentage);
    section.read("window", breaker.window, scalars::positiveDuration);
    section.read("open_for", breaker.openFor, scalars::positiveDuration);
    balance.breaker = breaker;
}

void readTls(const MapReader& map, const QString& dir, UpstreamConfig& upstream) {
    const MapReader section = sectionOf(map, "tls", {"ca_file", "verify", "cert", "key"});
    const auto path = [&](const QByteArray& text) {
        const QString given = QString::fromUtf8(text);
        return scalars::Parsed<QString>(given.isEmpty() ? given
                                                        : scalars::absolutePath(given, dir));
    };
    section.read("ca_file", upstream.caFile, path);
    section.readBool("verify", upstream.verifyTls);
    section.read("cert", upstream.certFile, path);
    section.read("key", upstream.keyFile, path);
    if (upstream.certFile.isEmpty() && !upstream.keyFile.isEmpty())
        section.refuse("key", QCoreApplication::translate(
                                  "Config", "a key belongs to a certificate; name that as cert"));
}

/// `1` to `1000`, or `max`, which is 0.
scalars::Parsed<int> replaySpeed(const QByteArray& text) {
    constexpr int kMostSpeed = 1000;
    if (text == "max") return 0;
    const auto parsed = countFrom(text, 1, kMostSpeed);
    if (parsed) return parsed;
    return Failure{QCoreApplication::translate(
                       "Config", "\"%1\" is no speed; write a whole number from 1 (as recorded) to "
                                 "1000 (times as fast), or max (without pauses)")
                       .arg(shownValue(text))};
}

void readReplay(const MapReader& map, const QString& dir, UpstreamConfig& upstream) {
    map.read("replay", upstream.replayFile,
             [&](const QByteArray& text) -> scalars::Parsed<QString> {
                 if (!text.isEmpty()) return scalars::absolutePath(QString::fromUtf8(text), dir);
                 return Failure{QCoreApplication::translate(
                     "Config",
                     "this names a file with recorded exchanges, like replay: bug-4711.jsonl")};
             });
    map.read("replay_speed", upstream.replaySpeed, replaySpeed);
    if (map.has("replay_speed") && !map.has("replay"))
        map.refuse("replay_speed",
                   QCoreApplication::translate(
                       "Config", "only recorded exchanges have a speed; name them in replay"));
    if (map.has("replay") && upstream.isSandbox)
        map.refuse("replay", QCoreApplication::translate(
                                 "Config", "an upstream is a sandbox or plays recorded exchanges; "
                                           "take one of the two out"));
    if (map.has("replay") && !upstream.targets.empty())
        map.refuse("targets",
                   QCoreApplication::translate(
                       "Config", "recorded exchanges are served on this machine and have "
                                 "no targets; take them out, or replay"));
}

void checkKind(const MapReader& map, const UpstreamConfig& upstream) {
    const yaml::Pair* targets = map.find("targets");
    if (upstream.isSandbox && !upstream.targets.empty())
        map.refuse("targets", QCoreApplication::translate(
                                  "Config", "the sandbox answers on this machine and has no "
                                            "targets; take them out, or sandbox: true"));
    const bool hasNone = !targets || (targets->value.node->kind == yaml::Kind::List &&
                                      targets->value.node->items.empty());
    if (!upstream.isSandbox && !map.has("replay") && hasNone)
        map.lacks(QCoreApplication::translate("Config",
                                              "an upstream needs targets, like targets: "
                                              "[{url: \"https://gateway.example.com\"}]"));
}

} // namespace

const std::vector<const char*>& upstreamKeys() {
    static const std::vector<const char*> keys{
        "name",           "sandbox",     "replay",
        "replay_speed",   "targets",     "policy",
        "credential",     "credentials", "credential_command",
        "credential_as",  "timeouts",    "health",
        "breaker",        "tls",         "via",
        "via_credential", "http2"};
    return keys;
}

UpstreamConfig readUpstream(const yaml::Value& value, const QString& dir, Findings& findings) {
    const MapReader map(value, QCoreApplication::translate("Config", "an upstream"), upstreamKeys(),
                        findings);
    UpstreamConfig upstream;
    if (!map.isMap()) return upstream;
    map.read("name", upstream.name, entryName);
    if (!map.has("name"))
        findings.add(value.place, QCoreApplication::translate(
                                      "Config", "an upstream needs a name, like name: corp"));
    map.readBool("sandbox", upstream.isSandbox);
    map.eachItem("targets", [&](const yaml::Value& item) { readTarget(item, upstream, findings); });
    readReplay(map, dir, upstream);
    readCredentials(map, dir, upstream);
    readTimeouts(map, upstream.timeouts);
    readPolicy(map, upstream.balance);
    readHealth(map, upstream.balance);
    readBreaker(map, upstream.balance);
    readTls(map, dir, upstream);
    upstream.via = readVia(map, dir);
    map.readBool("http2", upstream.usesHttp2);
    checkKind(map, upstream);
    return upstream;
}

} // namespace sallyport
