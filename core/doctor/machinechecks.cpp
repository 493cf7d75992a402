// SPDX-License-Identifier: MIT
#include "core/doctor/machinechecks.h"

#include "core/doctor/doctortext.h"

#include <QLocale>
#include <QVersionNumber>

namespace sallyport {

namespace {

constexpr int kNodeWanted = 22; ///< `engines` of the npm package
const QVersionNumber kOldClient(2, 1, 197);

bool isOldNode(const ProgramReading& programs) {
    const auto version = QVersionNumber::fromString(programs.nodeVersion);
    return !version.isNull() && version.majorVersion() < kNodeWanted;
}

} // namespace

CheckResult checkClientVersion(const ProgramReading& programs) {
    CheckResult result{CheckId::ClientVersion, CheckState::Ok, {}};
    if (!programs.claude.isEmpty())
        result.evidence.push_back(
            {QLatin1String("claude ") + programs.claudeVersion,
             programs.versionFile.isEmpty() ? programs.claude : programs.versionFile, 0});
    if (!programs.node.isEmpty())
        result.evidence.push_back(
            {QLatin1String("node ") + programs.nodeVersion, programs.node, 0});
    const auto client = QVersionNumber::fromString(programs.claudeVersion);
    if (programs.claude.isEmpty() && !isOldNode(programs)) {
        result.state = CheckState::NotChecked;
        result.sentence = DoctorText::tr("There is no claude in PATH.");
    } else if (client.isNull() && !programs.claude.isEmpty()) {
        result.state = CheckState::NotChecked;
        result.sentence = DoctorText::tr("No file beside claude tells its version, and it is not "
                                         "run to ask for it.");
    } else if (client == kOldClient || (programs.claude.isEmpty() && isOldNode(programs))) {
        result.state = CheckState::Warning;
        result.sentence =
            DoctorText::tr("With Node before 22, npm installs Claude Code 2.1.197 without a word "
                           "instead of the latest. Name the version, or update Node: npm install "
                           "-g @anthropic-ai/claude-code@2.1.329");
    } else {
        result.sentence = DoctorText::tr("Claude Code %1 is installed.").arg(client.toString());
    }
    return result;
}

CheckResult checkDiskSpace(const std::vector<DiskReading>& disks) {
    constexpr qint64 kWarnBytes = qint64{1024} * 1024 * 1024;
    constexpr qint64 kFaultBytes = qint64{64} * 1024 * 1024;
    CheckResult result{CheckId::DiskSpace, CheckState::Ok,
                       DoctorText::tr("There is room for the log and the journal.")};
    if (disks.empty())
        return {CheckId::DiskSpace, CheckState::NotChecked,
                DoctorText::tr("The file system does not tell how much room it has.")};
    for (const DiskReading& disk : disks) {
        result.evidence.push_back(
            {DoctorText::tr("%1 free").arg(QLocale::c().formattedDataSize(disk.available)),
             disk.path, 0});
        if (disk.available < kFaultBytes)
            result.state = CheckState::Fault;
        else if (disk.available < kWarnBytes && result.state != CheckState::Fault)
            result.state = CheckState::Warning;
    }
    if (result.state != CheckState::Ok)
        result.sentence = DoctorText::tr("There is little room on the disk: settings cannot be "
                                         "changed safely and the log ends when it is full.");
    return result;
}

} // namespace sallyport
