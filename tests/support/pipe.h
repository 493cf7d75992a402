// SPDX-License-Identifier: MIT
#pragma once

#include <QFile>
#include <QString>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

namespace sallyport::test {

/// A named pipe that nobody writes to: who opens it in the usual way waits for ever. False where
/// there is none to be had.
inline bool makePipe(const QString& path) {
#ifdef Q_OS_UNIX
    return ::mkfifo(QFile::encodeName(path).constData(), S_IRUSR | S_IWUSR) == 0;
#else
    Q_UNUSED(path)
    return false;
#endif
}

} // namespace sallyport::test
