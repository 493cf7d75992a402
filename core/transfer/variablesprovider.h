// SPDX-License-Identifier: MIT
#pragma once

#include "core/transfer/foundprovider.h"

#include <map>

namespace sallyport {

/// The variables of Claude Code that lead it to a provider, by their names.
using ClientVariables = std::map<QByteArray, QByteArray>;

/// The provider that these variables stand for: `ANTHROPIC_BASE_URL`, `ANTHROPIC_AUTH_TOKEN`, else
/// `ANTHROPIC_API_KEY`. Variables that name models or fields are left, and named.
[[nodiscard]] FoundProvider providerOfVariables(const QString& name,
                                                const ClientVariables& variables);

/// Takes the base URL of a provider: without the path of the Messages API and a slash at its end.
/// One that no upstream can have becomes the obstacle.
void setProviderUrl(FoundProvider& provider, const QString& url);
/// Takes the key; one that no field can carry becomes the obstacle.
void setProviderKey(FoundProvider& provider, const QByteArray& key);

/// A name as it may be shown and kept: without what is not printable, 64 characters at most.
[[nodiscard]] QString shownProviderName(const QString& name);

} // namespace sallyport
