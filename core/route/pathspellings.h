// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <vector>

namespace sallyport {

/// The texts that servers could take a path for, the path itself first.
///
/// One server decodes percent-encoding once, a second one again in what it calls, a third one not
/// at all before it looks for dot-segments. What is undone here, in every order: percent-encoding
/// of unreserved bytes (RFC 3986 6.2.2.2) and of all, `%uXXXX`, UTF-8 that is longer than it need
/// be, full-width and other compatible forms (Unicode NFKC), a backslash that stands for a slash, a
/// decoded `?` or `#` that ends the path. A usual path has one or two spellings.
///
/// Nothing for a path that has a NUL in one of them, percent-encoding more than 4 levels deep, more
/// than 16 spellings, or more than 64 KiB of them: no client means that, and reading it costs time.
[[nodiscard]] std::optional<std::vector<QByteArray>> pathSpellings(QByteArrayView rawPath);

} // namespace sallyport
