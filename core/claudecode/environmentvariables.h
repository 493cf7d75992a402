// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace sallyport {

enum class EnvMode { Gateway, Intercept };

/// What a connection consists of.
struct ClientEnvironment {
    QString baseUrl; ///< `http://127.0.0.1:8899`
    /// Local token; empty when access is open, and in interception where the client's own
    /// credential is what goes on.
    QString token;
    QString caFile; ///< interception only
    EnvMode mode = EnvMode::Gateway;
    QStringList interceptedHosts{}; ///< interception only: what must not be exempt from the proxy
    /// Interception only: the proxy is set by its lower-case names too, which win where they stand.
    bool hasLowerCaseProxy = false;
    QStringList without{}; ///< names of variables and keys that are not wanted
};

struct Variable {
    QString name;
    QString value;
    bool isSecret = false;
    friend bool operator==(const Variable&, const Variable&) = default;
};

/// The variables that lead Claude Code through Sallyport, in a fixed order. `existingNoProxy` is
/// merged into NO_PROXY, without entries that would lead past an interception. Without a token
/// ANTHROPIC_AUTH_TOKEN gets the word `sallyport` for a gateway, because Claude Code wants one to
/// skip its connectivity check.
[[nodiscard]] std::vector<Variable> variablesFor(const ClientEnvironment& environment,
                                                 const QString& existingNoProxy);

} // namespace sallyport
