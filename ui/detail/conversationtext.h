// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/conversation.h"

#include <QString>

namespace sallyport {

/// How much of a part is shown.
enum class Fold {
    Closed, ///< its head alone, with the first words
    Start,  ///< its first lines
    Open,
};

/// How much of a part is shown before anybody asked. `isOfResponse`: it is what came just now;
/// `isOld`: so many others follow that its head has to do.
[[nodiscard]] Fold usualFold(const ConversationPart& part, bool isOfResponse, bool isOld);
/// What a click on the head or the end of a part makes of it.
[[nodiscard]] Fold toggled(Fold fold, const ConversationPart& part);

/// The text of a part as far as it is shown.
struct FoldedText {
    QString text;
    qsizetype hiddenLines = 0; ///< after it
    bool isCut = false;        ///< more than is ever shown here (64 KiB); the body has all of it
};
[[nodiscard]] FoldedText foldedText(const ConversationPart& part, Fold fold);

/// What the head of a part calls it: `Thinking`, `Tool call Bash`; empty for a text, which needs
/// none.
[[nodiscard]] QString headText(const ConversationPart& part);
/// The first words of a part, in one line.
[[nodiscard]] QString firstWords(const ConversationPart& part);
[[nodiscard]] QString roleText(ConversationPart::Role role);

} // namespace sallyport
