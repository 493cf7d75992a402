// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace sallyport {

/// The one of `known` that takes the fewest edits (an exchange of neighbours is one) to make from
/// `word`, letter case not counted; the first of equals. Empty when none is near enough to have
/// been meant.
[[nodiscard]] QString nearestOf(const QString& word, const QStringList& known);

/// ` did you mean "x"?`, or ` known here: a, b, c` where nothing is near; empty without names.
[[nodiscard]] QString suggestionFor(const QString& word, const QStringList& known);

} // namespace sallyport
