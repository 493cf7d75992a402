// SPDX-License-Identifier: MIT
#include "core/claudecode/settingsconnector.h"

#include "core/claudecode/connecterror.h"
#include "core/claudecode/journaledfile.h"
#include "core/claudecode/listeningfile.h"
#include "core/claudecode/maskedsettings.h"
#include "core/claudecode/settingsundo.h"
#include "core/claudecode/staleconnection.h"
#include "core/claudecode/unifieddiff.h"
#include "core/claudecode/vscodeedit.h"
#include "core/claudecode/wantedkeys.h"
#include "core/secrets/redact.h"
#include "core/support/jsonstring.h"

#include <QFileInfo>

#include <algorithm>

namespace sallyport {

namespace {

/// One go at one settings file: the values that the steps of an operation share.
struct Job {
    const SettingsPaths& paths;
    const ClientEnvironment& environment;
    JournaledFile file;
    ConnectChoice choice{};
    std::optional<std::vector<WantedKey>> keys{}; ///< instead of those of a connection

    Job(const SettingsPaths& where, const ClientEnvironment& what, const QString& stateDir)
        : paths(where)
        , environment(what)
        , file(where.settingsFile, stateDir) {}

    [[nodiscard]] bool isVsCode() const { return paths.form == SettingsPaths::Form::VsCode; }
    [[nodiscard]] QString snippet() const {
        if (!keys && !isVsCode()) return settingsSnippet(environment, paths.noProxy);
        const auto edit = keys ? withKeysSet({}, *keys, {})
                               : vscode::withConnection({}, environment, paths.noProxy, {});
        return edit ? QString::fromUtf8(edit->text) : QString();
    }
    [[nodiscard]] std::vector<WantedKey> wanted(const SettingsView& view,
                                                const QByteArray& content) const {
        return keys ? *keys : wantedKeysFor(environment, view, content, paths.noProxy);
    }
    [[nodiscard]] Failure<ConnectError> refused(const EditFault& fault) const {
        return Failure{faultError(paths.settingsFile, fault, snippet())};
    }
    [[nodiscard]] Failure<ConnectError> failed(const FileFault& fault) const {
        switch (fault.kind) {
        case FileFault::Kind::Journal: break;
        case FileFault::Kind::Unwritable:
            return Failure{unwritableError(paths.settingsFile, fault.reason, snippet())};
        case FileFault::Kind::ChangedMeanwhile:
            return Failure{ConnectError{fault.reason, {}, 0, true}};
        }
        return Failure{ConnectError{fault.reason, {}, 0}};
    }
};

Failure<ConnectError> failure(const QString& message) {
    return Failure{ConnectError{message, {}, 0}};
}

/// What a job finds: the file and its journal.
struct Found {
    FileContent content;
    std::optional<Journal> journal;
};

Result<Found, ConnectError> found(const Job& job) {
    auto journal = readJournal(job.file.journalPath());
    if (!journal) return failure(journal.error());
    auto content = contentOfFile(job.file.file());
    if (!content) return failure(content.error());
    return Found{std::move(content).value(), std::move(journal).value()};
}

Result<SettingsEdit, EditFault> keysEditOf(const Job& job, const QByteArray& before,
                                           const std::vector<EditStep>& steps) {
    const auto view = viewOf(before, {});
    if (!view) return Failure{view.error()};
    auto wanted = job.wanted(*view, before);
    // Single keys go beside a connection, whatever its mode.
    auto start = job.keys
                     ? Result<StaleConnection, EditFault>(StaleConnection{before, steps, {}, false})
                     : withoutStaleConnection(before, steps, wanted);
    if (!start) return Failure{start.error()};
    if (start->isTakenBack) {
        const auto now = viewOf(start->text, {});
        if (!now) return Failure{now.error()};
        wanted = job.wanted(*now, start->text);
        wanted.insert(wanted.end(), start->kept.begin(), start->kept.end());
    }
    return withKeysSet(start->text, wanted, start->steps);
}

Result<SettingsEdit, ConnectError> editOf(const Job& job, const Found& now) {
    const QByteArray before = now.content.value_or(QByteArray());
    const auto steps = now.journal && now.content ? now.journal->steps : std::vector<EditStep>();
    auto edit = job.isVsCode() && !job.keys
                    ? vscode::withConnection(before, job.environment, job.paths.noProxy, steps)
                    : keysEditOf(job, before, steps);
    if (!edit) return job.refused(edit.error());
    return std::move(edit).value();
}

/// The proxy that the file led to, else that of the process; not one of ours.
QString proxyBefore(const Job& job, const SettingsEdit& edit) {
    if (job.keys || job.environment.mode != EnvMode::Intercept) return {};
    for (const char* name : {"https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"}) {
        for (const EditStep& step : edit.steps)
            if (step.name == name && step.kind == EditStep::Kind::Replace)
                return QString::fromUtf8(decodedJsonString(step.before));
    }
    return job.paths.proxy == job.environment.baseUrl ? QString() : job.paths.proxy;
}

ConnectPlan planOf(const Job& job, const FileContent& content, const SettingsEdit& edit) {
    const QByteArray before = content.value_or(QByteArray());
    const QString name = job.paths.settingsFile;
    ConnectPlan plan{name, !content, {}, edit.text};
    plan.unifiedDiff = unifiedDiff({content ? name : QStringLiteral("/dev/null"),
                                    maskedSettings(before), name, maskedSettings(edit.text)});
    plan.proxyBefore = QString::fromUtf8(redactedTarget(proxyBefore(job, edit).toUtf8()));
    return plan;
}

Result<ConnectPlan, ConnectError> applyLocked(const Job& job) {
    const auto now = found(job);
    if (!now) return Failure{now.error()};
    auto edit = editOf(job, *now);
    if (!edit) return Failure{edit.error()};
    ConnectPlan plan = planOf(job, now->content, *edit);
    Journal journal = now->journal.value_or(Journal());
    if (const QString proxy = proxyBefore(job, *edit); !proxy.isEmpty())
        journal.proxyBefore = proxy;
    if (!job.keys) journal.choice = job.choice;
    journal.steps = std::move(edit->steps);
    if (now->content == plan.after) {
        // Only what was chosen is new.
        if (now->journal && *now->journal != journal) {
            const auto kept = writeJournal(job.file.journalPath(), journal);
            if (!kept) return failure(kept.error());
        }
        return plan;
    }
    const auto written = job.file.write(now->content, plan.after, journal, now->journal);
    if (!written) return job.failed(written.error());
    return plan;
}

/// Whether nothing is left but what an empty file of ours holds.
bool isEmptyText(const QByteArray& content) { return content.trimmed().isEmpty(); }

Result<UndoReport, ConnectError> undoLocked(const Job& job) {
    UndoReport report;
    report.file = job.paths.settingsFile;
    const auto now = found(job);
    if (!now) return Failure{now.error()};
    report.hadNothingToUndo = !now->journal || !now->content;
    if (report.hadNothingToUndo) {
        job.file.forgetJournal();
        return report;
    }
    const auto& steps = now->journal->steps;
    auto undo = job.isVsCode() ? vscode::withoutConnection(*now->content, steps)
                               : withStepsUndone(*now->content, steps);
    if (!undo) return job.refused(undo.error());
    report.isFileRemoved = now->journal->isFileMadeByUs && isEmptyText(undo->text);
    const auto done = job.file.takeBack(
        *now->content, report.isFileRemoved ? FileContent() : FileContent(undo->text),
        *now->journal);
    if (!done) return job.failed(done.error());
    report.restored = std::move(undo->restored);
    report.leftAlone = std::move(undo->leftAlone);
    return report;
}

/// Keeps a second Sallyport out while `work` runs; does not wait for it. Another program that
/// writes in between has its turn first.
template <typename Work>
auto underLock(const Job& job, const Work& work) -> decltype(work(job)) {
    constexpr int kMaxAttempts = 3;
    const auto lock = job.file.lock();
    if (!lock) return failure(lock.error());
    auto outcome = work(job);
    for (int i = 1; i < kMaxAttempts && !outcome && outcome.error().isChangedMeanwhile; ++i)
        outcome = work(job);
    return outcome;
}

QString shownValue(const QByteArray& name, const QByteArray& json) {
    if (!json.startsWith('"')) return QString::fromUtf8(json);
    return QString::fromUtf8(decodedJsonString(maskedSetting(name, json)));
}

/// A settings file with what is known of it.
struct Looked {
    QString file;
    QByteArray text;
    SettingsView view;
};

std::vector<Looked> strongerViews(const SettingsPaths& paths) {
    std::vector<Looked> looked;
    for (const QString& file : paths.strongerFiles) {
        const auto content = contentOfFile(file);
        if (!content || !*content) continue;
        if (auto view = viewOf(**content, {}))
            looked.push_back({file, **content, std::move(view).value()});
    }
    return looked;
}

/// The strongest file that sets a key, when it sets it to something that is not as good.
QString blockerOf(const WantedKey& key, const std::vector<Looked>& stronger, const Job& job) {
    for (const Looked& other : stronger) {
        const jsonspans::Member* member = other.view.member(key.name, key.isInEnv);
        if (!member) continue;
        // Its own NO_PROXY may cover us with more besides.
        const auto wanted = wantedKeysFor(job.environment, other.view, other.text, {});
        const auto same = std::find_if(wanted.begin(), wanted.end(),
                                       [&key](const WantedKey& k) { return k.name == key.name; });
        const QByteArray value = jsonspans::slice(other.text, member->value).toByteArray();
        const bool isAsGood = same != wanted.end() && isSameJson(value, same->value);
        return isAsGood ? QString() : other.file;
    }
    return {};
}

KeyStatus statusOf(const WantedKey& key, const SettingsView& view, const QByteArray& content) {
    KeyStatus status;
    status.key = key.path();
    status.wanted = shownValue(key.name, key.value);
    const jsonspans::Member* member = view.member(key.name, key.isInEnv);
    if (!member) return status;
    const QByteArray current = jsonspans::slice(content, member->value).toByteArray();
    status.current = shownValue(key.name, current);
    status.state = isSameJson(current, key.value) ? KeyState::Applied : KeyState::Differs;
    return status;
}

std::vector<KeyStatus> statusesOf(const Job& job, const SettingsView& view,
                                  const QByteArray& content) {
    const auto stronger = strongerViews(job.paths);
    std::vector<KeyStatus> statuses;
    for (const WantedKey& key : job.wanted(view, content)) {
        KeyStatus one = statusOf(key, view, content);
        one.blockedBy = blockerOf(key, stronger, job);
        if (!one.blockedBy.isEmpty()) one.state = KeyState::Blocked;
        statuses.push_back(std::move(one));
    }
    return statuses;
}

} // namespace

SettingsConnector::SettingsConnector(ClientTarget target, ClientEnvironment environment,
                                     QString stateDir)
    : SettingsConnector(SettingsPaths::fromEnvironment(target), std::move(environment),
                        std::move(stateDir)) {}

SettingsConnector::SettingsConnector(SettingsPaths paths, ClientEnvironment environment,
                                     QString stateDir)
    : m_paths(std::move(paths))
    , m_environment(std::move(environment))
    , m_stateDir(std::move(stateDir)) {}

QString SettingsConnector::settingsFile() const { return m_paths.settingsFile; }

std::optional<ConnectChoice> SettingsConnector::appliedChoice() const {
    const JournaledFile file(m_paths.settingsFile, m_stateDir);
    const auto journal = readJournal(file.journalPath());
    return journal && *journal ? (*journal)->choice : std::nullopt;
}

Result<ConnectStatus, ConnectError> SettingsConnector::status() const {
    const Job job(m_paths, m_environment, m_stateDir);
    const auto content = contentOfFile(job.file.file());
    if (!content) return failure(content.error());
    const QByteArray bytes = content->value_or(QByteArray());
    const auto view = viewOf(bytes, {});
    if (!view) return job.refused(view.error());

    ConnectStatus status;
    status.file = m_paths.settingsFile;
    status.hasJournal =
        job.file.hasJournal() || (!m_paths.clientStateFile.isEmpty() &&
                                  JournaledFile(m_paths.clientStateFile, m_stateDir).hasJournal());
    status.runningAddress = runningAddress(m_stateDir);
    if (job.isVsCode())
        status.keys = vscode::statusOf(bytes, m_environment, m_paths.noProxy);
    else
        status.keys = statusesOf(job, *view, bytes);
    status.isConnected =
        std::all_of(status.keys.begin(), status.keys.end(),
                    [](const KeyStatus& key) { return key.state == KeyState::Applied; });
    return status;
}

Result<ConnectPlan, ConnectError> SettingsConnector::plan() const {
    const Job job(m_paths, m_environment, m_stateDir);
    const auto now = found(job);
    if (!now) return Failure{now.error()};
    const auto edit = editOf(job, *now);
    if (!edit) return Failure{edit.error()};
    return planOf(job, now->content, *edit);
}

Result<ConnectPlan, ConnectError> SettingsConnector::apply() {
    Job job(m_paths, m_environment, m_stateDir);
    job.choice = m_choice;
    return underLock(job, applyLocked);
}

Result<ConnectPlan, ConnectError> SettingsConnector::set(const std::vector<WantedKey>& keys) {
    Job job(m_paths, m_environment, m_stateDir);
    job.keys = keys;
    return underLock(job, applyLocked);
}

Result<UndoReport, ConnectError> SettingsConnector::undo() {
    auto report = underLock(Job(m_paths, m_environment, m_stateDir), undoLocked);
    const SettingsPaths remembered{m_paths.clientStateFile, {}, {}};
    const Job job(remembered, m_environment, m_stateDir);
    if (!report || m_paths.clientStateFile.isEmpty() || !job.file.hasJournal()) return report;
    const auto more = underLock(job, undoLocked);
    if (!more) return Failure{more.error()};
    const QString prefix = QFileInfo(m_paths.clientStateFile).fileName() + QLatin1String(": ");
    for (const QString& key : more->restored)
        report->restored.push_back(prefix + key);
    for (const QString& key : more->leftAlone)
        report->leftAlone.push_back(prefix + key);
    report->hadNothingToUndo = report->hadNothingToUndo && more->hadNothingToUndo;
    return report;
}

} // namespace sallyport
