// SPDX-License-Identifier: MIT
#include "ui/detail/silences.h"

#include <algorithm>

namespace sallyport {

namespace {

/// Adds silences as moments pass, in order of time.
class SilenceLog {
public:
    explicit SilenceLog(qint64 elapsed)
        : m_elapsed(elapsed) {}

    /// Nothing moved from the last moment to `at`, and that is so for a reason.
    void passTo(qint64 at, Silence::By by) {
        at = std::clamp(at, m_last, std::max(m_last, m_elapsed));
        if (at - m_last >= kShortestSilence) {
            const bool goesOn =
                !m_found.empty() && m_found.back().by == by && m_found.back().toMicros == m_last;
            if (goesOn)
                m_found.back().toMicros = at;
            else
                m_found.push_back({by, m_last, at});
        }
        m_last = at;
    }
    [[nodiscard]] std::vector<Silence> found() && { return std::move(m_found); }

private:
    qint64 m_elapsed;
    qint64 m_last = 0;
    std::vector<Silence> m_found;
};

} // namespace

std::vector<Silence> silencesOf(const ExchangeDetail& detail, qint64 elapsed) {
    const ExchangeTimes& times = detail.record.times;
    const qint64 end = times.ended.value_or(elapsed);
    SilenceLog log(end);
    if (times.admitted) log.passTo(*times.admitted, Silence::By::Sallyport);
    const qint64 connected = times.connected.value_or(times.requestSent ? 0 : end);
    for (const BodyPiece& piece : detail.requestBody) {
        // Up to the connection the upstream is what is waited for: the client may be held back.
        log.passTo(std::min(piece.atMicros, connected), Silence::By::Upstream);
        log.passTo(piece.atMicros, Silence::By::Client);
    }
    log.passTo(connected, Silence::By::Upstream);
    const bool hasWholeRequest =
        times.requestSent || detail.record.phase >= ExchangePhase::RequestSent;
    if (!hasWholeRequest) {
        log.passTo(end, Silence::By::Client);
        return std::move(log).found();
    }
    log.passTo(times.requestSent.value_or(0), Silence::By::Client);
    if (times.firstByte) log.passTo(*times.firstByte, Silence::By::Upstream);
    for (const BodyPiece& piece : detail.responseBody)
        log.passTo(piece.atMicros, Silence::By::Upstream);
    log.passTo(end, Silence::By::Upstream);
    return std::move(log).found();
}

qint64 lastByteMicros(const ExchangeDetail& detail) {
    qint64 last = detail.record.times.firstByte.value_or(0);
    for (const auto* body : {&detail.requestBody, &detail.responseBody})
        if (!body->isEmpty()) last = std::max(last, body->last().atMicros);
    return last;
}

} // namespace sallyport
