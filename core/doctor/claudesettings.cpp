// SPDX-License-Identifier: MIT
#include "core/doctor/claudesettings.h"

#include "core/claudecode/connecterror.h"
#include "core/claudecode/maskedsettings.h"
#include "core/doctor/doctortext.h"
#include "core/support/jsonstring.h"
#include "core/support/visibletext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace sallyport {

namespace {

/// Nothing where Claude Code reads nothing.
std::optional<SettingsView> viewIn(const SettingsText& from) {
    if (!from.text || strictFaultOf(*from.text)) return {};
    auto view = viewOf(*from.text, {});
    if (!view) return {};
    return std::move(view).value();
}

} // namespace

CheckEvidence SettingValue::evidence() const {
    const QByteArray shown =
        json.startsWith('"') ? decodedJsonString(maskedSetting(name, json)) : json;
    constexpr qsizetype kMaxShown = 200;
    QString text = visibleText(QString::fromUtf8(shown));
    if (text.size() > kMaxShown) text = text.left(kMaxShown) + u'…';
    return {DoctorText::tr("%1 = %2, from %3")
                .arg(QString::fromUtf8(name), text.isEmpty() ? QStringLiteral("\"\"") : text,
                     layerName(layer)),
            file, line};
}

ClaudeSettings::ClaudeSettings(ClaudeSources sources)
    : m_sources(std::move(sources)) {
    for (const SettingsText& file : m_sources.files) {
        if (auto view = viewIn(file)) m_looked.push_back({file, std::move(*view)});
    }
    if (auto view = viewIn(m_sources.remembered))
        m_remembered = Looked{m_sources.remembered, std::move(*view)};
}

std::optional<SettingValue> ClaudeSettings::valueIn(const Looked& looked, const QByteArray& name,
                                                    bool isInEnv) const {
    if (isInEnv && !looked.view.hasEnv) return {};
    const auto& members = isInEnv ? looked.view.env.members : looked.view.root.members;
    const auto member = std::find_if(members.rbegin(), members.rend(),
                                     [&name](const auto& one) { return one.name == name; });
    if (member == members.rend()) return {};
    const QByteArray& text = *looked.from.text;
    SettingValue found;
    found.name = name;
    found.json = jsonspans::slice(text, member->value).toByteArray();
    found.value = found.json.startsWith('"') ? decodedJsonString(found.json) : found.json;
    found.layer = looked.from.layer;
    found.file = looked.from.file;
    found.line = jsonspans::lineOf(text, member->key.begin);
    return found;
}

std::vector<SettingValue> ClaudeSettings::variables(const QByteArray& name) const {
    std::vector<SettingValue> values;
    for (const Looked& looked : m_looked) {
        if (auto value = valueIn(looked, name, true)) values.push_back(std::move(*value));
    }
    if (m_remembered) {
        if (auto value = valueIn(*m_remembered, name, true)) values.push_back(std::move(*value));
    }
    const auto shell = m_sources.environment.find(name);
    if (shell != m_sources.environment.end())
        values.push_back(
            {name, jsonString(shell->second), shell->second, SettingsLayer::Shell, {}, 0});
    return values;
}

std::optional<SettingValue> ClaudeSettings::variable(const QByteArray& name) const {
    auto values = variables(name);
    if (values.empty() || values.front().value.isEmpty()) return {};
    return std::move(values.front());
}

std::optional<SettingValue> ClaudeSettings::setting(const QByteArray& name) const {
    for (const Looked& looked : m_looked) {
        if (auto value = valueIn(looked, name, false)) return value;
    }
    return {};
}

std::optional<SettingValue> ClaudeSettings::remembered(const QByteArray& name) const {
    return m_remembered ? valueIn(*m_remembered, name, false) : std::nullopt;
}

std::optional<SettingValue> ClaudeSettings::proxy() const {
    for (const char* name : {"https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"}) {
        if (auto value = variable(name)) return value;
    }
    return {};
}

bool ClaudeSettings::isApproved(const QByteArray& apiKey) const {
    const auto responses = remembered("customApiKeyResponses");
    if (!responses) return false;
    const QJsonArray approved =
        QJsonDocument::fromJson(responses->json)[QLatin1String("approved")].toArray();
    return approved.contains(QString::fromUtf8(approvedFormOf(apiKey)));
}

std::optional<StrictFault> strictFaultOf(const QByteArray& text) {
    if (text.trimmed().isEmpty()) return {};
    QJsonParseError fault;
    const auto document = QJsonDocument::fromJson(text, &fault);
    if (!document.isNull()) return {};
    const auto loose = jsonspans::scan(text);
    const int line = jsonspans::lineOf(text, loose ? fault.offset : loose.error().offset);
    if (!loose) return StrictFault{line, jsonFaultText(loose.error().kind)};
    return StrictFault{line, DoctorText::tr("a comment, or a comma after the last member")};
}

QByteArray approvedFormOf(const QByteArray& apiKey) {
    constexpr qsizetype kKept = 20;
    return apiKey.trimmed().right(kKept);
}

QString layerName(SettingsLayer layer) {
    switch (layer) {
    case SettingsLayer::Managed: return DoctorText::tr("managed settings");
    case SettingsLayer::ProjectLocal: return DoctorText::tr("the project's local settings");
    case SettingsLayer::Project: return DoctorText::tr("the project's settings");
    case SettingsLayer::User: return DoctorText::tr("your settings");
    case SettingsLayer::Remembered: return DoctorText::tr("what Claude Code remembers");
    case SettingsLayer::Shell: return DoctorText::tr("the environment");
    }
    Q_UNREACHABLE();
}

} // namespace sallyport
