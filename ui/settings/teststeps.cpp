// SPDX-License-Identifier: MIT
#include "ui/settings/teststeps.h"

#include <QCoreApplication>
#include <QStringList>

namespace sallyport {

namespace {

constexpr qsizetype kShownModels = 6;

QString text(const char* source) { return QCoreApplication::translate("TestSteps", source); }

QString modelsText(const UpstreamTestResult& result) {
    if (result.models.isEmpty())
        return text(QT_TRANSLATE_NOOP("TestSteps", "Models: it has no list of them"));
    QString names =
        result.models.first(std::min(kShownModels, result.models.size())).join(QLatin1String(", "));
    if (result.models.size() > kShownModels) names += QStringLiteral(" …");
    return text(QT_TRANSLATE_NOOP("TestSteps", "Models: %1")).arg(names);
}

QString stepText(UpstreamTestStep step, const UpstreamTestResult& result) {
    switch (step) {
    case UpstreamTestStep::Name:
        return text(QT_TRANSLATE_NOOP("TestSteps", "DNS: the name has an address"));
    case UpstreamTestStep::Connection:
        return text(QT_TRANSLATE_NOOP("TestSteps", "TCP: connected"));
    case UpstreamTestStep::Tls: return text(QT_TRANSLATE_NOOP("TestSteps", "TLS: trusted"));
    case UpstreamTestStep::Http:
        return text(QT_TRANSLATE_NOOP("TestSteps",
                                      "HTTP: status %1, in the form of the Messages API"))
            .arg(result.status);
    case UpstreamTestStep::Done: return modelsText(result);
    }
    Q_UNREACHABLE();
}

QString stepName(UpstreamTestStep step) {
    switch (step) {
    case UpstreamTestStep::Name: return QStringLiteral("DNS");
    case UpstreamTestStep::Connection: return QStringLiteral("TCP");
    case UpstreamTestStep::Tls: return QStringLiteral("TLS");
    case UpstreamTestStep::Http: return QStringLiteral("HTTP");
    case UpstreamTestStep::Done: return text(QT_TRANSLATE_NOOP("TestSteps", "Models"));
    }
    Q_UNREACHABLE();
}

} // namespace

QString testStepsText(const UpstreamTestResult& result) {
    if (result.verdict == UpstreamTestVerdict::BadUrl) return QStringLiteral("! ") + result.detail;
    QStringList lines;
    for (const UpstreamTestStep step :
         {UpstreamTestStep::Name, UpstreamTestStep::Connection, UpstreamTestStep::Tls,
          UpstreamTestStep::Http, UpstreamTestStep::Done}) {
        if (step == UpstreamTestStep::Tls && !result.isTls) continue;
        if (step < result.reached || result.verdict == UpstreamTestVerdict::Works)
            lines << QStringLiteral("✓ ") + stepText(step, result);
        else if (step == result.reached)
            lines << QStringLiteral("! ") + stepName(step) + QStringLiteral(": ") + result.detail;
        else
            lines << QStringLiteral("· ") + stepName(step);
    }
    return lines.join(u'\n');
}

} // namespace sallyport
