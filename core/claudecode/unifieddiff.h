// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace sallyport {

/// The two texts of a diff and what their files are called in its head.
struct DiffSides {
    QString beforeName;
    QByteArray before;
    QString afterName;
    QByteArray after;
};

/// Unified diff with three lines of context; empty when the texts are equal. Line by line; texts of
/// some thousand lines at most, beyond that the changed part is shown as one block.
[[nodiscard]] QString unifiedDiff(const DiffSides& sides);

} // namespace sallyport
