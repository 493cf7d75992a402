// SPDX-License-Identifier: MIT
#include "core/claudecode/settingsconnector.h"

#include "core/claudecode/connecterror.h"
#include "core/claudecode/journal.h"
#include "core/claudecode/listeningfile.h"
#include "core/claudecode/maskedsettings.h"
#include "core/claudecode/settingsundo.h"
#include "core/claudecode/staleconnection.h"
#include "core/claudecode/unifieddiff.h"
#include "core/claudecode/wantedkeys.h"
#include "core/support/atomicfile.h"
#include "core/support/jsonstring.h"
#include "core/support/paths.h"
#include "core/support/regularfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>

#include <algorithm>

namespace sallyport {

namespace {

using Content = std::optional<QByteArray>; ///< nothing: there is no such file

constexpr qsizetype kMaxSettingsBytes = qsizetype{16} * 1024 * 1024;

QString text(const char* source) {
    return QCoreApplication::translate("SettingsConnector", source);
}

Failure<ConnectError> failure(const QString& message) {
    return Failure{ConnectError{message, {}, 0}};
}

Result<Content, ConnectError> contentOf(const QString& path) {
    if (!QFileInfo::exists(path)) return Content();
    auto bytes = QFileInfo(path).isDir()
                     ? Result<QByteArray, QString>(
                           Failure{text(QT_TRANSLATE_NOOP("SettingsConnector", "it is a folder"))})
                     : readRegularFile(path, kMaxSettingsBytes);
    if (!bytes)
        return failure(text(QT_TRANSLATE_NOOP("SettingsConnector", "cannot read %1: %2"))
                           .arg(path, bytes.error()));
    return Content(std::move(bytes).value());
}

/// Writes and makes sure that it arrived.
Result<Done, QString> writeAndReadBack(const QString& path, const QByteArray& content) {
    if (auto written = writeFileAtomically(path, content); !written) return written;
    const auto back = contentOf(path);
    if (back && *back == content) return Done{};
    return Failure{
        text(QT_TRANSLATE_NOOP("SettingsConnector", "%1 does not hold what was written to it"))
            .arg(path)};
}

/// Folders on the way to a file that are not there, outermost first.
QStringList missingFolders(const QString& file) {
    QStringList missing;
    QString folder = QFileInfo(file).absolutePath();
    while (!QFileInfo::exists(folder) && folder != QFileInfo(folder).absolutePath()) {
        missing.prepend(folder);
        folder = QFileInfo(folder).absolutePath();
    }
    return missing;
}

/// Only those that are empty go.
void removeFolders(const QStringList& folders) {
    for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder)
        QDir().rmdir(*folder);
}

/// One go at one settings file: the values that the steps of an operation share.
struct Job {
    const SettingsPaths& paths;
    const ClientEnvironment& environment;
    QString file; ///< links resolved
    QString journalPath;
    std::optional<std::vector<WantedKey>> keys{}; ///< instead of those of a connection

    Job(const SettingsPaths& where, const ClientEnvironment& what, const QString& stateDir)
        : paths(where)
        , environment(what)
        , file(resolvedPath(where.settingsFile))
        , journalPath(journalFile(stateDir, file)) {}

