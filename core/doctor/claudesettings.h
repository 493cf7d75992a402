// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/settingsedit.h"
#include "core/doctor/checkresult.h"

#include <QByteArray>
#include <QString>

#include <map>
#include <optional>
#include <vector>

namespace sallyport {

/// Where a value of Claude Code's comes from, strongest first. `claude --settings` stands between
/// the first two and cannot be seen from outside.
enum class SettingsLayer { Managed, ProjectLocal, Project, User, Remembered, Shell };

/// One file that Claude Code reads, as it was found.
struct SettingsText {
    SettingsLayer layer = SettingsLayer::User;
    QString file;                     ///< absolute path
    std::optional<QByteArray> text{}; ///< nothing: there is no such file, or it cannot be read
    QString problem{};                ///< why it cannot be read; a clause
};

/// What Claude Code would read now.
struct ClaudeSources {
    std::vector<SettingsText> files;              ///< strongest first
    std::map<QByteArray, QByteArray> environment; ///< of this process
    SettingsText remembered;                      ///< `.claude.json`
};

/// A value and where it stands.
struct SettingValue {
    QByteArray name;
    QByteArray json;  ///< JSON text; a string with its quotes
    QByteArray value; ///< what a string stands for; else the JSON text
    SettingsLayer layer = SettingsLayer::Shell;
    QString file; ///< empty for the shell
    int line = 0;

    /// Whether a value in the user's settings would win over it.
    [[nodiscard]] bool isBelowUser() const { return layer >= SettingsLayer::User; }
    /// `NAME = value (user settings)` with its place, secrets masked.
    [[nodiscard]] CheckEvidence evidence() const;
};

/// Why Claude Code does not take a text for settings. Unlike the edits of Connect it accepts
/// neither comments nor a comma after the last member (measured with 2.1.329), and drops the whole
/// file.
struct StrictFault {
    int line = 0;
    QString text; ///< a clause
};
/// Nothing for a text that it takes; a byte order mark is allowed.
[[nodiscard]] std::optional<StrictFault> strictFaultOf(const QByteArray& text);

/// Which value of a variable or setting wins: managed settings, those of the project, the user's,
/// `env` of `.claude.json`, the shell (measured with Claude Code 2.1.329: all files beat the
/// shell). A file that is not strict JSON counts as missing, as it does for Claude Code; of a key
/// that is there twice the last one counts.
class ClaudeSettings {
public:
    explicit ClaudeSettings(ClaudeSources sources);

    /// All values of an environment variable, the winner first.
    [[nodiscard]] std::vector<SettingValue> variables(const QByteArray& name) const;
    /// The winner; nothing when it is not set, or is set to nothing.
    [[nodiscard]] std::optional<SettingValue> variable(const QByteArray& name) const;
    /// The winner among keys at the top, such as `apiKeyHelper`.
    [[nodiscard]] std::optional<SettingValue> setting(const QByteArray& name) const;
    /// A key at the top of `.claude.json`.
    [[nodiscard]] std::optional<SettingValue> remembered(const QByteArray& name) const;
    /// The proxy that Claude Code uses for all addresses: `https_proxy`, `HTTPS_PROXY`,
    /// `http_proxy`, `HTTP_PROXY`, the first that is set.
    [[nodiscard]] std::optional<SettingValue> proxy() const;
    /// Whether that key is among `customApiKeyResponses.approved`, which holds the last 20
    /// characters of each.
    [[nodiscard]] bool isApproved(const QByteArray& apiKey) const;
    [[nodiscard]] const ClaudeSources& sources() const { return m_sources; }

private:
    struct Looked {
        SettingsText from;
        SettingsView view;
    };
    [[nodiscard]] std::optional<SettingValue> valueIn(const Looked& looked, const QByteArray& name,
                                                      bool isInEnv) const;

    ClaudeSources m_sources;
    std::vector<Looked> m_looked; ///< of the files that are JSON
    std::optional<Looked> m_remembered;
};

/// What the last 20 characters of an API key are kept as.
[[nodiscard]] QByteArray approvedFormOf(const QByteArray& apiKey);
/// `user settings`, translated.
[[nodiscard]] QString layerName(SettingsLayer layer);

} // namespace sallyport
