// SPDX-License-Identifier: MIT
#include "core/config/filerewrite.h"

#include "core/config/yamltree.h"
#include "core/support/atomicfile.h"
#include "core/support/regularfile.h"

#include <QCoreApplication>

namespace sallyport {

Result<Done, QString> rewriteFile(const QString& path, const TextEdit& edit) {
    // More than this is refused whatever it is.
    const auto bytes = readRegularFileStart(path, yaml::kMaxFileBytes + 1);
    if (!bytes)
        return Failure{QCoreApplication::translate("Config", "%1 cannot be read: %2")
                           .arg(path, bytes.error())};
    const auto edited = edit(*bytes, path);
    if (!edited) return Failure{edited.error().toString()};
    return writeFileAtomically(path, *edited);
}

} // namespace sallyport
