// SPDX-License-Identifier: MIT
#include "core/config/routesfile.h"

#include "core/config/addresses.h"
#include "core/config/quoting.h"
#include "core/config/routesection.h"
#include "core/config/upstreamsection.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace sallyport {

namespace {

const QString kSandboxName = QStringLiteral("sandbox");

UpstreamConfig builtInSandbox() {
    UpstreamConfig sandbox;
    sandbox.name = kSandboxName;
    sandbox.isSandbox = true;
    return sandbox;
}

/// A second entry of the same name; `names` has those before it.
void checkName(const QString& name, QStringList& names, const yaml::Value& value,
               Findings& findings) {
    if (name.isEmpty()) return;
    if (names.contains(name))
        findings.add(value.place, QCoreApplication::translate(
                                      "Config", "there is a \"%1\" before this one; each needs a "
                                                "name of its own")
                                      .arg(shownValue(name.toUtf8())));
    else
        names.append(name);
}

class RoutesReader {
public:
    RoutesReader(const yaml::Value& root, QString dir, Findings& findings)
        : m_map(root, QStringLiteral("routes.yaml"),
                {"upstreams", "routes", "intercept", "forward"}, findings)
        , m_dir(std::move(dir)) {}

    [[nodiscard]] RoutesFile read() {
        readUpstreams();
        readRoutes();
        readIntercept();
        readForwarding();
        return std::move(m_file);
    }

private:
    void readUpstreams() {
        m_map.eachItem("upstreams", [this](const yaml::Value& item) {
            m_file.upstreams.push_back(readUpstream(item, m_dir, m_map.findings()));
            checkName(m_file.upstreams.back().name, m_upstreams, item, m_map.findings());
        });
    }
    void readRoutes() {
        QStringList known = m_upstreams;
        if (!known.contains(kSandboxName)) known.append(kSandboxName);
        QStringList names;
        m_map.eachItem("routes", [&](const yaml::Value& item) {
            m_file.routes.push_back(readRoute(item, known, m_map.findings()));
            checkName(m_file.routes.back().name, names, item, m_map.findings());
        });
        const bool usesBuiltIn =
            std::any_of(m_file.routes.begin(), m_file.routes.end(), [](const Route& route) {
                const auto* to = std::get_if<ToUpstream>(&route.action);
                return to && to->upstream == kSandboxName;
            });
        if (usesBuiltIn && !m_upstreams.contains(kSandboxName))
            m_file.upstreams.push_back(builtInSandbox());
    }

    void readForwarding() {
        const yaml::Pair* forward = m_map.find("forward");
        if (!forward) return;
        ForwardSection section = readForward(forward->value, m_dir, m_map.findings());
        m_file.forward = std::move(section.policy);
        m_file.forwardVia = std::move(section.via);
    }

    void readIntercept() {
        std::vector<InterceptEntry>& entries = m_file.intercept.entries;
        const auto parse = [&](const QByteArray& text) -> scalars::Parsed<InterceptEntry> {
            auto entry = scalars::interceptEntry(text);
            if (entry && std::find(entries.begin(), entries.end(), *entry) != entries.end())
                return Failure{QCoreApplication::translate(
                                   "Config", "\"%1\" is here twice; keep one of the two")
                                   .arg(shownValue(text))};
            return entry;
        };
        m_map.readList("intercept", parse,
                       [&](const InterceptEntry& entry) { entries.push_back(entry); });
    }

    MapReader m_map;
    QString m_dir;
    RoutesFile m_file;
    QStringList m_upstreams;
};

} // namespace

Result<RoutesFile, ConfigError> parseRoutes(const QByteArray& yaml, const QString& fileName) {
    const auto root = yaml::parse(yaml);
    if (!root) return Failure{configErrorAt(fileName, yaml, root.error())};
    Findings findings;
    RoutesFile file = RoutesReader(*root, QFileInfo(fileName).absolutePath(), findings).read();
    if (const auto& first = findings.first()) return Failure{configErrorAt(fileName, yaml, *first)};
    return file;
}

RoutesFile defaultRoutes() {
    RoutesFile file;
    file.upstreams.push_back(builtInSandbox());
    Route route;
    route.name = QStringLiteral("claude");
    route.action = ToUpstream{kSandboxName};
    file.routes.push_back(std::move(route));
    return file;
}

} // namespace sallyport
