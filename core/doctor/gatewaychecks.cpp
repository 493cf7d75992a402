// SPDX-License-Identifier: MIT
#include "core/doctor/gatewaychecks.h"

#include "core/doctor/doctortext.h"

#include <algorithm>

namespace sallyport {

namespace {

using State = GatewayStep::State;
using Readings = std::vector<GatewayReading>;

struct StepCheck {
    CheckId id;
    GatewayStep GatewayReading::*step;
    const char* passed;
    const char* notNeeded; ///< where no gateway has that step
};

const StepCheck kSteps[]{
    {CheckId::GatewayDns, &GatewayReading::dns,
     QT_TRANSLATE_NOOP("Doctor", "The names of the gateways are known."),
     QT_TRANSLATE_NOOP("Doctor", "No name has to be looked up here for a gateway.")},
    {CheckId::GatewayTcp, &GatewayReading::tcp,
     QT_TRANSLATE_NOOP("Doctor", "The gateways take connections."), nullptr},
    {CheckId::GatewayTls, &GatewayReading::tls,
     QT_TRANSLATE_NOOP("Doctor", "The gateways' certificates are trusted."),
     QT_TRANSLATE_NOOP("Doctor", "No gateway is reached by TLS: plain http can be read on the "
                                 "way.")},
    {CheckId::GatewayHttp, &GatewayReading::http,
     QT_TRANSLATE_NOOP("Doctor", "The gateways answer and refuse no credential."), nullptr},
    {CheckId::GatewayModels, &GatewayReading::models,
     QT_TRANSLATE_NOOP("Doctor", "The gateways' models were asked for."), nullptr},
};

bool isDone(const GatewayStep& step) {
    return step.state == State::Passed || step.state == State::NotNeeded;
}

/// Whether another target of the same upstream passes the step.
bool hasOther(const Readings& readings, const GatewayReading& one, const StepCheck& check) {
    return std::any_of(readings.begin(), readings.end(), [&](const GatewayReading& other) {
        return &other != &one && other.upstream == one.upstream && isDone(other.*check.step);
    });
}

CheckResult checkStep(const Readings& readings, const StepCheck& check) {
    CheckResult result{check.id, CheckState::NotChecked, {}};
    if (readings.empty()) {
        result.sentence = DoctorText::tr("No route leads to a gateway: the sandbox answers.");
        return result;
    }
    QString failure;
    bool hasPassed = !check.notNeeded;
    for (const GatewayReading& reading : readings) {
        const GatewayStep& step = reading.*check.step;
        if (!step.text.isEmpty())
            result.evidence.push_back({reading.upstream + QStringLiteral(" · ") + reading.url +
                                           QLatin1String(": ") + step.text,
                                       {},
                                       0});
        hasPassed = hasPassed || step.state == State::Passed;
        if (isDone(step) && result.state == CheckState::NotChecked) result.state = CheckState::Ok;
        if (step.state != State::Failed) continue;
        if (failure.isEmpty()) failure = step.text;
        if (!hasOther(readings, reading, check))
            result.state = CheckState::Fault;
        else if (result.state != CheckState::Fault)
            result.state = CheckState::Warning;
    }
    if (!failure.isEmpty())
        result.sentence = failure;
    else if (result.state == CheckState::Ok)
        result.sentence = DoctorText::tr(hasPassed ? check.passed : check.notNeeded);
    else
        result.sentence = DoctorText::tr("Not reached: a step before it failed.");
    return result;
}

} // namespace

std::vector<CheckResult> checkGateway(const Readings& readings) {
    std::vector<CheckResult> results;
    for (const StepCheck& step : kSteps)
        results.push_back(checkStep(readings, step));
    return results;
}

} // namespace sallyport
