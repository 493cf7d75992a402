// SPDX-License-Identifier: MIT
#include "core/config/actionsection.h"

#include "core/config/nearestname.h"
#include "core/config/quoting.h"
#include "core/config/sections.h"
#include "core/route/rulegrammar.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport {

namespace {

constexpr const char* kActions[] = {"upstream", "respond", "redirect", "block", "direct"};

void readUpstreamName(const MapReader& map, const QStringList& upstreams, Route& route) {
    ToUpstream to;
    map.read("upstream", to.upstream, entryName);
    if (!to.upstream.isEmpty() && !upstreams.contains(to.upstream))
        map.refuse(
            "upstream",
            QCoreApplication::translate("Config", "there is no upstream \"%1\" in this file;%2")
                .arg(shownValue(to.upstream.toUtf8()), suggestionFor(to.upstream, upstreams)));
    route.action = std::move(to);
}

void readRespond(const MapReader& map, Route& route) {
    const MapReader section = sectionOf(map, "respond", {"status", "headers", "body"});
    ToRespond respond;
    qint64 status = respond.status;
    section.read("status", status,
                 [](const QByteArray& text) { return scalars::number(text, 200, 599); });
    respond.status = static_cast<int>(status);
    respond.headers = readFields(section, "headers");
    section.read("body", respond.body,
                 [](const QByteArray& text) { return scalars::Parsed<QByteArray>(text); });
    const bool isBodiless = status == 204 || status == 304;
    if (isBodiless && !respond.body.isEmpty())
        section.refuse("body", QCoreApplication::translate(
                                   "Config", "a response with status %1 has no content; take the "
                                             "body out, or write status: 200")
                                   .arg(status));
    route.action = std::move(respond);
}

scalars::Parsed<QByteArray> location(const QByteArray& text) {
    const bool isUri = !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return c > 0x20 && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '\\';
    });
    if (isUri) return text;
    return Failure{QCoreApplication::translate(
                       "Config", "\"%1\" is not where a redirect can point; write a URL or a path, "
                                 "like https://example.com/docs")
                       .arg(shownValue(text))};
}

scalars::Parsed<int> redirectStatus(const QByteArray& text) {
    static constexpr scalars::WordMeaning<int> kStatuses[] = {
        {"301", 301}, {"302", 302}, {"303", 303}, {"307", 307}, {"308", 308}};
    return scalars::word(text, kStatuses);
}

void readRedirect(const MapReader& map, Route& route) {
    ToRedirect redirect;
    if (map.find("redirect") && map.find("redirect")->value.node->kind == yaml::Kind::Scalar) {
        map.read("redirect", redirect.location, location);
    } else {
        const MapReader section = sectionOf(map, "redirect", {"status", "location"});
        section.read("status", redirect.status, redirectStatus);
        section.read("location", redirect.location, location);
        if (!section.has("location"))
            map.refuse("redirect", QCoreApplication::translate(
                                       "Config", "say where to: {status: 302, location: "
                                                 "\"https://example.com/\"}"));
    }
    route.action = std::move(redirect);
}

void readDirect(const MapReader& map, Route& route) {
    if (route.match.host.isEmpty())
        map.refuse("direct", QCoreApplication::translate(
                                 "Config", "a request goes straight to the host that it names, so "
                                           "the route needs match: {host: …}"));
    route.action = ToDirect{};
}

/// The actions that the route asks for; `block: false` and `direct: false` ask for nothing.
std::vector<const char*> actionsOf(const MapReader& map) {
    std::vector<const char*> asked;
    for (const char* name : kActions) {
        if (!map.has(name)) continue;
        const bool isSwitch = qstrcmp(name, "block") == 0 || qstrcmp(name, "direct") == 0;
        bool isOn = true;
        if (isSwitch) map.readBool(name, isOn);
        if (isOn) asked.push_back(name);
    }
    return asked;
}

} // namespace

void readAction(const MapReader& map, const QStringList& upstreams, Route& route) {
    const auto asked = actionsOf(map);
    if (asked.size() != 1) {
        const auto message = QCoreApplication::translate(
            "Config", "a route has exactly one of upstream, respond, redirect, block, direct");
        if (asked.empty())
            map.lacks(message);
        else
            map.refuse(asked.back(), message);
        return;
    }
    const QByteArray name = asked.front();
    if (name == "upstream")
        readUpstreamName(map, upstreams, route);
    else if (name == "respond")
        readRespond(map, route);
    else if (name == "redirect")
        readRedirect(map, route);
    else if (name == "direct")
        readDirect(map, route);
    else
        route.action = ToBlock{};
}

} // namespace sallyport
