// SPDX-License-Identifier: MIT
#include "core/upstream/upstreamerror.h"

namespace sallyport {

namespace {

ErrorCode codeOf(StreamFault fault) {
    switch (fault) {
    case StreamFault::ResolveFailed: return ErrorCode::UpstreamResolve;
    case StreamFault::Denied: return ErrorCode::Blocked;
    case StreamFault::TimedOut: return ErrorCode::UpstreamConnectTimeout;
    case StreamFault::TlsFailed:
    case StreamFault::TlsUntrusted: return ErrorCode::UpstreamTls;
    case StreamFault::NoDescriptors: return ErrorCode::Internal;
    case StreamFault::ProxyLogin: return ErrorCode::ProxyLogin;
    case StreamFault::ProxyRefused: return ErrorCode::ProxyRefused;
    case StreamFault::ProxyLoop: return ErrorCode::Loop;
    case StreamFault::Refused:
    case StreamFault::Reset:
    case StreamFault::Other: return ErrorCode::UpstreamRefused;
    }
    return ErrorCode::Internal;
}

} // namespace

ExchangeError connectFailure(const StreamError& error) {
    const ErrorCode code = codeOf(error.fault);
    const Side side = code == ErrorCode::Internal ? Side::Internal : Side::Upstream;
    return {code, side, error.detail};
}

ExchangeError upstreamError(ErrorCode code, const QString& detail) {
    return {code, Side::Upstream, detail};
}

} // namespace sallyport
