// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <optional>

namespace sallyport {

/// What a text file that is no JSON is to hold.
struct WantedText {
    QByteArray text;      ///< ends with a line end
    bool isWhole = false; ///< it is the whole file; else a block between two marked lines
};

/// How WantedText was put into a file, with what is needed to take it back to the byte.
struct TextEdit {
    bool isWhole = false;
    QByteArray lead;   ///< a line end put before the block, where the file ended without one
    QByteArray value;  ///< what we wrote, of a block with its marked lines
    QByteArray former; ///< what we had written before `value`; a crash may have left it
    std::optional<QByteArray> before{}; ///< of a whole file: what somebody else had in it
    friend bool operator==(const TextEdit&, const TextEdit&) = default;
};

/// A text with a TextEdit made or taken back.
struct EditedText {
    QByteArray text;
    TextEdit edit{};
    bool isLeftAlone = false; ///< somebody else has changed what we wrote
};

/// A block with its marked lines as it stands in a file.
[[nodiscard]] QByteArray markedBlock(const QByteArray& text);
/// Our part of a file as it is: the block with its marked lines, or the whole text; nothing when
/// there is no block.
[[nodiscard]] std::optional<QByteArray> presentText(const QByteArray& content, bool isWhole);

/// Puts the wanted text in: at the end of the file, or where it stands already. `earlier` is what
/// an earlier edit left; without it a whole file that does not begin with our mark is somebody
/// else's and is kept for undo.
[[nodiscard]] EditedText withTextSet(const QByteArray& content, const WantedText& wanted,
                                     const std::optional<TextEdit>& earlier);
/// Takes it back, if it still is what we wrote.
[[nodiscard]] EditedText withTextUndone(const QByteArray& content, const TextEdit& edit);

} // namespace sallyport
