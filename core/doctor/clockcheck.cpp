// SPDX-License-Identifier: MIT
#include "core/doctor/clockcheck.h"

#include "core/doctor/doctortext.h"

#include <cstdlib>

namespace sallyport {

CheckResult checkClockSkew(const std::vector<GatewayReading>& readings) {
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
