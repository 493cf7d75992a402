// SPDX-License-Identifier: MIT
#include "core/claudecode/journaledfile.h"

#include "core/claudecode/settingspaths.h"
#include "core/support/atomicfile.h"
#include "core/support/paths.h"
#include "core/support/regularfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace sallyport {

namespace {

QString text(const char* source) {
    return QCoreApplication::translate("SettingsConnector", source);
}

Failure<FileFault> unwritable(const QString& reason) {
    return Failure{FileFault{FileFault::Kind::Unwritable, reason}};
}

/// Folders on the way to a file that are not there, outermost first.
QStringList missingFolders(const QString& file) {
    QStringList missing;
    QString folder = QFileInfo(file).absolutePath();
    while (!QFileInfo::exists(folder) && folder != QFileInfo(folder).absolutePath()) {
        missing.prepend(folder);
        folder = QFileInfo(folder).absolutePath();
    }
    return missing;
}

/// Only those that are empty go.
void removeFolders(const QStringList& folders) {
    for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder)
        QDir().rmdir(*folder);
}

} // namespace

Result<FileContent, QString> contentOfFile(const QString& path) {
    constexpr qsizetype kMaxBytes = qsizetype{16} * 1024 * 1024;
    if (!QFileInfo::exists(path)) return FileContent();
    auto bytes = QFileInfo(path).isDir()
                     ? Result<QByteArray, QString>(
                           Failure{text(QT_TRANSLATE_NOOP("SettingsConnector", "it is a folder"))})
                     : readRegularFile(path, kMaxBytes);
    if (!bytes)
        return Failure{text(QT_TRANSLATE_NOOP("SettingsConnector", "cannot read %1: %2"))
                           .arg(path, bytes.error())};
    return FileContent(std::move(bytes).value());
}

JournaledFile::JournaledFile(const QString& path, const QString& stateDir)
    : m_file(resolvedPath(path))
    , m_journalPath(journalFile(stateDir, m_file)) {}

bool JournaledFile::hasJournal() const { return QFileInfo::exists(m_journalPath); }

Result<std::unique_ptr<QLockFile>, QString> JournaledFile::lock() const {
    const QString folder = QFileInfo(m_journalPath).absolutePath();
    if (!paths::ensurePrivateDir(folder))
        return Failure{
            text(QT_TRANSLATE_NOOP("SettingsConnector", "cannot make the folder %1")).arg(folder)};
    auto lock = std::make_unique<QLockFile>(m_journalPath + QLatin1String(".lock"));
    // Of a process that was killed the lock is known by its number; where that was not written yet,
    // by its age. An edit takes some milliseconds.
    constexpr int kStaleAfterMs = 5000;
    lock->setStaleLockTime(kStaleAfterMs);
    if (lock->tryLock(0)) return lock;
    if (lock->error() != QLockFile::LockFailedError)
        return Failure{text(QT_TRANSLATE_NOOP("SettingsConnector", "cannot write in the folder %1"))
                           .arg(folder)};
    return Failure{
        text(QT_TRANSLATE_NOOP("SettingsConnector",
                               "another Sallyport is changing %1; try again in a moment"))
            .arg(m_file)};
}

FileFault JournaledFile::changedMeanwhile() const {
    return {FileFault::Kind::ChangedMeanwhile,
            text(QT_TRANSLATE_NOOP("SettingsConnector",
                                   "another program was writing %1 at the same moment, and its "
                                   "content stays; nothing was changed. Try again in a moment"))
                .arg(m_file)};
}

Result<Done, FileFault> JournaledFile::replace(const FileContent& before,
                                               const QByteArray& after) const {
    const QString folder = QFileInfo(m_file).absolutePath();
    if (!paths::ensurePrivateDir(folder))
        return unwritable(
            text(QT_TRANSLATE_NOOP("SettingsConnector", "cannot make the folder %1")).arg(folder));
    const auto replaced = replaceFileAtomically(m_file, before, after);
    if (!replaced) return unwritable(replaced.error());
    if (*replaced == FileReplacement::ChangedMeanwhile) return Failure{changedMeanwhile()};
    const auto back = contentOfFile(m_file);
    if (back && *back == after) return Done{};
    return unwritable(
        text(QT_TRANSLATE_NOOP("SettingsConnector", "%1 does not hold what was written to it"))
            .arg(m_file));
}

Result<Done, FileFault> JournaledFile::write(const FileContent& before, const QByteArray& after,
                                             Journal journal,
                                             const std::optional<Journal>& earlier) const {
    const QStringList made = missingFolders(m_file);
    journal.file = m_file;
    journal.isFileMadeByUs = journal.isFileMadeByUs || !before;
    for (const QString& folder : made)
        if (!journal.madeFolders.contains(folder)) journal.madeFolders << folder;
    if (auto kept = writeJournal(m_journalPath, journal); !kept)
        return Failure{FileFault{FileFault::Kind::Journal, kept.error()}};
    auto replaced = replace(before, after);
    if (replaced) return replaced;
    // The record of a write that did not happen would be taken back.
    const bool isKept = earlier && writeJournal(m_journalPath, *earlier).isOk();
    if (!isKept && !earlier) forgetJournal();
    removeFolders(made);
    return replaced;
}

Result<Done, FileFault> JournaledFile::remove(const QByteArray& before,
                                              const Journal& journal) const {
    const auto now = contentOfFile(m_file);
    if (!now || *now != before) return Failure{changedMeanwhile()};
    QFile file(m_file);
    const bool isProtected = !(QFileInfo(m_file).permissions() & QFile::WriteOwner);
    if (isProtected || !file.remove())
        return unwritable(
            text(QT_TRANSLATE_NOOP("SettingsConnector", "cannot remove %1")).arg(m_file));
    removeFolders(journal.madeFolders);
    return Done{};
}

Result<Done, FileFault> JournaledFile::takeBack(const QByteArray& before, const FileContent& after,
                                                const Journal& journal) const {
    auto done = !after             ? remove(before, journal)
                : *after == before ? Result<Done, FileFault>(Done{})
                                   : replace(before, *after);
    if (done) forgetJournal();
    return done;
}

void JournaledFile::forgetJournal() const { QFile::remove(m_journalPath); }

} // namespace sallyport
