// SPDX-License-Identifier: MIT
#include "core/upstream/targetfailover.h"

#include "core/upstream/retryafter.h"

namespace sallyport {

namespace {

/// The one field by which Claude Code names its session.
constexpr QByteArrayView kSessionField = "X-Claude-Code-Session-Id";

ExchangeError errorOf(const NoTarget& none) {
    if (none.isNameUnknown)
        return {ErrorCode::MalformedRequest, Side::Downstream,
                QStringLiteral("X-Sallyport-Target names no target of the upstream; there are %1")
                    .arg(none.reason)};
    return {ErrorCode::UpstreamDown, Side::Upstream, none.reason,
            static_cast<int>(none.wait.count())};
}

} // namespace

TargetFailover::TargetFailover(std::shared_ptr<TargetGroup> group, const Clock& clock,
                               const UpstreamRequest& request)
    : m_group(std::move(group))
    , m_clock(clock)
    , m_request(request) {}

TargetQuery TargetFailover::query() const {
    TargetQuery query;
    query.tried = m_tried;
    if (m_group->size() < 2 && m_request.wantedTarget.isEmpty()) return query;
    query.wanted = m_request.wantedTarget;
    query.session = m_request.fields.first(kSessionField).value_or(QByteArrayView());
    return query;
}

std::optional<ExchangeError> TargetFailover::next() {
    if (!m_latest.isEmpty()) m_earlier += m_latest + QStringLiteral("; ");
    m_latest.clear();
    auto choice = m_group->choose(query(), now());
    if (const auto* none = std::get_if<NoTarget>(&choice)) return errorOf(*none);
    m_lease = std::get<TargetLease>(std::move(choice));
    m_tried |= quint64{1} << m_lease.target();
    return std::nullopt;
}

bool TargetFailover::hasOther() const {
    return m_group->size() > 1 && m_group->hasOther(query(), now());
}

void TargetFailover::connectFailed(const ExchangeError& error) {
    m_latest = error.detail;
    if (error.side == Side::Upstream && error.code != ErrorCode::Blocked)
        m_lease.connectFailed(now(), error.detail);
    else
        m_lease = {};
}

void TargetFailover::failed(const ExchangeError& error) {
    m_latest = error.detail;
    m_lease.failed(now(), error.detail);
}

void TargetFailover::completed() { m_lease.completed(now()); }

void TargetFailover::responded(const ResponseHead& head) {
    m_lease.responded(now(), head.status, retryAfter(head, m_clock.wallNow()));
}

void TargetFailover::amend(const QString& reason) { m_lease.amend(now(), reason); }

} // namespace sallyport
