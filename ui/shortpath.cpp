// SPDX-License-Identifier: MIT
#include "ui/shortpath.h"

#include <QDir>

namespace sallyport {

QString shortPath(const QString& path) {
    const QString home = QDir::homePath() + u'/';
    return path.startsWith(home) ? QLatin1String("~/") + path.mid(home.size()) : path;
}

} // namespace sallyport
