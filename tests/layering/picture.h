// SPDX-License-Identifier: MIT
#pragma once

#include "tests/layering/names.h"
#include "tests/layering/rules.h"

#include <QByteArray>

namespace sallyport::layering {

/// An include of one room by another, by their folders.
struct Arrow {
    QString from;
    QString to;
    friend bool operator==(const Arrow&, const Arrow&) = default;
};

/// The arrows between rooms that the includes of the tree make, without those that follow from two
/// others: where a includes b and b includes c, a's own include of c is left out.
[[nodiscard]] std::vector<Arrow> essentialArrows(const std::vector<Room>& table, const Tree& tree);

/// The rooms as an SVG picture: floors from the top, essentialArrows() between them, rooms without
/// a source dashed. The same tree gives the same bytes.
[[nodiscard]] QByteArray roomsPicture(const std::vector<Room>& table, const Tree& tree);

} // namespace sallyport::layering
