// SPDX-License-Identifier: MIT
#include "app/cli/doctor.h"

#include "app/cli/console.h"
#include "core/doctor/doctorfix.h"
#include "core/doctor/doctorreport.h"
#include "core/doctor/doctorrun.h"
#include "core/doctor/supportfacts.h"
#include "core/history/historyexport.h"
#include "core/history/historyfile.h"
#include "core/history/historyreader.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport::cli {

namespace {

std::vector<CheckResult> resultsOf(const DoctorOptions& options) {
    std::vector<CheckResult> results;
    DoctorRun run;
    QObject::connect(&run, &DoctorRun::checked, &run,
                     [&results](const CheckResult& result) { results.push_back(result); });
    QObject::connect(&run, &DoctorRun::finished, qApp, &QCoreApplication::quit);
    run.start(options);
    QCoreApplication::exec();
    return inOrder(std::move(results));
}

void print(const Invocation& invocation, const std::vector<CheckResult>& results) {
    if (invocation.isJson)
        printOutput(reportJson(results));
    else
        printOutput(reportText(results));
}

bool hasFinding(const std::vector<CheckResult>& results) {
    return std::any_of(results.begin(), results.end(),
                       [](const CheckResult& result) { return result.isFinding(); });
}

const CheckResult* resultFor(const std::vector<CheckResult>& results, CheckId id) {
    const auto found = std::find_if(results.begin(), results.end(),
                                    [id](const CheckResult& result) { return result.id == id; });
    return found == results.end() ? nullptr : &*found;
}

/// Applies the fix of one check. False, with the reason printed, when there is none or it failed.
bool fix(const DoctorOptions& options, const CheckResult& result) {
    if (!result.fix) {
        printError(checkName(result.id) + QLatin1String(": ") + result.sentence +
                   QLatin1String(" There is no fix that could be applied from here."));
        return false;
    }
    const auto done = applyFix(*result.fix, options);
    if (!done) {
        printError(done.error().message);
        return false;
    }
    printErrorAsIs(*done);
    return true;
}

/// False, with the reason printed, when it could not be written.
bool writeBundle(const Invocation& invocation, const std::vector<CheckResult>& results) {
    constexpr int kLast = 20;
    ExportRequest request;
    request.path = invocation.bundle;
    request.about = supportFacts(invocation.configDir, results);
    const QString path = historyPath(invocation.stateDir);
    if (const auto reader = HistoryReader::open(path))
        if (const auto latest = reader->latest({}, kLast))
            request.kept = QVector<ExchangeRecord>(latest->rbegin(), latest->rend());
    const ExportOutcome outcome = exportExchanges(path, request);
    if (outcome.problem.isEmpty()) return true;
    printError(outcome.problem);
    return false;
}

} // namespace

int runDoctor(const Invocation& invocation) {
    const DoctorOptions options =
        DoctorOptions::forProcess(invocation.configDir, invocation.stateDir);
    std::vector<CheckResult> results = resultsOf(options);
    if (!invocation.bundle.isEmpty() && !writeBundle(invocation, results)) return kExitNo;
    if (!invocation.fix) {
        print(invocation, results);
        return hasFinding(results) ? kExitNo : kExitDone;
    }
    const CheckResult* wanted = resultFor(results, *invocation.fix);
    if (wanted && wanted->isFinding()) {
        if (!fix(options, *wanted)) return kExitNo;
        results = resultsOf(options);
        wanted = resultFor(results, *invocation.fix);
    }
    print(invocation, wanted ? std::vector{*wanted} : results);
    return wanted && !wanted->isFinding() ? kExitDone : kExitNo;
}

} // namespace sallyport::cli
