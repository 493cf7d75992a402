// SPDX-License-Identifier: MIT
#include "core/observe/exchangerecord.h"

namespace sallyport {

QByteArrayView wordOf(ExchangeRole role) {
    switch (role) {
    case ExchangeRole::Gateway: return "gateway";
    case ExchangeRole::Forward: return "forward";
    case ExchangeRole::Tunnel: return "tunnel";
    case ExchangeRole::Local: return "local";
    }
    return {};
}

QByteArrayView wordOf(ExchangeEnd end) {
    switch (end) {
    case ExchangeEnd::Running: return "running";
    case ExchangeEnd::Complete: return "complete";
    case ExchangeEnd::Refused: return "refused";
    case ExchangeEnd::UpstreamError: return "upstream_error";
    case ExchangeEnd::Truncated: return "truncated";
    case ExchangeEnd::Stalled: return "stalled";
    case ExchangeEnd::ClientGone: return "client_gone";
    }
    return {};
}

} // namespace sallyport
