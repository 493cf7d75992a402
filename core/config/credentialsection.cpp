// SPDX-License-Identifier: MIT
#include "core/config/credentialsection.h"

#include "core/config/quoting.h"
#include "core/config/sections.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>

namespace sallyport {

namespace {

constexpr auto kUsualTtl = std::chrono::minutes(10);
constexpr auto kUsualTimeout = std::chrono::seconds(5);
constexpr auto kLongestTimeout = std::chrono::minutes(5);
constexpr std::size_t kMostKeys = 64;

void readOne(const MapReader& map, const QString& dir, UpstreamConfig& upstream) {
    CredentialSource source;
    map.read("credential", source,
             [&](const QByteArray& text) { return scalars::credentialSource(text, dir); });
    if (source.kind != CredentialSource::Kind::None) upstream.credentials = {source};
}

scalars::Parsed<CredentialSource> oneOfSeveral(const QByteArray& text, const QString& dir) {
    auto source = scalars::credentialSource(text, dir);
    if (!source || source->kind != CredentialSource::Kind::None) return source;
    return Failure{QCoreApplication::translate(
        "Config", "none is no key; take it out, or write credential: none alone")};
}

void readSeveral(const MapReader& map, const QString& dir, UpstreamConfig& upstream) {
    auto& keys = upstream.credentials;
    map.readList(
        "credentials", [&](const QByteArray& text) { return oneOfSeveral(text, dir); },
        [&](const CredentialSource& source) {
            if (std::find(keys.begin(), keys.end(), source) == keys.end()) keys.push_back(source);
        });
    const yaml::Pair* list = map.find("credentials");
    if (!list || list->value.node->kind != yaml::Kind::List) return;
    if (list->value.node->items.empty() || list->value.node->items.size() > kMostKeys)
        map.refuse("credentials",
                   QCoreApplication::translate("Config", "a list of 1 to %1 keys is needed here, "
                                                         "like [env:KEY_A, env:KEY_B]")
                       .arg(kMostKeys));
}

/// What starts with a slash, `~/` or a dot and a slash is a path; all else is looked for in PATH.
QString programPath(const QString& program, const QString& dir) {
    const bool isPath = program.contains(u'/');
    return isPath ? scalars::absolutePath(program, dir) : program;
}

scalars::Parsed<std::chrono::milliseconds> runTime(const QByteArray& text) {
    auto time = scalars::positiveDuration(text);
    if (!time || *time <= kLongestTimeout) return time;
    return Failure{
        QCoreApplication::translate("Config", "requests wait for the command; write 5m or less")};
}

void readCommand(const MapReader& map, const QString& dir, UpstreamConfig& upstream) {
    if (!map.find("credential_command")) return;
    const MapReader section = sectionOf(map, "credential_command", {"run", "ttl", "timeout"});
    CredentialSource source;
    source.kind = CredentialSource::Kind::Command;
    source.ttl = kUsualTtl;
    source.timeout = kUsualTimeout;
    section.readList(
        "run",
        [](const QByteArray& text) {
            return text.contains('\0')
                       ? scalars::Parsed<QString>(Failure{QCoreApplication::translate(
                             "Config", "an argument cannot hold a NUL")})
                       : scalars::Parsed<QString>(QString::fromUtf8(text));
        },
        [&](const QString& word) { source.command.append(word); });
    section.read("ttl", source.ttl, scalars::positiveDuration);
    section.read("timeout", source.timeout, runTime);
    if (source.command.isEmpty() || source.command.first().isEmpty()) {
        section.refuse("run", QCoreApplication::translate(
                                  "Config", "the program and its arguments are needed here, like "
                                            "[corp-token, --print]"));
        return;
    }
    source.command.first() = programPath(source.command.first(), dir);
    upstream.credentials = {source};
}

} // namespace

void readCredentials(const MapReader& map, const QString& dir, UpstreamConfig& upstream) {
    static constexpr scalars::WordMeaning<CredentialForm> kForms[] = {
        {"bearer", CredentialForm::Bearer}, {"x-api-key", CredentialForm::XApiKey}};
    static constexpr const char* kWays[] = {"credential", "credentials", "credential_command"};
    readOne(map, dir, upstream);
    readSeveral(map, dir, upstream);
    readCommand(map, dir, upstream);
    bool isThere = false;
    for (const char* way : kWays)
        if (map.has(way) && std::exchange(isThere, true))
            map.refuse(way, QCoreApplication::translate(
                                "Config", "an upstream has one of credential, credentials and "
                                          "credential_command; take the others out"));
    map.read("credential_as", upstream.credentialAs,
             [](const QByteArray& text) { return scalars::word(text, kForms); });
}

} // namespace sallyport
