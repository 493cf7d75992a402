// SPDX-License-Identifier: MIT
#include "tests/layering/sourcetree.h"

#include "tests/layering/rules.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

namespace sallyport::layering {

QStringList filesBelow(const char* top, const QStringList& patterns) {
    const QDir root(QStringLiteral(SALLYPORT_SOURCE_DIR));
    QStringList list;
    QDirIterator files(root.filePath(QLatin1String(top)), patterns, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext())
        list << root.relativeFilePath(files.next());
    return list;
}

const Tree& wholeTree() {
    static const Tree whole = [] {
        Tree files;
        for (const char* top : {"core", "ui", "app", "tests"}) {
            const QStringList paths =
                filesBelow(top, {QStringLiteral("*.h"), QStringLiteral("*.cpp")});
            for (const QString& path : paths) {
                QFile file(QDir(QStringLiteral(SALLYPORT_SOURCE_DIR)).filePath(path));
                if (file.open(QIODevice::ReadOnly))
                    files.insert(path, withoutComments(file.readAll()));
            }
        }
        return files;
    }();
    return whole;
}

} // namespace sallyport::layering
