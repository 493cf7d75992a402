// SPDX-License-Identifier: MIT
#include "core/doctor/cacheck.h"

#include "core/authority/authorityrenewal.h"
#include "core/doctor/addresschecks.h"
#include "core/doctor/doctortext.h"
#include "core/doctor/reachchecks.h"

namespace sallyport {

namespace {

CheckEvidence endOf(const CaReading& ca) {
    return {DoctorText::tr("ends on %1")
                .arg(ca.notAfter.toUTC().toString(QStringLiteral("yyyy-MM-dd"))),
            ca.file, 0};
}

CheckResult untrusted(const LocalReading& local, CheckResult result) {
    result.state = CheckState::Fault;
    result.sentence = DoctorText::tr("Claude Code does not trust the local CA: its requests to "
                                     "intercepted hosts fail. NODE_EXTRA_CA_CERTS has to name %1.")
                          .arg(local.ca.file);
    const auto named = local.claude.variable("NODE_EXTRA_CA_CERTS");
    if (named) result.evidence.push_back(named->evidence());
    // A file that is named holds CAs that are needed elsewhere; it is not ours to replace.
    if (!named)
        result.fix = variableFix(local.connection, "NODE_EXTRA_CA_CERTS", local.ca.file.toUtf8());
    else
        result.sentence += u' ' + DoctorText::tr("Append its text to the file that is named now.");
    return result;
}

} // namespace

CheckResult checkLocalCa(const LocalReading& local, const QDateTime& now) {
    CheckResult result{CheckId::LocalCa, CheckState::Ok, {}};
    const CaReading& ca = local.ca;
    const bool isNeeded = local.config.config && !local.config.config->intercept.entries.empty() &&
                          hasProxyToProbe(local);
    if (ca.file.isEmpty() || !ca.problem.isEmpty()) {
        result.state = isNeeded ? CheckState::Fault : CheckState::NotChecked;
        result.sentence =
            isNeeded ? DoctorText::tr("Hosts are to be intercepted, and there is no local CA that "
                                      "can be used. Make one with `sallyport ca create`.")
                     : DoctorText::tr("No host is intercepted for Claude Code, so no local CA is "
                                      "needed.");
        if (isNeeded && !ca.problem.isEmpty()) result.evidence.push_back({ca.problem, ca.file, 0});
        return result;
    }
    result.evidence.push_back(endOf(ca));
    if (isNeeded && !ca.isTrusted) return untrusted(local, std::move(result));
    const qint64 days = now.daysTo(ca.notAfter);
    if (now >= ca.notAfter) {
        result.state = CheckState::Fault;
        result.sentence =
            DoctorText::tr("The local CA has ended. Make a new one with `sallyport ca "
                           "create` and connect again.");
    } else if (days <= kRenewalDays) {
        result.state = CheckState::Warning;
        result.sentence = DoctorText::tr("The local CA ends in %1 days. Make a new one with "
                                         "`sallyport ca create` and connect again.")
                              .arg(days);
    } else {
        result.sentence = isNeeded ? DoctorText::tr("Claude Code trusts the local CA.")
                                   : DoctorText::tr("There is a local CA, and it has not ended.");
    }
    return result;
}

} // namespace sallyport
