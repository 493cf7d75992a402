// SPDX-License-Identifier: MIT
#include "core/doctor/filechecks.h"

#include "core/doctor/addresschecks.h"
#include "core/doctor/doctortext.h"

#include <algorithm>

namespace sallyport {

namespace {

QString routesFile(const ConfigReading& config) {
    return config.dir + QLatin1String("/routes.yaml");
}

bool hasTls(const UpstreamConfig& upstream) {
    return std::any_of(upstream.targets.begin(), upstream.targets.end(),
                       [](const UpstreamTarget& target) { return target.isTls; });
}

/// Lines that hold `verify: false` outside a comment.
std::vector<int> unverifiedLines(const QByteArray& routesText) {
    std::vector<int> lines;
    int line = 0;
    for (const QByteArray& one : routesText.split('\n')) {
        ++line;
        const QByteArray code = one.split('#').front().replace(' ', "");
        if (code.contains("verify:false")) lines.push_back(line);
    }
    return lines;
}

} // namespace

bool isUsed(const Config& config, const UpstreamConfig& upstream) {
    return std::any_of(config.routes.begin(), config.routes.end(), [&](const Route& route) {
        const auto* to = std::get_if<ToUpstream>(&route.action);
        return route.isEnabled && to && to->upstream == upstream.name;
    });
}

CheckResult checkConfigFiles(const ConfigReading& config) {
    CheckResult result{CheckId::ConfigFiles, CheckState::Ok, {}};
    if (config.error) {
        result.state = CheckState::Fault;
        result.sentence =
            DoctorText::tr("A file of Sallyport's is refused: %1").arg(config.error->message);
        result.evidence.push_back({{}, config.error->file, config.error->line});
        return result;
    }
    result.evidence.push_back({{}, config.dir, 0});
    result.sentence =
        config.hasRoutesFile
            ? DoctorText::tr("settings.yaml and routes.yaml are in order.")
            : DoctorText::tr("There is no routes.yaml yet: the built-in sandbox answers.");
    if (config.openKeyFiles.isEmpty()) return result;
    result.state = CheckState::Warning;
    result.sentence = DoctorText::tr("The mode of a key file lets other users of this machine at "
                                     "the key: chmod 600 %1")
                          .arg(config.openKeyFiles.front());
    for (const QString& file : config.openKeyFiles)
        result.evidence.push_back({{}, file, 0});
    return result;
}

CheckResult checkTlsVerify(const LocalReading& local) {
    CheckResult result{CheckId::TlsVerify, CheckState::Ok,
                       DoctorText::tr("Certificates are checked on every way.")};
    QStringList names;
    if (local.config.config) {
        for (const UpstreamConfig& upstream : local.config.config->upstreams) {
            if (!upstream.verifyTls && hasTls(upstream) && isUsed(*local.config.config, upstream))
                names << upstream.name;
        }
    }
    if (!names.isEmpty()) {
        result.state = CheckState::Warning;
        result.sentence = DoctorText::tr("The certificate of %1 is not checked (verify: false): "
                                         "anybody on the way can read along. Put the CA's PEM in "
                                         "tls.ca_file instead.")
                              .arg(names.join(QLatin1String(", ")));
        for (const int line : unverifiedLines(local.config.routesText))
            result.evidence.push_back(
                {QStringLiteral("verify: false"), routesFile(local.config), line});
    }
    const auto off = local.claude.variable("NODE_TLS_REJECT_UNAUTHORIZED");
    if (!off || off->value != "0") return result;
    result.state = CheckState::Warning;
    result.evidence.push_back(off->evidence());
    result.sentence = DoctorText::tr("Claude Code checks no certificate at all "
                                     "(NODE_TLS_REJECT_UNAUTHORIZED=0): anybody on the way can "
                                     "read along. Name the CA in NODE_EXTRA_CA_CERTS instead.");
    if (off->isBelowUser()) result.fix = variableFix(local.connection, off->name, "1");
    return result;
}

} // namespace sallyport
