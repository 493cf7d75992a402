// SPDX-License-Identifier: MIT
#include "core/support/atomicfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>

#include <cerrno>
#include <cstdio>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <unistd.h>
#endif

namespace sallyport {

namespace {

Failure<QString> cannotWrite(const QString& path, const QString& reason) {
    return Failure{
        QCoreApplication::translate("AtomicFile", "cannot write %1: %2").arg(path, reason)};
}

QString resolved(const QString& path) {
    // Link by link: a dangling one has no canonical path, and its target is where the file is to be
    // made. As many as the kernel follows.
    constexpr int kMaxLinks = 40;
    QFileInfo info(path);
    for (int i = 0; i < kMaxLinks && info.isSymLink(); ++i)
        info = QFileInfo(info.symLinkTarget());
    return info.absoluteFilePath();
}

bool syncToDisk(int descriptor) {
#ifdef Q_OS_UNIX
    return ::fsync(descriptor) == 0;
#else
    Q_UNUSED(descriptor)
    return true;
#endif
}

void syncFolder(const QString& folder) {
#ifdef Q_OS_UNIX
    const int fd =
        ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    ::fsync(fd);
    ::close(fd);
#else
    Q_UNUSED(folder)
#endif
}

/// A file with the content beside `target`, forced to the disk. The error is a sentence.
Result<Done, QString> writeBeside(QTemporaryFile& temporary, const QString& path,
                                  const QByteArray& content, QFileDevice::Permissions mode) {
    if (!temporary.open() || !temporary.setPermissions(mode) ||
        temporary.write(content) != content.size() || !temporary.flush() ||
        !syncToDisk(temporary.handle()))
        return cannotWrite(path, temporary.errorString());
    temporary.close();
    return Done{};
}

/// What a file holds; nothing when it is not there.
std::optional<QByteArray> contentOf(const QString& path) {
    QFile file(path);
    if (!QFileInfo::exists(path) || !file.open(QIODevice::ReadOnly)) return {};
    return file.readAll();
}

bool renameFile(const QString& from, const QString& to) {
    return std::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0;
}

#ifdef Q_OS_LINUX
bool renameWith(const QString& from, const QString& to, unsigned int flag) {
    return ::renameat2(AT_FDCWD, QFile::encodeName(from).constData(), AT_FDCWD,
                       QFile::encodeName(to).constData(), flag) == 0;
}
#endif

/// Puts `temporary` in the place of `target`, which holds `expected`. False, with `errno`, when the
/// system refuses.
std::optional<FileReplacement> exchange(const QString& temporary, const QString& target,
                                        const std::optional<QByteArray>& expected) {
#ifdef Q_OS_LINUX
    if (!expected && renameWith(temporary, target, RENAME_NOREPLACE))
        return FileReplacement::Replaced;
    if (!expected && errno == EEXIST) return FileReplacement::ChangedMeanwhile;
    if (expected && renameWith(temporary, target, RENAME_EXCHANGE)) {
        if (contentOf(temporary) == expected) {
            QFile::remove(temporary);
            return FileReplacement::Replaced;
        }
        if (renameWith(temporary, target, RENAME_EXCHANGE))
            return FileReplacement::ChangedMeanwhile;
    }
#endif
    // Not every file system knows the flags.
    if (contentOf(target) != expected) return FileReplacement::ChangedMeanwhile;
    if (!renameFile(temporary, target)) return {};
    return FileReplacement::Replaced;
}

/// A rename would get past a file's read-only mode (and so would root); the owner's wish stands.
bool isReadOnly(const QFileInfo& file) {
    return file.exists() && !(file.permissions() & QFileDevice::WriteOwner);
}

Failure<QString> readOnlyFault(const QString& path) {
    return cannotWrite(path, QCoreApplication::translate("AtomicFile", "the file is read-only"));
}

QFileDevice::Permissions modeFor(const QFileInfo& existing) {
    return existing.exists() ? existing.permissions() : kPrivateFile;
}

} // namespace

Result<Done, QString> writeFileAtomically(const QString& path, const QByteArray& content,
                                          std::optional<QFileDevice::Permissions> mode) {
    const QString target = resolved(path);
    const QFileInfo existing(target);
    if (isReadOnly(existing)) return readOnlyFault(path);
    QTemporaryFile temporary(target + QLatin1String(".XXXXXX"));
    auto beside = writeBeside(temporary, path, content, mode.value_or(modeFor(existing)));
    if (!beside) return beside;
    if (!renameFile(temporary.fileName(), target)) return cannotWrite(path, qt_error_string());
    temporary.setAutoRemove(false);
    syncFolder(QFileInfo(target).absolutePath());
    return Done{};
}

Result<FileReplacement, QString> replaceFileAtomically(const QString& path,
                                                       const std::optional<QByteArray>& expected,
                                                       const QByteArray& content) {
    const QString target = resolved(path);
    const QFileInfo existing(target);
    if (isReadOnly(existing)) return readOnlyFault(path);
    QTemporaryFile temporary(target + QLatin1String(".XXXXXX"));
    const auto beside = writeBeside(temporary, path, content, modeFor(existing));
    if (!beside) return Failure{beside.error()};
    const QString name = temporary.fileName();
    if (contentOf(target) != expected) return FileReplacement::ChangedMeanwhile;
    const auto outcome = exchange(name, target, expected);
    if (!outcome) return cannotWrite(path, qt_error_string());
    // After a replacement the name is free, and may be another program's.
    temporary.setAutoRemove(*outcome == FileReplacement::ChangedMeanwhile);
    syncFolder(QFileInfo(target).absolutePath());
    return *outcome;
}

} // namespace sallyport
