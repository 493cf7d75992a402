// SPDX-License-Identifier: MIT
#include "resources/resources.h"

#include <QDir>

// A linker leaves out what nobody names; the macro must not stand inside a namespace.
static void nameResources() {
    Q_INIT_RESOURCE(sallyport_i18n);
    Q_INIT_RESOURCE(sallyport_icons);
    Q_INIT_RESOURCE(sallyport_data);
}

namespace sallyport {

void registerResources() { nameResources(); }

} // namespace sallyport
