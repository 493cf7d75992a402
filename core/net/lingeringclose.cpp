// SPDX-License-Identifier: MIT
#include "core/net/lingeringclose.h"

namespace sallyport {

ClosingActions LingeringClose::finish(bool isPending) {
    if (m_phase != Phase::Open) return {};
    m_phase = Phase::Finishing;
    return next(isPending);
}

ClosingActions LingeringClose::linger(bool isPending) {
    if (m_phase == Phase::Closed || m_isLingering) return {};
    m_isLingering = true;
    if (m_phase == Phase::Open) m_phase = Phase::Finishing;
    ClosingActions actions = next(isPending);
    if (!actions.closes) actions.timer = isPending ? kStallTimeout : kLingerTimeout;
    return actions;
}

ClosingActions LingeringClose::wrote(bool isPending) {
    ClosingActions actions = next(isPending);
    const bool isTimed = m_isLingering && m_phase != Phase::Closed;
    if (isTimed) actions.timer = isPending ? kStallTimeout : kLingerTimeout;
    return actions;
}

ClosingActions LingeringClose::peerFinished() {
    m_hasPeerFinished = true;
    const bool isDone = m_isLingering && m_phase == Phase::Finished;
    return isDone ? close() : ClosingActions();
}

ClosingActions LingeringClose::failed() {
    const bool isDone = m_isLingering && m_phase != Phase::Closed;
    return isDone ? close() : ClosingActions();
}

ClosingActions LingeringClose::timerExpired() {
    return m_phase == Phase::Closed ? ClosingActions() : close();
}

ClosingActions LingeringClose::next(bool isPending) {
    ClosingActions actions;
    if (m_phase == Phase::Finishing && !isPending) {
        m_phase = Phase::Finished;
        actions.sendsEnd = true;
        if (m_isLingering && m_hasPeerFinished) actions.closes = close().closes;
    } else if (m_phase == Phase::Finished && m_isLingering && m_hasPeerFinished) {
        return close();
    }
    return actions;
}

ClosingActions LingeringClose::close() {
    m_phase = Phase::Closed;
    ClosingActions actions;
    actions.closes = true;
    return actions;
}

} // namespace sallyport
