// SPDX-License-Identifier: MIT
#pragma once

#include "core/history/filterquery.h"
#include "core/support/result.h"

#include <QStringView>

namespace sallyport::filter {

/// Reads a filter line: words and `key:value` that must all hold, `or`, `not` or a minus in front,
/// brackets, quotes, `/re/`. `or` binds less than what stands side by side. docs/log.md has the
/// grammar. What is not understood is a problem with its place, never a filter that finds nothing.
[[nodiscard]] Result<Query, Problem> parse(QStringView line);

/// The text of a value as a line would have it: in quotes where it needs them.
[[nodiscard]] QString quotedWord(const QString& text);

} // namespace sallyport::filter
