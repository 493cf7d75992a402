// SPDX-License-Identifier: MIT
#include "app/cli/leftovers.h"

#include "core/authority/authoritystatus.h"
#include "core/config/loader.h"
#include "core/support/autostart.h"

#include <QFileInfo>
#include <QStandardPaths>

namespace sallyport::cli {

namespace {

QString quoted(QString path) { return u'\'' + path.replace(u'\'', QLatin1String("'\\''")) + u'\''; }

} // namespace

QStringList keychainEntriesOf(const Config& config) {
    std::vector<CredentialSource> sources{config.forwardVia.credential};
    for (const UpstreamConfig& upstream : config.upstreams) {
        sources.insert(sources.end(), upstream.credentials.begin(), upstream.credentials.end());
        sources.push_back(upstream.via.credential);
    }
    QStringList names;
    for (const CredentialSource& source : sources)
        if (source.kind == CredentialSource::Kind::Keychain && !names.contains(source.name))
            names << source.name;
    return names;
}

Leftovers findLeftovers(const QString& configDir, const QString& stateDir) {
    Leftovers found;
    const Autostart autostart(
        QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation), {});
    if (QFileInfo::exists(autostart.file())) found.autostart = autostart.file();
    found.hasAuthority = authorityStatus(stateDir, {}, QDateTime::currentDateTimeUtc()).exists;
    if (const auto config = loadConfig(configDir))
        found.keychainEntries = keychainEntriesOf(**config);
    for (const QString& folder : {configDir, stateDir})
        if (QFileInfo::exists(folder)) found.folders << folder;
    return found;
}

QString leftoversText(const Leftovers& leftovers) {
    QStringList lines;
    if (!leftovers.autostart.isEmpty()) lines << QLatin1String("rm ") + quoted(leftovers.autostart);
    if (leftovers.hasAuthority) lines << QStringLiteral("sallyport ca remove");
    for (const QString& name : leftovers.keychainEntries)
        lines << QLatin1String("sallyport credential remove ") + quoted(name);
    for (const QString& folder : leftovers.folders)
        lines << QLatin1String("rm -r ") + quoted(folder);
    if (lines.isEmpty()) return {};
    QString text = QStringLiteral("Sallyport still has files here. These lines remove them, with "
                                  "routes, history and token:\n");
    for (const QString& line : std::as_const(lines))
        text += QLatin1String("  ") + line + u'\n';
    return text;
}

} // namespace sallyport::cli
