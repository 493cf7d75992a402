// SPDX-License-Identifier: MIT
#include "core/proxy/metricsendpoint.h"

#include "core/proxy/buildcommit.h"
#include "core/secrets/redact.h"
#include "core/support/ascii.h"
#include "core/support/processusage.h"

namespace sallyport {

namespace {

/// A member of Accept: its type, and its weight (RFC 9110 12.4.2).
struct MediaRange {
    QByteArrayView type;
    double weight = 1;
};

MediaRange mediaRangeOf(QByteArrayView member) {
    MediaRange out;
    const QList<QByteArray> parts = member.toByteArray().split(';');
    out.type = member.first(parts.front().size()).trimmed();
    for (const QByteArray& each : parts.mid(1)) {
        const QByteArray parameter = each.trimmed().toLower();
        if (!parameter.startsWith("q=")) continue;
        bool isNumber = false;
        const double weight = parameter.sliced(2).toDouble(&isNumber);
        out.weight = isNumber ? weight : 0;
    }
    return out;
}

/// The greatest weight of that type; 0: not asked for.
double weightOf(const QByteArray& accept, QByteArrayView type) {
    double weight = 0;
    for (const QByteArrayView member : listMembers(accept))
        if (const MediaRange range = mediaRangeOf(member);
            ascii::equalsIgnoreCase(range.type, type))
            weight = qMax(weight, range.weight);
    return weight;
}

bool isUp(TargetCondition condition) {
    switch (condition) {
    case TargetCondition::Up:
    case TargetCondition::Cooling:
    case TargetCondition::HalfOpen: return true;
    case TargetCondition::Unreachable:
    case TargetCondition::BreakerOpen:
    case TargetCondition::Down: return false;
    }
    Q_UNREACHABLE();
}

template <typename Take>
void eachTarget(const RuleSet& rules, Monotonic now, Take take) {
    for (const auto& [name, group] : rules.upstreams) {
        if (!group.targets) continue;
        for (const TargetStatus& each : group.targets->statuses(now))
            take(name.toUtf8(), each.name.toUtf8(), each);
    }
}

void writeTargets(MetricsWriter& out, const ProxyContext& context) {
    const RuleSet& rules = *context.rules;
    const Monotonic now = context.deadlines.clock().now();
    out.gauge("sallyport_upstream_up", "Whether the target is asked: not out by probes, its "
                                       "breaker not open, the latest connection not refused.");
    eachTarget(rules, now, [&](const auto& upstream, const auto& target, const auto& status) {
        out.sample({{"upstream", upstream}, {"target", target}}, isUp(status.condition) ? 1 : 0);
    });
    out.gauge("sallyport_breaker_open", "Whether the breaker of the target is open.");
    eachTarget(rules, now, [&](const auto& upstream, const auto& target, const auto& status) {
        out.sample({{"upstream", upstream}, {"target", target}},
                   status.condition == TargetCondition::BreakerOpen ? 1 : 0);
    });
    out.gauge("sallyport_upstream_active", "Exchanges under way at the target.");
    eachTarget(rules, now, [&](const auto& upstream, const auto& target, const auto& status) {
        out.sample({{"upstream", upstream}, {"target", target}}, status.active);
    });
    out.gauge("sallyport_upstream_problem",
              "Why the target is not up, in words; 1 while it holds.");
    eachTarget(rules, now, [&](const auto& upstream, const auto& target, const auto& status) {
        if (status.condition == TargetCondition::Up) return;
        const QByteArray reason =
            redactedMessage(status.reason, context.log.knownSecrets()).toUtf8();
        out.sample({{"upstream", upstream},
                    {"target", target},
                    {"state", wordOf(status.condition)},
                    {"reason", reason}},
                   1);
    });
}

void writeProcess(MetricsWriter& out) {
    const ProcessUsage usage = processUsage();
    if (usage.cpuSeconds) {
        out.counter("process_cpu_seconds", "CPU time of the process, user and system.");
        out.sample({}, *usage.cpuSeconds);
    }
    if (usage.residentBytes) {
        out.gauge("process_resident_memory_bytes", "Resident memory of the process.");
        out.sample({}, static_cast<double>(*usage.residentBytes));
    }
    if (usage.openDescriptors) {
        out.gauge("process_open_fds", "File descriptors that are open.");
        out.sample({}, *usage.openDescriptors);
    }
    out.gauge("sallyport_build_info", "Version and commit of the executable; always 1.");
    out.sample({{"version", SALLYPORT_VERSION}, {"commit", buildCommit()}}, 1);
}

} // namespace

MetricsFormat metricsFormatFor(const FieldList& requestFields) {
    const QByteArray accept = requestFields.combined("Accept");
    const double open = weightOf(accept, "application/openmetrics-text");
    return open > 0 && open >= weightOf(accept, "text/plain") ? MetricsFormat::OpenMetrics
                                                              : MetricsFormat::Prometheus;
}

LocalResponse metricsResponse(const FieldList& requestFields, const ProxyContext& context) {
    const MetricsFormat format = metricsFormatFor(requestFields);
    MetricsWriter out(format);
    context.log.metrics().write(out);
    out.gauge("sallyport_inflight_requests", "Exchanges under way.");
    out.sample({}, static_cast<double>(context.log.running()));
    writeTargets(out, context);
    writeProcess(out);
    const QByteArray type = format == MetricsFormat::OpenMetrics
                                ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                                : "text/plain; version=0.0.4; charset=utf-8";
    return {200,
            {{"Content-Type", type}, {"Cache-Control", "no-store"}, {"Vary", "Accept"}},
            out.finish()};
}

} // namespace sallyport
