// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/commandline.h"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace sallyport::cli {

/// The options of `env` and `run` that say what is connected and how.
class EnvOptions {
public:
    /// --mode, --create-ca, --profile, --without.
    void addChoice(CLI::App& app);
    /// --target, --home, --shell, --json.
    void addTarget(CLI::App& app);
    /// --shell, which has to be given.
    void addShell(CLI::App& app);
    /// --all.
    void addAll(CLI::App& app);

    /// Puts what was given into an invocation. The error is a clause.
    [[nodiscard]] Result<Done, std::string> into(Invocation& invocation) const;

private:
    std::string m_target = "claude";
    std::string m_mode;
    std::string m_profile;
    std::string m_home;
    std::string m_shell;
    std::vector<std::string> m_without;
    bool m_createsCa = false;
    bool m_isJson = false;
    bool m_isAll = false;
};

} // namespace sallyport::cli
