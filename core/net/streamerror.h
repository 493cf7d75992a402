// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/bytestream.h"

#include <QAbstractSocket>

namespace sallyport {

/// What an errno of connect(), recv() or send() means for a stream.
[[nodiscard]] StreamError streamErrorFromErrno(int error);
/// The same for what Qt's sockets report.
[[nodiscard]] StreamError streamErrorFromSocket(const QAbstractSocket& socket,
                                                QAbstractSocket::SocketError error);

} // namespace sallyport
