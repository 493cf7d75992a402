// SPDX-License-Identifier: MIT
#include "core/support/atomicfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>

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

} // namespace

Result<Done, QString> writeFileAtomically(const QString& path, const QByteArray& content,
                                          std::optional<QFileDevice::Permissions> mode) {
    const QString target = resolved(path);
    const QFileInfo existing(target);
    // A rename would get past a file's read-only mode (and so would root); the owner's wish stands.
    if (existing.exists() && !(existing.permissions() & QFileDevice::WriteOwner))
        return cannotWrite(path,
                           QCoreApplication::translate("AtomicFile", "the file is read-only"));
    QTemporaryFile temporary(target + QLatin1String(".XXXXXX"));
    if (!temporary.open()) return cannotWrite(path, temporary.errorString());
    const auto wanted = mode ? *mode : existing.exists() ? existing.permissions() : kPrivateFile;
    if (!temporary.setPermissions(wanted)) return cannotWrite(path, temporary.errorString());
    if (temporary.write(content) != content.size() || !temporary.flush() ||
        !syncToDisk(temporary.handle()))
        return cannotWrite(path, temporary.errorString());
    temporary.close();
    if (std::rename(QFile::encodeName(temporary.fileName()).constData(),
                    QFile::encodeName(target).constData()) != 0)
        return cannotWrite(path, qt_error_string());
    temporary.setAutoRemove(false);
    syncFolder(QFileInfo(target).absolutePath());
    return Done{};
}

} // namespace sallyport
