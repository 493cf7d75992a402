// SPDX-License-Identifier: MIT
#include "core/doctor/doctorreport.h"

#include "core/doctor/doctortext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace sallyport {

namespace {

QString glyph(CheckState state) {
    switch (state) {
    case CheckState::Ok: return QStringLiteral("✓");
    case CheckState::Warning: return QStringLiteral("!");
    case CheckState::Fault: return QStringLiteral("✕");
    case CheckState::NotChecked: return QStringLiteral("–");
    }
    Q_UNREACHABLE();
}

QJsonObject objectOf(const CheckResult& result) {
    QJsonArray evidence;
    for (const CheckEvidence& one : result.evidence) {
        QJsonObject object{{QStringLiteral("text"), one.text}};
        if (!one.file.isEmpty()) object[QLatin1String("file")] = one.file;
        if (one.line > 0) object[QLatin1String("line")] = one.line;
        evidence << object;
    }
    QJsonObject object{{QStringLiteral("id"), checkName(result.id)},
                       {QStringLiteral("state"), stateWord(result.state)},
                       {QStringLiteral("title"), checkTitle(result.id)},
                       {QStringLiteral("sentence"), result.sentence},
                       {QStringLiteral("evidence"), evidence}};
    if (result.fix) object[QLatin1String("fix")] = result.fix->summary;
    return object;
}

} // namespace

QString stateWord(CheckState state) {
    switch (state) {
    case CheckState::Ok: return QStringLiteral("ok");
    case CheckState::Warning: return QStringLiteral("warning");
    case CheckState::Fault: return QStringLiteral("fault");
    case CheckState::NotChecked: return QStringLiteral("not_checked");
    }
    Q_UNREACHABLE();
}

std::vector<CheckResult> inOrder(std::vector<CheckResult> results) {
    std::stable_sort(results.begin(), results.end(),
                     [](const CheckResult& a, const CheckResult& b) { return a.id < b.id; });
    return results;
}

QString reportText(const std::vector<CheckResult>& results) {
    QString text;
    for (const CheckResult& result : results) {
        text += glyph(result.state) + u' ' + checkName(result.id) + QLatin1String(": ") +
                result.sentence + u'\n';
        const bool isListed = result.isFinding() || result.id == CheckId::Variables;
        for (const CheckEvidence& one : result.evidence)
            if (isListed) text += QLatin1String("    ") + one.toString() + u'\n';
        if (result.fix)
            text += QLatin1String("    ") +
                    DoctorText::tr("fix: sallyport doctor --fix %1 (%2)")
                        .arg(checkName(result.id), result.fix->summary) +
                    u'\n';
    }
    return text;
}

QByteArray reportJson(const std::vector<CheckResult>& results) {
    QJsonArray checks;
    for (const CheckResult& result : results)
        checks << objectOf(result);
    const auto findings = std::count_if(results.begin(), results.end(),
                                        [](const auto& result) { return result.isFinding(); });
    return QJsonDocument(QJsonObject{{QStringLiteral("findings"), static_cast<int>(findings)},
                                     {QStringLiteral("checks"), checks}})
        .toJson();
}

} // namespace sallyport
