// SPDX-License-Identifier: MIT
#include "app/cli/console.h"

#include <cstdio>

namespace sallyport::cli {

void say(const QByteArray& text) {
    std::fwrite(text.constData(), 1, static_cast<std::size_t>(text.size()), stdout);
    std::fflush(stdout);
}

void say(const QString& text) { say(text.toUtf8()); }

void complain(const QString& text) { complainPlainly(QLatin1String("sallyport: ") + text); }

void complainPlainly(const QString& text) {
    const QByteArray line = QString(text + u'\n').toUtf8();
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
}

} // namespace sallyport::cli
