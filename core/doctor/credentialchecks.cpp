// SPDX-License-Identifier: MIT
#include "core/doctor/credentialchecks.h"

#include "core/doctor/addresschecks.h"
#include "core/doctor/doctortext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace sallyport {

namespace {

/// `customApiKeyResponses` with the key approved.
QByteArray approvedResponses(const ClaudeSettings& claude, const QByteArray& apiKey) {
    const auto before = claude.remembered("customApiKeyResponses");
    QJsonObject responses = before ? QJsonDocument::fromJson(before->json).object() : QJsonObject();
    const QString form = QString::fromUtf8(approvedFormOf(apiKey));
    QJsonArray approved = responses[QLatin1String("approved")].toArray();
    approved.append(form);
    QJsonArray rejected;
    const QJsonArray rejectedBefore = responses[QLatin1String("rejected")].toArray();
    for (const QJsonValue one : rejectedBefore) {
        if (one.toString() != form) rejected.append(one);
    }
    responses[QLatin1String("approved")] = approved;
    responses[QLatin1String("rejected")] = rejected;
    return QJsonDocument(responses).toJson(QJsonDocument::Compact);
}

CheckFix approveFix(const LocalReading& local, const QByteArray& apiKey) {
    return {
        CheckFix::Kind::SetClientState,
        DoctorText::tr("Approves this API key in %1").arg(local.claude.sources().remembered.file),
        {{"customApiKeyResponses", false, approvedResponses(local.claude, apiKey), true}}};
}

/// Whether keys can be set in `.claude.json`.
bool isEditable(const SettingsText& remembered) {
    if (!remembered.problem.isEmpty()) return false;
    if (!remembered.text) return true;
    return viewOf(*remembered.text, {}).isOk() && !strictFaultOf(*remembered.text);
}

} // namespace

CheckResult checkLocalToken(const LocalReading& local) {
    CheckResult result{CheckId::LocalToken, CheckState::NotChecked, {}};
    const auto base = local.claude.variable("ANTHROPIC_BASE_URL");
    if (!base || !leadsTo(QString::fromUtf8(base->value), local.listener.running)) {
        result.sentence =
            DoctorText::tr("Claude Code does not use Sallyport as its gateway, so no token is "
                           "shown.");
        return result;
    }
    const QByteArray wanted = local.connection.environment.token.toUtf8();
    const auto token = local.claude.variable("ANTHROPIC_AUTH_TOKEN");
    const auto key = local.claude.variable("ANTHROPIC_API_KEY");
    if (token) result.evidence.push_back(token->evidence());
    const bool isShown =
        (token && token->value == wanted) || (key && key->value == wanted) || wanted.isEmpty();
    result.state = isShown ? CheckState::Ok : CheckState::Fault;
    if (wanted.isEmpty())
        result.sentence = DoctorText::tr("Sallyport asks for no token (access.token: none).");
    else if (isShown)
        result.sentence = DoctorText::tr("Claude Code shows the token that Sallyport asks for.");
    else
        result.sentence = DoctorText::tr("Claude Code shows another token than the one that "
                                         "Sallyport asks for: its requests get 401.");
    if (!isShown && (!token || token->isBelowUser())) result.fix = connectFix(local.connection);
    return result;
}

CheckResult checkTwoCredentials(const LocalReading& local) {
    CheckResult result{CheckId::TwoCredentials, CheckState::Ok, {}};
    const auto token = local.claude.variable("ANTHROPIC_AUTH_TOKEN");
    const auto key = local.claude.variable("ANTHROPIC_API_KEY");
    const auto keyHelper = local.claude.setting("apiKeyHelper");
    for (const auto& value : {token, key, keyHelper})
        if (value) result.evidence.push_back(value->evidence());
    const bool hasHelper = keyHelper && !keyHelper->value.isEmpty();
    if (!token || (!key && !hasHelper)) {
        result.sentence = result.evidence.empty()
                              ? DoctorText::tr("No credential is set for Claude Code.")
                              : DoctorText::tr("One credential is set for Claude Code.");
        return result;
    }
    result.state = CheckState::Warning;
    result.sentence = DoctorText::tr(
        "Claude Code has a token and an API key, and sends both. Sallyport strips both; elsewhere "
        "the one that is meant may not be the one that counts. Keep one of them.");
    const bool isOurToken =
        isConnected(local) && token->value == local.connection.environment.token.toUtf8();
    if (key && key->isBelowUser() && isOurToken)
        result.fix = variableFix(local.connection, key->name, {});
    return result;
}

CheckResult checkApiKeyApproved(const LocalReading& local) {
    CheckResult result{CheckId::ApiKeyApproved, CheckState::Ok,
                       DoctorText::tr("No ANTHROPIC_API_KEY is used.")};
    const auto key = local.claude.variable("ANTHROPIC_API_KEY");
    if (!key) return result;
    result.evidence.push_back(key->evidence());
    const SettingsText& remembered = local.claude.sources().remembered;
    result.evidence.push_back(
        {QStringLiteral("customApiKeyResponses.approved"), remembered.file, 0});
    if (local.claude.isApproved(key->value)) {
        result.sentence = DoctorText::tr("ANTHROPIC_API_KEY is approved.");
        return result;
    }
    result.state = CheckState::Warning;
    result.sentence = DoctorText::tr(
        "ANTHROPIC_API_KEY is not approved: Claude Code asks about it at its start, with No as the "
        "answer that Enter gives, and does not use it before that.");
    if (isEditable(remembered)) result.fix = approveFix(local, key->value);
    return result;
}

} // namespace sallyport
