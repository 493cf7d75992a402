// SPDX-License-Identifier: MIT
#include "core/doctor/gatewaychecks.h"

#include "core/doctor/doctortext.h"

#include <algorithm>
#include <cstdlib>

namespace sallyport {

namespace {

using State = GatewayStep::State;
using Readings = std::vector<GatewayReading>;

struct StepCheck {
    CheckId id;
    GatewayStep GatewayReading::*step;
    const char* passed;
};

const StepCheck kSteps[]{
    {CheckId::GatewayDns, &GatewayReading::dns,
     QT_TRANSLATE_NOOP("Doctor", "The names of the gateways are known.")},
    {CheckId::GatewayTcp, &GatewayReading::tcp,
     QT_TRANSLATE_NOOP("Doctor", "The gateways take connections.")},
    {CheckId::GatewayTls, &GatewayReading::tls,
     QT_TRANSLATE_NOOP("Doctor", "The gateways' certificates are trusted.")},
    {CheckId::GatewayHttp, &GatewayReading::http,
     QT_TRANSLATE_NOOP("Doctor", "The gateways answer and take the credential.")},
    {CheckId::GatewayModels, &GatewayReading::models,
     QT_TRANSLATE_NOOP("Doctor", "The gateways' models were asked for.")},
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
    for (const GatewayReading& reading : readings) {
        const GatewayStep& step = reading.*check.step;
        if (!step.text.isEmpty())
            result.evidence.push_back({reading.upstream + QStringLiteral(" · ") + reading.url +
                                           QLatin1String(": ") + step.text,
                                       {},
                                       0});
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
        result.sentence = DoctorText::tr(check.passed);
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

CheckResult checkClockSkew(const Readings& readings) {
    constexpr qint64 kWarnSeconds = 60;
    constexpr qint64 kFaultSeconds = 300;
    CheckResult result{CheckId::ClockSkew, CheckState::NotChecked,
                       DoctorText::tr("No gateway has answered with its time.")};
    for (const GatewayReading& reading : readings) {
        if (!reading.theirTime) continue;
        const qint64 skew = reading.ourTime.secsTo(*reading.theirTime);
        result.evidence.push_back({DoctorText::tr("%1 is at %2, this computer at %3")
                                       .arg(reading.url, reading.theirTime->toString(Qt::ISODate),
                                            reading.ourTime.toString(Qt::ISODate)),
                                   {},
                                   0});
        if (std::abs(skew) < kWarnSeconds) {
            // One clock that agrees is enough: the other gateway's is wrong.
            result.state = CheckState::Ok;
            result.sentence = DoctorText::tr("The clock of this computer agrees with a gateway's.");
            return result;
        }
        result.state = std::abs(skew) < kFaultSeconds ? CheckState::Warning : CheckState::Fault;
        result.sentence =
            DoctorText::tr("The clock of this computer is %1 seconds off: certificates and tokens "
                           "may be refused. Let the system set its time by NTP.")
                .arg(std::abs(skew));
    }
    return result;
}

} // namespace sallyport
