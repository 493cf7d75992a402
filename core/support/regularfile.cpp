// SPDX-License-Identifier: MIT
#include "core/support/regularfile.h"

#include "core/support/boundedread.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace sallyport {

namespace {

QString isFolder() {
    return QCoreApplication::translate("RegularFile", "file to open is a directory");
}

QString isSpecial() {
    return QCoreApplication::translate("RegularFile", "it is a pipe, a socket or a device; name a "
                                                      "regular file");
}

/// `4 MiB`, `64 KiB`.
QString sizeText(qsizetype bytes) {
    constexpr qsizetype kKiB = 1024;
    constexpr qsizetype kMiB = kKiB * 1024;
    if (bytes > 0 && bytes % kMiB == 0)
        return QString::number(bytes / kMiB) + QLatin1String(" MiB");
    if (bytes > 0 && bytes % kKiB == 0)
        return QString::number(bytes / kKiB) + QLatin1String(" KiB");
    return QString::number(bytes) + QLatin1String(" B");
}

#ifdef Q_OS_UNIX
/// What keeps an object of that kind from being read, or an empty text.
QString objection(const struct stat& status) {
    if (S_ISREG(status.st_mode)) return {};
    return S_ISDIR(status.st_mode) ? isFolder() : isSpecial();
}

QString openForReading(QFile& file, const QString& path) {
    const QByteArray name = QFile::encodeName(path);
    if (name.contains('\0')) return qt_error_string(EINVAL);
    struct stat status = {};
    // To open a device can do something already, so what it is comes first. Then again of what was
    // opened: it may be another one by now, and without O_NONBLOCK a pipe would wait for a writer.
    if (::stat(name.constData(), &status) != 0) return qt_error_string();
    if (QString fault = objection(status); !fault.isEmpty()) return fault;
    const int fd = ::open(name.constData(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0) return qt_error_string();
    if (!file.open(fd, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle)) {
        ::close(fd);
        return file.errorString();
    }
    return ::fstat(fd, &status) == 0 ? objection(status) : qt_error_string();
}
#else
QString openForReading(QFile& file, const QString& path) {
    const QFileInfo info(path);
    if (info.isDir()) return isFolder();
    if (info.exists() && !info.isFile()) return isSpecial();
    file.setFileName(path);
    return file.open(QIODevice::ReadOnly) ? QString() : file.errorString();
}
#endif

} // namespace

Result<QByteArray, QString> readRegularFileStart(const QString& path, qsizetype count) {
    QFile file;
    if (QString fault = openForReading(file, path); !fault.isEmpty())
        return Failure{std::move(fault)};
    QByteArray bytes = readAtMost(file, count);
    if (file.error() != QFileDevice::NoError) return Failure{file.errorString()};
    return bytes;
}

Result<QByteArray, QString> readRegularFile(const QString& path, qsizetype limit) {
    // One byte more, so that what is too large is seen without reading all of it.
    auto bytes = readRegularFileStart(path, limit + 1);
    if (bytes && bytes->size() > limit)
        return Failure{QCoreApplication::translate("RegularFile",
                                                   "it is larger than %1; is it the right file?")
                           .arg(sizeText(limit))};
    return bytes;
}

} // namespace sallyport
