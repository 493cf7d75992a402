// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

namespace sallyport {

/// A file of ours as it can be shown to somebody else: its keys and values laid out anew, without
/// comments. Masked are values under a name that is a secret's, unless they only say where it is
/// (`env:`, `file:`, `keychain:`), what looks like a secret, user information in URLs, the
/// arguments of commands, and bodies. Of a file that is no YAML only that is said.
[[nodiscard]] QByteArray maskedYaml(const QByteArray& text);

} // namespace sallyport
