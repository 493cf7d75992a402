// SPDX-License-Identifier: MIT
#include "core/net/streamerror.h"

#include <cerrno>
#include <system_error>

namespace sallyport {

namespace {

QString textOf(int error) {
    return QString::fromStdString(std::generic_category().message(error)).toLower();
}

StreamFault faultOf(int error) {
    switch (error) {
    case ECONNREFUSED:
    case ENETUNREACH:
    case EHOSTUNREACH:
    case EADDRNOTAVAIL:
    case EACCES:
    case EPERM: return StreamFault::Refused;
    case ETIMEDOUT: return StreamFault::TimedOut;
    case ECONNRESET:
    case EPIPE:
    case ECONNABORTED: return StreamFault::Reset;
    case EMFILE:
    case ENFILE: return StreamFault::NoDescriptors;
    default: return StreamFault::Other;
    }
}

StreamFault faultOf(QAbstractSocket::SocketError error) {
    if (error == QAbstractSocket::ConnectionRefusedError ||
        error == QAbstractSocket::NetworkError || error == QAbstractSocket::SocketAccessError ||
        error == QAbstractSocket::SocketAddressNotAvailableError)
        return StreamFault::Refused;
    if (error == QAbstractSocket::HostNotFoundError) return StreamFault::ResolveFailed;
    if (error == QAbstractSocket::SocketTimeoutError) return StreamFault::TimedOut;
    if (error == QAbstractSocket::RemoteHostClosedError) return StreamFault::Reset;
    if (error == QAbstractSocket::SocketResourceError) return StreamFault::NoDescriptors;
    return StreamFault::Other;
}

} // namespace

StreamError streamErrorFromErrno(int error) { return {faultOf(error), textOf(error)}; }

StreamError streamErrorFromSocket(const QAbstractSocket& socket,
                                  QAbstractSocket::SocketError error) {
    return {faultOf(error), socket.errorString()};
}

} // namespace sallyport
