// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QHash>
#include <QMap>
#include <QString>
#include <QStringList>

namespace sallyport::layering {

/// C++ files of ours: the path relative to the root, with slashes, and the code in it, comments
/// blanked (withoutComments() of rules.h).
using Tree = QMap<QString, QByteArray>;

/// Sources of core, ui and app that have no header of their name in their folder, as `path:
/// sentence`. `main.cpp` needs none.
[[nodiscard]] QStringList sourcesWithoutHeader(const Tree& tree);

/// Classes whose member functions are defined in more than one source of core, ui and app, as
/// `Class: a.cpp, b.cpp`. Found by name: two classes of one name count as one.
[[nodiscard]] QStringList classesInTwoSources(const Tree& tree);

/// Sources of core, ui and app that no test reaches, as `path: sentence`. A source is reached when
/// a file in tests includes its header, or when a file of its room includes it whose own header a
/// test includes, or when `coveredBy` names the test. An entry of `coveredBy` that names no source
/// or no file of `testFiles` is a finding too. Both sides of an entry are paths; a source stands
/// without its ending.
[[nodiscard]] QStringList sourcesWithoutTest(const Tree& tree,
                                             const QHash<QString, QString>& coveredBy,
                                             const QStringList& testFiles);

/// Functions that headers of core, ui and app declare in public and nothing calls, as `path: name`.
/// Found by name, so that one that shares its name with another is passed over.
[[nodiscard]] QStringList unusedFunctions(const Tree& tree);

/// Which test holds a source that no test includes: processes, threads and sockets are driven from
/// outside. Keys are sources without their ending.
[[nodiscard]] const QHash<QString, QString>& coveredBy();

} // namespace sallyport::layering
