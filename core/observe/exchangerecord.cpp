// SPDX-License-Identifier: MIT
#include "core/observe/exchangerecord.h"

namespace sallyport {

QByteArrayView wordOf(RequestRole role) {
    switch (role) {
    case RequestRole::Gateway: return "gateway";
    case RequestRole::Forward: return "forward";
    case RequestRole::Tunnel: return "tunnel";
    case RequestRole::Local: return "local";
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

QByteArrayView wordOf(WebSocketEnd end) {
    switch (end) {
    case WebSocketEnd::Open: return "open";
    case WebSocketEnd::Closed: return "closed";
    case WebSocketEnd::ClientLeft: return "client_left";
    case WebSocketEnd::ClientReset: return "client_reset";
    case WebSocketEnd::UpstreamLeft: return "upstream_left";
    case WebSocketEnd::UpstreamReset: return "upstream_reset";
    case WebSocketEnd::TimedOut: return "timed_out";
    case WebSocketEnd::CutHere: return "cut_here";
    case WebSocketEnd::Unread: return "unread";
    }
    return {};
}

} // namespace sallyport
