// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/clientenvironment.h"
#include "core/claudecode/clienttarget.h"
#include "core/claudecode/targetconnector.h"

#include <QStringList>

namespace sallyport {

/// What is to be connected, and how.
struct ConnectRequest {
    ClientTarget target = ClientTarget::Claude;
    /// Claude: another folder with settings of Claude Code than the one that this process's
    /// variables name; Project: its folder, instead of the working folder.
    QString folder{};
    ConnectChoice choice{};
};

/// Makes the connections of a person from the configuration, and says what can be chosen. Blocking
/// I/O of small files.
class ConnectTargets {
public:
    /// Reaches Sallyport at `listen`, else where it runs, else where `config` says.
    ConnectTargets(Config config, QString stateDir,
                   std::optional<std::pair<QHostAddress, quint16>> listen = {});

    [[nodiscard]] const Config& config() const { return m_config; }
    /// Names that `/p/NAME` may have: the upstreams.
    [[nodiscard]] QStringList profiles() const;
    /// The variables of a choice. `makesToken`: the local token is made when there is none. The
    /// error is a sentence.
    [[nodiscard]] Result<ClientEnvironment, QString> environment(const ConnectChoice& choice,
                                                                 bool makesToken) const;
    /// Names of all keys that a request may leave out.
    [[nodiscard]] QStringList keyNames(const ConnectRequest& request) const;
    /// The files of a target other than Session. The error is a sentence.
    [[nodiscard]] Result<TargetConnector, QString> connector(const ConnectRequest& request,
                                                             bool makesToken) const;
    /// What was chosen when the target was connected; nothing when it is not.
    [[nodiscard]] static std::optional<ConnectChoice> appliedChoice(const ConnectRequest& request,
                                                                    const QString& stateDir);
    /// Needs only the journal, so it works with a broken configuration.
    [[nodiscard]] static Result<UndoReport, ConnectError> undo(const ConnectRequest& request,
                                                               const QString& stateDir);
    /// Whether there is anything to undo, of any target, folder or project.
    [[nodiscard]] static bool isAnythingConnected(const QString& stateDir);
    /// Takes back all that journals of `stateDir` record.
    [[nodiscard]] static Result<std::vector<UndoReport>, ConnectError>
    undoAll(const QString& stateDir);

    /// Makes every connection again that was made and has not been taken back, with the choice of
    /// then: the address or the token has changed. Tries all of them, also after a failure.
    [[nodiscard]] Result<Done, ConnectError> renew() const;

private:
    Config m_config;
    QString m_stateDir;
    std::optional<std::pair<QHostAddress, quint16>> m_listen;
};

} // namespace sallyport
