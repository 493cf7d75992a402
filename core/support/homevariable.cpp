// SPDX-License-Identifier: MIT
#include "core/support/homevariable.h"

#include <QByteArray>

#ifdef Q_OS_UNIX
#include <pwd.h>
#include <unistd.h>
#endif

namespace sallyport {

void setHomeVariable() {
#ifdef Q_OS_UNIX
    if (!qEnvironmentVariableIsEmpty("HOME")) return;
    const passwd* const user = ::getpwuid(::geteuid());
    if (user && user->pw_dir && *user->pw_dir != '\0') qputenv("HOME", user->pw_dir);
#endif
}

} // namespace sallyport
