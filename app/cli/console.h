// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace sallyport::cli {

/// Text to standard output as UTF-8, and out of the buffer.
void say(const QString& text);
void say(const QByteArray& text);
/// A line to standard error, with the program's name before it.
void complain(const QString& text);
/// A line to standard error as it is.
void complainPlainly(const QString& text);

} // namespace sallyport::cli
