// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/commandline.h"

#include <string>
#include <utility>
#include <vector>

namespace CLI {
class App;
}

namespace sallyport::cli {

/// `config import` and `config export`.
class TransferOptions {
public:
    /// Adds both to `config`; each with its command.
    [[nodiscard]] std::vector<std::pair<CLI::App*, Command>> addTo(CLI::App& config);
    [[nodiscard]] ImportRequest request() const;

private:
    std::string m_source;
    std::vector<std::string> m_providers;
    std::string m_use;
    std::string m_keys;
    bool m_isList = false;
    bool m_isDryRun = false;
};

} // namespace sallyport::cli
