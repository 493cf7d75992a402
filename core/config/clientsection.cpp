// SPDX-License-Identifier: MIT
#include "core/config/clientsection.h"

#include "core/config/limitsection.h"
#include "core/config/nearestname.h"
#include "core/config/quoting.h"
#include "core/config/sections.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace sallyport {

namespace {

scalars::Parsed<TokenSource> clientToken(const QByteArray& text, const QString& dir) {
    auto source = scalars::tokenSource(text, dir);
    if (!source) return source;
    if (source->kind == TokenSource::Kind::Environment || source->kind == TokenSource::Kind::File)
        return source;
    return Failure{QCoreApplication::translate(
        "Config", "a client's token is in a variable or a file; write env:NAME or file:PATH")};
}

void readUpstream(const MapReader& map, const std::optional<QStringList>& upstreams,
                  ClientConfig& client) {
    map.read("upstream", client.upstream, entryName);
    if (client.upstream.isEmpty() || !upstreams || upstreams->contains(client.upstream)) return;
    map.refuse(
        "upstream",
        QCoreApplication::translate("Config", "there is no upstream \"%1\" in routes.yaml;%2")
            .arg(shownValue(client.upstream.toUtf8()), suggestionFor(client.upstream, *upstreams)));
}

ClientConfig readClient(const yaml::Value& value, const QString& dir,
                        const std::optional<QStringList>& upstreams, Findings& findings) {
    const MapReader map(value, QCoreApplication::translate("Config", "a client"),
                        {"name", "token", "rate", "in_flight", "tokens_per_day", "upstream"},
                        findings);
    ClientConfig client;
    if (!map.isMap()) return client;
    map.read("name", client.name, entryName);
    map.read("token", client.token, [&](const QByteArray& text) { return clientToken(text, dir); });
    if (!map.has("name") || !map.has("token"))
        map.lacks(QCoreApplication::translate(
            "Config", "a client needs a name and a token, like {name: ada, token: env:ADA_TOKEN}"));
    client.rate = readRate(map);
    client.inFlight = readInFlight(map);
    map.read("tokens_per_day", client.tokensPerDay, [](const QByteArray& text) {
        return scalars::number(text, 1, std::numeric_limits<qint64>::max() / 2);
    });
    readUpstream(map, upstreams, client);
    return client;
}

} // namespace

std::vector<ClientConfig> readClients(const MapReader& access, const QString& dir,
                                      const std::optional<QStringList>& upstreams) {
    std::vector<ClientConfig> clients;
    access.eachItem("clients", [&](const yaml::Value& item) {
        ClientConfig client = readClient(item, dir, upstreams, access.findings());
        const auto isTaken = [&](const ClientConfig& other) { return other.name == client.name; };
        if (!client.name.isEmpty() && std::any_of(clients.begin(), clients.end(), isTaken))
            access.findings().add(
                item.place, QCoreApplication::translate(
                                "Config", "there is a \"%1\" before this one; each needs a name of "
                                          "its own")
                                .arg(shownValue(client.name.toUtf8())));
        clients.push_back(std::move(client));
    });
    return clients;
}

} // namespace sallyport