    [[nodiscard]] QString snippet() const {
        if (!keys) return settingsSnippet(environment, paths.noProxy);
        const auto edit = withKeysSet({}, *keys, {});
        return edit ? QString::fromUtf8(edit->text) : QString();
    }
    [[nodiscard]] std::vector<WantedKey> wanted(const SettingsView& view,
                                                const QByteArray& content) const {
        return keys ? *keys : wantedKeysFor(environment, view, content, paths.noProxy);
    }
    [[nodiscard]] Failure<ConnectError> refused(const EditFault& fault) const {
        return Failure{faultError(paths.settingsFile, fault, snippet())};
    }
    [[nodiscard]] Failure<ConnectError> unwritable(const QString& reason) const {
        return Failure{unwritableError(paths.settingsFile, reason, snippet())};
    }
};

Result<SettingsEdit, ConnectError> editOf(const Job& job, const Content& content,
                                          const std::optional<Journal>& journal) {
    const QByteArray before = content.value_or(QByteArray());
    const auto view = viewOf(before, {});
    if (!view) return job.refused(view.error());
    const auto steps = journal && content ? journal->steps : std::vector<EditStep>();
    auto wanted = job.wanted(*view, before);
    // Single keys go beside a connection, whatever its mode.
    const auto start =
        job.keys ? Result<StaleConnection, EditFault>(StaleConnection{before, steps, {}, false})
                 : withoutStaleConnection(before, steps, wanted);
    if (!start) return job.refused(start.error());
    if (start->isTakenBack) {
        const auto now = viewOf(start->text, {});
        if (!now) return job.refused(now.error());
        wanted = job.wanted(*now, start->text);
        wanted.insert(wanted.end(), start->kept.begin(), start->kept.end());
    }
    auto edit = withKeysSet(start->text, wanted, start->steps);
    if (!edit) return job.refused(edit.error());
    return std::move(edit).value();
}

ConnectPlan planOf(const Job& job, const Content& content, const QByteArray& after) {
    const QByteArray before = content.value_or(QByteArray());
    const QString name = job.paths.settingsFile;
    ConnectPlan plan{name, !content, {}, after};
    plan.unifiedDiff = unifiedDiff({content ? name : QStringLiteral("/dev/null"),
                                    maskedSettings(before), name, maskedSettings(after)});
    return plan;
}

Result<std::optional<Journal>, ConnectError> journalOf(const Job& job) {
    auto journal = readJournal(job.journalPath);
    if (!journal) return failure(journal.error());
    return std::move(journal).value();
}

/// The journal that goes with an edit, made of the one before.
Journal journalFor(const Job& job, const std::optional<Journal>& earlier, bool isNewFile,
                   std::vector<EditStep> steps) {
    Journal journal = earlier.value_or(Journal());
    journal.file = job.file;
    journal.isFileMadeByUs = journal.isFileMadeByUs || isNewFile;
    for (const QString& folder : missingFolders(job.file)) {
        if (!journal.madeFolders.contains(folder)) journal.madeFolders << folder;
    }
    journal.steps = std::move(steps);
    return journal;
}

/// Puts the journal back to what it was, for a write that did not happen.
void restoreJournal(const Job& job, const std::optional<Journal>& earlier) {
    const bool isKept = earlier && writeJournal(job.journalPath, *earlier).isOk();
    if (!isKept && !earlier) QFile::remove(job.journalPath);
}

Result<ConnectPlan, ConnectError> applyLocked(const Job& job) {
    auto earlier = journalOf(job);
    if (!earlier) return Failure{earlier.error()};
    const auto content = contentOf(job.file);
    if (!content) return Failure{content.error()};
    auto edit = editOf(job, *content, *earlier);
    if (!edit) return Failure{edit.error()};
    ConnectPlan plan = planOf(job, *content, edit->text);
    if (*content == edit->text) return plan;

    const QStringList made = missingFolders(job.file);
    const Journal journal = journalFor(job, *earlier, plan.isNewFile, std::move(edit->steps));
    if (auto kept = writeJournal(job.journalPath, journal); !kept) return failure(kept.error());
    const QString folder = QFileInfo(job.file).absolutePath();
    Result<Done, QString> written = Failure{
        text(QT_TRANSLATE_NOOP("SettingsConnector", "cannot make the folder %1")).arg(folder)};
    if (paths::ensurePrivateDir(folder)) written = writeAndReadBack(job.file, plan.after);
    if (!written) {
        restoreJournal(job, *earlier);
        removeFolders(made);
        return job.unwritable(written.error());
    }
    return plan;
}

/// Whether nothing is left but what an empty file of ours holds.
bool isEmptyText(const QByteArray& content) { return content.trimmed().isEmpty(); }

Result<Done, QString> removeSettings(const Job& job, const Journal& journal) {
    QFile file(job.file);
    const bool isProtected = !(QFileInfo(job.file).permissions() & QFile::WriteOwner);
    if (isProtected || !file.remove())
        return Failure{
            text(QT_TRANSLATE_NOOP("SettingsConnector", "cannot remove %1")).arg(job.file)};
    removeFolders(journal.madeFolders);
    return Done{};
}

Result<UndoReport, ConnectError> undoLocked(const Job& job) {
    UndoReport report;
    report.file = job.paths.settingsFile;
    const auto journal = journalOf(job);
    if (!journal) return Failure{journal.error()};
    const auto content = contentOf(job.file);
    if (!content) return Failure{content.error()};
    report.hadNothingToUndo = !*journal || !*content;
    if (!report.hadNothingToUndo) {
        auto undo = withStepsUndone(**content, (*journal)->steps);
        if (!undo) return job.refused(undo.error());
        report.isFileRemoved = (*journal)->isFileMadeByUs && isEmptyText(undo->text);
        const auto written = report.isFileRemoved      ? removeSettings(job, **journal)
                             : undo->text == **content ? Result<Done, QString>(Done{})
                                                       : writeAndReadBack(job.file, undo->text);
        if (!written) return job.unwritable(written.error());
        report.restored = std::move(undo->restored);
        report.leftAlone = std::move(undo->leftAlone);
    }
    QFile::remove(job.journalPath);
    return report;
}

/// Keeps a second Sallyport out while `work` runs; does not wait for it.
template <typename Work>
auto underLock(const Job& job, const Work& work) -> decltype(work(job)) {
    const QString folder = QFileInfo(job.journalPath).absolutePath();
    if (!paths::ensurePrivateDir(folder))
        return failure(
            text(QT_TRANSLATE_NOOP("SettingsConnector", "cannot make the folder %1")).arg(folder));
    QLockFile lock(job.journalPath + QLatin1String(".lock"));
    if (lock.tryLock(0)) return work(job);
    return failure(
        lock.error() == QLockFile::LockFailedError
            ? text(QT_TRANSLATE_NOOP("SettingsConnector",
                                     "another Sallyport is changing %1; try again in a moment"))
                  .arg(job.paths.settingsFile)
            : text(QT_TRANSLATE_NOOP("SettingsConnector", "cannot write in the folder %1"))
                  .arg(folder));
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
        const auto content = contentOf(file);
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

} // namespace

SettingsConnector::SettingsConnector(SettingsTarget target, ClientEnvironment environment,
                                     QString stateDir)
    : SettingsConnector(SettingsPaths::fromEnvironment(target), std::move(environment),
                        std::move(stateDir)) {}

SettingsConnector::SettingsConnector(SettingsPaths paths, ClientEnvironment environment,
                                     QString stateDir)
    : m_paths(std::move(paths))
    , m_environment(std::move(environment))
    , m_stateDir(std::move(stateDir)) {}

QString SettingsConnector::settingsFile() const { return m_paths.settingsFile; }

Result<ConnectStatus, ConnectError> SettingsConnector::status() const {
    const Job job(m_paths, m_environment, m_stateDir);
    const auto content = contentOf(job.file);
    if (!content) return Failure{content.error()};
    const QByteArray bytes = content->value_or(QByteArray());
    const auto view = viewOf(bytes, {});
    if (!view) return job.refused(view.error());

    ConnectStatus status;
    status.file = m_paths.settingsFile;
    status.hasJournal =
        QFileInfo::exists(job.journalPath) ||
        (!m_paths.clientStateFile.isEmpty() &&
         QFileInfo::exists(journalFile(m_stateDir, resolvedPath(m_paths.clientStateFile))));
    status.runningAddress = runningAddress(m_stateDir);
    const auto stronger = strongerViews(m_paths);
    for (const WantedKey& key : wantedKeysFor(m_environment, *view, bytes, m_paths.noProxy)) {
        KeyStatus one = statusOf(key, *view, bytes);
        one.blockedBy = blockerOf(key, stronger, job);
        if (!one.blockedBy.isEmpty()) one.state = KeyState::Blocked;
        status.keys.push_back(std::move(one));
    }
    status.isConnected =
        std::all_of(status.keys.begin(), status.keys.end(),
                    [](const KeyStatus& key) { return key.state == KeyState::Applied; });
    return status;
}

Result<ConnectPlan, ConnectError> SettingsConnector::plan() const {
    const Job job(m_paths, m_environment, m_stateDir);
    const auto content = contentOf(job.file);
    if (!content) return Failure{content.error()};
    const auto journal = journalOf(job);
    if (!journal) return Failure{journal.error()};
    const auto edit = editOf(job, *content, *journal);
    if (!edit) return Failure{edit.error()};
    return planOf(job, *content, edit->text);
}

Result<ConnectPlan, ConnectError> SettingsConnector::apply() {
    return underLock(Job(m_paths, m_environment, m_stateDir), applyLocked);
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
    if (!report || m_paths.clientStateFile.isEmpty() || !QFileInfo::exists(job.journalPath))
        return report;
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
