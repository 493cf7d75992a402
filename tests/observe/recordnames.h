// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <QTest>

namespace sallyport {

[[nodiscard]] inline const char* nameOf(ExchangePhase phase) {
    switch (phase) {
    case ExchangePhase::Accepted: return "Accepted";
    case ExchangePhase::HeadReceived: return "HeadReceived";
    case ExchangePhase::Routed: return "Routed";
    case ExchangePhase::UpstreamChosen: return "UpstreamChosen";
    case ExchangePhase::RequestSent: return "RequestSent";
    case ExchangePhase::ResponseHead: return "ResponseHead";
    case ExchangePhase::Streaming: return "Streaming";
    case ExchangePhase::Ended: return "Ended";
    }
    Q_UNREACHABLE();
}

[[nodiscard]] inline const char* nameOf(ExchangeEnd end) {
    switch (end) {
    case ExchangeEnd::Running: return "Running";
    case ExchangeEnd::Complete: return "Complete";
    case ExchangeEnd::Refused: return "Refused";
    case ExchangeEnd::UpstreamError: return "UpstreamError";
    case ExchangeEnd::Truncated: return "Truncated";
    case ExchangeEnd::Stalled: return "Stalled";
    case ExchangeEnd::ClientGone: return "ClientGone";
    }
    Q_UNREACHABLE();
}

/// What QCOMPARE prints.
inline char* toString(ExchangePhase phase) { return qstrdup(nameOf(phase)); }
inline char* toString(ExchangeEnd end) { return qstrdup(nameOf(end)); }

} // namespace sallyport
