// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace sallyport {

enum class EnvMode { Gateway, Intercept };

/// What a connection consists of.
struct ClientEnvironment {
    QString baseUrl; ///< `http://127.0.0.1:8899`
    QString token;   ///< local token; empty when access is open
    QString caFile;  ///< interception only
    EnvMode mode = EnvMode::Gateway;
};

struct Variable {
    QString name;
    QString value;
    bool isSecret = false;
    friend bool operator==(const Variable&, const Variable&) = default;
};

/// The variables that lead Claude Code through Sallyport, in a fixed order. `existingNoProxy` is
/// merged into NO_PROXY. Without a token ANTHROPIC_AUTH_TOKEN gets the word `sallyport`, because
/// Claude Code wants one to skip its connectivity check.
[[nodiscard]] std::vector<Variable> variablesFor(const ClientEnvironment& environment,
                                                 const QString& existingNoProxy);

} // namespace sallyport
