// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"
#include "core/transfer/foundprovider.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace sallyport {

/// The providers of claude-code-router: of `~/.claude-code-router/config.json`, or of the value
/// `default` in the table `app_config` of version 3, which has the same names. Only those that
/// speak the Messages API can be carried over: most speak another one, and claude-code-router
/// translates. A key that is written `$NAME` or `${NAME}` is that of a variable. 1000 at most. The
/// error is a clause.
[[nodiscard]] Result<std::vector<FoundProvider>, QString>
claudeCodeRouterProviders(const QByteArray& configJson);

} // namespace sallyport
