// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace sallyport::cli {

/// Writes text to standard output as UTF-8 and flushes.
void printOutput(const QString& text);
void printOutput(const QByteArray& text);
/// Writes a line to standard error, after `sallyport: `.
void printError(const QString& text);
/// Writes a line to standard error as it is.
void printErrorAsIs(const QString& text);

} // namespace sallyport::cli
