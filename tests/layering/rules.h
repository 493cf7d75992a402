// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringList>

#include <vector>

namespace sallyport::layering {

/// A room of the house: where it lies, what it may include of ours, and what it is for.
struct Room {
    const char* folder;
    int floor; ///< 0 is the ground; a room includes only rooms of lower floors
    QStringList mayInclude;
    const char* sentence;
};

/// Every room, ground floor first.
[[nodiscard]] const std::vector<Room>& rooms();

/// The room that the file lies in: the longest folder of rooms() that its path begins with; null
/// for a file in none. `path` is relative to the root, with slashes.
[[nodiscard]] const Room* roomOf(const QString& path);

/// `text` with the insides of comments blanked, so that words in prose are not taken for code.
/// Line ends stay. String literals stay too: an include is one.
[[nodiscard]] QByteArray withoutComments(const QByteArray& text);

/// What is wrong with one source file, each finding as `path:line: sentence`. `path` is relative to
/// the root; the file itself is not read.
[[nodiscard]] QStringList findingsIn(const QString& path, const QByteArray& text);

/// What is wrong with the table itself: an arrow that does not go down, or one to a room that is
/// not there.
[[nodiscard]] QStringList findingsInTable(const std::vector<Room>& table);

} // namespace sallyport::layering
