// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace sallyport {

enum class KeyState {
    Missing, ///< not there
    Applied, ///< holds what we would write
    Differs, ///< holds something else
    Blocked, ///< a stronger file (managed settings) wins over it
};

/// One key that a connection consists of, e.g. `env.ANTHROPIC_BASE_URL`; of a shell the file.
struct KeyStatus {
    QString key;
    KeyState state = KeyState::Missing;
    QString current{};   ///< redacted when secret; empty when missing
    QString wanted{};    ///< redacted when secret
    QString blockedBy{}; ///< file that wins
};

struct ConnectStatus {
    QString file;
    std::vector<KeyStatus> keys;
    bool isConnected = false; ///< every key Applied
    bool hasJournal = false;  ///< there is something to undo
    QString runningAddress;   ///< where a Sallyport with the same state listens; empty: none does
};

/// What apply would do; nothing is changed by making one.
struct ConnectPlan {
    QString file;
    bool isNewFile = false;
    QString unifiedDiff{}; ///< secrets redacted; empty when there is nothing to do
    QByteArray after{};    ///< whole text of the file afterwards
    /// The proxy of a company that Claude Code would ask no more, because Sallyport takes its
    /// place; without its password. Empty: none.
    QString proxyBefore{};
};

/// What undo did, key by key.
struct UndoReport {
    QString file;
    std::vector<QString> restored;  ///< keys put back to what they were, or removed
    std::vector<QString> leftAlone; ///< keys changed by somebody else since
    bool isFileRemoved = false;     ///< we had made it, and nothing else is in it
    bool hadNothingToUndo = false;
};

} // namespace sallyport
