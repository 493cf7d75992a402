// SPDX-License-Identifier: MIT
#include "core/claudecode/textconnector.h"

#include "core/claudecode/journaledfile.h"
#include "core/claudecode/listeningfile.h"
#include "core/claudecode/maskedlines.h"
#include "core/claudecode/unifieddiff.h"

namespace sallyport {

namespace {

Failure<ConnectError> failure(const QString& message) {
    return Failure{ConnectError{message, {}, 0}};
}

Failure<ConnectError> failed(const TextFile& wish, const FileFault& fault) {
    switch (fault.kind) {
    case FileFault::Kind::Journal: break;
    case FileFault::Kind::Unwritable:
        return Failure{
            unwritableError(wish.file, fault.reason, QString::fromUtf8(wish.wanted.text))};
    case FileFault::Kind::ChangedMeanwhile: return Failure{ConnectError{fault.reason, {}, 0, true}};
    }
    return failure(fault.reason);
}

/// The file, its journal, and the text with ours in it.
struct Found {
    FileContent content;
    std::optional<Journal> journal;
    EditedText edited;
};

Result<Found, ConnectError> found(const TextFile& wish, const JournaledFile& file) {
    auto journal = readJournal(file.journalPath());
    if (!journal) return failure(journal.error());
    auto content = contentOfFile(file.file());
    if (!content) return failure(content.error());
    Found now{std::move(content).value(), std::move(journal).value(), {}};
    const auto earlier = now.journal && now.content ? now.journal->text : std::nullopt;
    now.edited = withTextSet(now.content.value_or(QByteArray()), wish.wanted, earlier);
    return now;
}

ConnectPlan planOf(const TextFile& wish, const Found& now) {
    ConnectPlan plan{wish.file, !now.content};
    plan.after = now.edited.text;
    plan.unifiedDiff = unifiedDiff({now.content ? wish.file : QStringLiteral("/dev/null"),
                                    maskedLines(now.content.value_or(QByteArray())), wish.file,
                                    maskedLines(now.edited.text)});
    return plan;
}

/// Keeps a second Sallyport out while `work` runs; another program that writes in between has its
/// turn first.
template <typename Work>
auto underLock(const JournaledFile& file, const Work& work) -> decltype(work()) {
    constexpr int kMaxAttempts = 3;
    const auto lock = file.lock();
    if (!lock) return failure(lock.error());
    auto outcome = work();
    for (int i = 1; i < kMaxAttempts && !outcome && outcome.error().isChangedMeanwhile; ++i)
        outcome = work();
    return outcome;
}

} // namespace

TextConnector::TextConnector(TextFile file, QString stateDir)
    : m_wish(std::move(file))
    , m_stateDir(std::move(stateDir)) {}

Result<ConnectStatus, ConnectError> TextConnector::status() const {
    const JournaledFile file(m_wish.file, m_stateDir);
    const auto content = contentOfFile(file.file());
    if (!content) return failure(content.error());
    const bool isWhole = m_wish.wanted.isWhole;
    const auto present = *content ? presentText(**content, isWhole) : std::nullopt;
    const QByteArray wanted = isWhole ? m_wish.wanted.text : markedBlock(m_wish.wanted.text);
    ConnectStatus status{m_wish.file, {{m_wish.file, KeyState::Missing}}, false, false, {}};
    if (present)
        status.keys.front().state = *present == wanted ? KeyState::Applied : KeyState::Differs;
    status.isConnected = status.keys.front().state == KeyState::Applied;
    status.hasJournal = file.hasJournal();
    status.runningAddress = runningAddress(m_stateDir);
    return status;
}

Result<ConnectPlan, ConnectError> TextConnector::plan() const {
    const auto now = found(m_wish, JournaledFile(m_wish.file, m_stateDir));
    if (!now) return Failure{now.error()};
    return planOf(m_wish, *now);
}

Result<ConnectPlan, ConnectError> TextConnector::applyOnce() {
    const JournaledFile file(m_wish.file, m_stateDir);
    const auto now = found(m_wish, file);
    if (!now) return Failure{now.error()};
    ConnectPlan plan = planOf(m_wish, *now);
    if (now->content == plan.after) return plan;
    Journal journal = now->journal.value_or(Journal());
    journal.text = now->edited.edit;
    journal.choice = m_choice;
    const auto written = file.write(now->content, plan.after, journal, now->journal);
    if (!written) return failed(m_wish, written.error());
    return plan;
}

Result<ConnectPlan, ConnectError> TextConnector::apply() {
    return underLock(JournaledFile(m_wish.file, m_stateDir), [this] { return applyOnce(); });
}

Result<UndoReport, ConnectError> TextConnector::undoOnce() {
    const JournaledFile file(m_wish.file, m_stateDir);
    const auto now = found(m_wish, file);
    if (!now) return Failure{now.error()};
    UndoReport report;
    report.file = m_wish.file;
    report.hadNothingToUndo = !now->journal || !now->journal->text || !now->content;
    if (report.hadNothingToUndo) {
        file.forgetJournal();
        return report;
    }
    const EditedText undone = withTextUndone(*now->content, *now->journal->text);
    report.isFileRemoved = now->journal->isFileMadeByUs && undone.text.isEmpty();
    const auto done = file.takeBack(*now->content,
                                    report.isFileRemoved ? FileContent() : FileContent(undone.text),
                                    *now->journal);
    if (!done) return failed(m_wish, done.error());
    if (undone.isLeftAlone)
        report.leftAlone.push_back(m_wish.file);
    else if (undone.text != *now->content)
        report.restored.push_back(m_wish.file);
    return report;
}

Result<UndoReport, ConnectError> TextConnector::undo() {
    return underLock(JournaledFile(m_wish.file, m_stateDir), [this] { return undoOnce(); });
}

std::optional<ConnectChoice> TextConnector::appliedChoice() const {
    const auto journal = readJournal(JournaledFile(m_wish.file, m_stateDir).journalPath());
    return journal && *journal ? (*journal)->choice : std::nullopt;
}

} // namespace sallyport
