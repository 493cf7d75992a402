// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <functional>

/// The desktop's keychain. Each call returns at once; `done` is called from the event loop, unless
/// `context` is gone by then. The error is a clause with the way out: the keychain is locked, there
/// is none, its user refused, or there is no such entry.
namespace sallyport::keychain {

void read(const QString& name, QObject& context,
          std::function<void(Result<QByteArray, QString>)> done);
void write(const QString& name, const QByteArray& secret, QObject& context,
           std::function<void(Result<Done, QString>)> done);
void remove(const QString& name, QObject& context, std::function<void(Result<Done, QString>)> done);

} // namespace sallyport::keychain
