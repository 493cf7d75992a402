// SPDX-License-Identifier: MIT
#include "core/doctor/doctorfix.h"

#include "core/claudecode/settingsconnector.h"
#include "core/doctor/doctortext.h"

namespace sallyport {

namespace {

QString written(const CheckFix& fix, const QString& file) {
    QStringList names;
    for (const WantedKey& key : fix.keys)
        names << key.path();
    return DoctorText::tr("%1 was written into %2. `sallyport env undo`, or Disconnect in the "
                          "tray, takes it back.")
        .arg(names.join(QLatin1String(", ")), file);
}

} // namespace

Result<QString, ConnectError> applyFix(const CheckFix& fix, const DoctorOptions& options) {
    SettingsPaths paths = options.paths;
    if (fix.kind == CheckFix::Kind::SetClientState)
        paths = SettingsPaths{options.paths.clientStateFile, {}, {}};
    SettingsConnector connector(paths, {}, options.stateDir);
    if (fix.kind == CheckFix::Kind::Undo) {
        const auto undone = connector.undo();
        if (!undone) return Failure{undone.error()};
        return DoctorText::tr("What Sallyport wrote into %1 was taken back. Running sessions of "
                              "Claude Code keep the old values until they are started anew.")
            .arg(undone->file);
    }
    const auto done = connector.set(fix.keys);
    if (!done) return Failure{done.error()};
    return written(fix, done->file);
}

} // namespace sallyport
