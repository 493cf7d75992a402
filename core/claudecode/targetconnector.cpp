// SPDX-License-Identifier: MIT
#include "core/claudecode/targetconnector.h"

#include <QStringList>

#include <algorithm>

namespace sallyport {

namespace {

/// Takes back what an apply() that failed has begun; what was connected before stays.
void takeBack(const std::vector<FileConnector*>& begun) {
    for (FileConnector* file : begun)
        static_cast<void>(file->undo());
}

} // namespace

TargetConnector::TargetConnector(std::vector<std::unique_ptr<FileConnector>> files,
                                 const QString& proxyBefore)
    : m_files(std::move(files))
    , m_proxyBefore(proxyBefore) {}

Result<ConnectStatus, ConnectError> TargetConnector::status() const {
    ConnectStatus all;
    QStringList names;
    for (const auto& file : m_files) {
        const auto one = file->status();
        if (!one) return Failure{one.error()};
        names << one->file;
        for (KeyStatus key : one->keys) {
            // Of several files of one kind the keys have the same names.
            if (m_files.size() > 1 && key.key != one->file)
                key.key = one->file + QLatin1String(": ") + key.key;
            all.keys.push_back(std::move(key));
        }
        all.hasJournal = all.hasJournal || one->hasJournal;
        all.runningAddress = one->runningAddress;
    }
    all.file = names.join(QLatin1String(", "));
    all.isConnected = !all.keys.empty() &&
                      std::all_of(all.keys.begin(), all.keys.end(), [](const KeyStatus& key) {
                          return key.state == KeyState::Applied;
                      });
    return all;
}

ConnectPlan TargetConnector::merged(const std::vector<ConnectPlan>& plans) const {
    ConnectPlan all;
    all.proxyBefore = m_proxyBefore;
    QStringList names;
    for (const ConnectPlan& plan : plans) {
        names << plan.file;
        all.isNewFile = all.isNewFile || plan.isNewFile;
        all.unifiedDiff += plan.unifiedDiff;
        if (!plan.proxyBefore.isEmpty()) all.proxyBefore = plan.proxyBefore;
    }
    all.file = names.join(QLatin1String(", "));
    if (plans.size() == 1) all.after = plans.front().after;
    return all;
}

Result<ConnectPlan, ConnectError> TargetConnector::plan() const {
    std::vector<ConnectPlan> plans;
    for (const auto& file : m_files) {
        auto plan = file->plan();
        if (!plan) return plan;
        plans.push_back(std::move(plan).value());
    }
    return merged(plans);
}

Result<ConnectPlan, ConnectError> TargetConnector::apply() {
    std::vector<ConnectPlan> plans;
    std::vector<FileConnector*> begun;
    for (const auto& file : m_files) {
        const auto before = file->status();
        auto plan = file->apply();
        if (!plan) {
            takeBack(begun);
            return plan;
        }
        if (before && !before->hasJournal) begun.push_back(file.get());
        plans.push_back(std::move(plan).value());
    }
    return merged(plans);
}

Result<UndoReport, ConnectError> TargetConnector::undo() {
    UndoReport all;
    all.hadNothingToUndo = true;
    QStringList names;
    std::optional<ConnectError> fault;
    // The last first: what reads a file of ours goes before that file.
    for (auto file = m_files.rbegin(); file != m_files.rend(); ++file) {
        auto one = (*file)->undo();
        if (!one) {
            fault = one.error();
            continue;
        }
        names.prepend(one->file);
        all.restored.insert(all.restored.begin(), one->restored.begin(), one->restored.end());
        all.leftAlone.insert(all.leftAlone.begin(), one->leftAlone.begin(), one->leftAlone.end());
        all.isFileRemoved = all.isFileRemoved || one->isFileRemoved;
        all.hadNothingToUndo = all.hadNothingToUndo && one->hadNothingToUndo;
    }
    if (fault) return Failure{*fault};
    all.file = names.join(QLatin1String(", "));
    return all;
}

std::optional<ConnectChoice> TargetConnector::appliedChoice() const {
    for (const auto& file : m_files)
        if (auto choice = file->appliedChoice()) return choice;
    return {};
}

} // namespace sallyport
