// SPDX-License-Identifier: MIT
#include "core/doctor/settingschecks.h"

#include "core/doctor/doctortext.h"

#include <array>

namespace sallyport {

namespace {

/// What matters to where requests go and with which credential.
constexpr std::array kVariables{"ANTHROPIC_BASE_URL",
                                "ANTHROPIC_AUTH_TOKEN",
                                "ANTHROPIC_API_KEY",
                                "ANTHROPIC_CUSTOM_HEADERS",
                                "ANTHROPIC_MODEL",
                                "https_proxy",
                                "HTTPS_PROXY",
                                "http_proxy",
                                "HTTP_PROXY",
                                "all_proxy",
                                "ALL_PROXY",
                                "no_proxy",
                                "NO_PROXY",
                                "NODE_EXTRA_CA_CERTS",
                                "SSL_CERT_FILE",
                                "CLAUDE_CODE_CERT_STORE",
                                "NODE_TLS_REJECT_UNAUTHORIZED",
                                "API_TIMEOUT_MS",
                                "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC",
                                "CLAUDE_CODE_DISABLE_OFFICIAL_MARKETPLACE_AUTOINSTALL"};

QString faultText(const EditFault& fault) {
    switch (fault.kind) {
    case EditFault::Kind::NotAnObject: return DoctorText::tr("not an object in braces");
    case EditFault::Kind::EnvNotAnObject:
        return DoctorText::tr("\"env\" is not an object in braces");
    case EditFault::Kind::NotJson: // told as a StrictFault
    case EditFault::Kind::DoubledKey:
    case EditFault::Kind::Unfaithful: break;
    }
    return DoctorText::tr("the key %1 is there twice").arg(fault.key);
}

QByteArrayList variableNames() {
    QByteArrayList names;
    for (const char* name : kVariables)
        names << name;
    return names;
}

void lookAt(const SettingsText& file, CheckResult& result) {
    if (!file.problem.isEmpty()) {
        result.state = CheckState::Fault;
        result.evidence.push_back({file.problem, file.file, 0});
        return;
    }
    if (!file.text) return;
    if (const auto strict = strictFaultOf(*file.text)) {
        result.state = CheckState::Fault;
        result.evidence.push_back(
            {DoctorText::tr("not valid JSON: %1").arg(strict->text), file.file, strict->line});
        return;
    }
    const auto view = viewOf(*file.text, variableNames());
    if (view) {
        result.evidence.push_back({DoctorText::tr("in order"), file.file, 0});
        return;
    }
    result.state = CheckState::Fault;
    result.evidence.push_back({faultText(view.error()), file.file, view.error().line});
}

} // namespace

CheckResult checkSettingsJson(const ClaudeSources& sources) {
    CheckResult result{CheckId::SettingsJson, CheckState::Ok, {}};
    for (const SettingsText& file : sources.files)
        lookAt(file, result);
    lookAt(sources.remembered, result);
    if (result.state == CheckState::Fault)
        result.sentence =
            DoctorText::tr("Claude Code does not read one of its settings files. Mend "
                           "the line that is named: nothing in that file counts until "
                           "then.");
    else if (result.evidence.empty())
        result.sentence = DoctorText::tr("Claude Code has no settings file yet.");
    else
        result.sentence = DoctorText::tr("Claude Code can read its settings files.");
    return result;
}

CheckResult checkVariables(const ClaudeSettings& claude) {
    CheckResult result{CheckId::Variables, CheckState::Ok, {}};
    bool isAnySet = false;
    for (const char* name : kVariables) {
        const auto values = claude.variables(name);
        isAnySet = isAnySet || !values.empty();
        for (std::size_t i = 0; i < values.size(); ++i) {
            CheckEvidence one = values[i].evidence();
            if (i > 0) one.text = DoctorText::tr("not used: %1").arg(one.text);
            result.evidence.push_back(std::move(one));
        }
    }
    for (const char* name : {"apiKeyHelper", "skipWebFetchPreflight"}) {
        if (const auto value = claude.setting(name)) result.evidence.push_back(value->evidence());
    }
    result.evidence.push_back(
        {DoctorText::tr("What `claude --settings` is given wins over all but managed settings; it "
                        "cannot be seen from here. The environment is that of this process."),
         {},
         0});
    result.sentence =
        isAnySet ? DoctorText::tr("For each variable that matters here, this is the value that "
                                  "Claude Code uses.")
                 : DoctorText::tr("None of the variables that matter here is set.");
    return result;
}

} // namespace sallyport
