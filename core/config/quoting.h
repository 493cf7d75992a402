// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

/// What the errors may show of the files: they go to terminals, logs and screens, and a secret may
/// stand anywhere by mistake. Ordinary text is shown as it is; `…` stands for what could be a
/// secret, visibleText() makes the rest harmless, and what is long is cut.
namespace sallyport {

/// Of a value or the name of an entry, not shown: user information of a URL and its query; what
/// stands behind `=`, `: `, `Bearer` or `Basic`; words that look like keys (`sk-…`, 20 letters and
/// digits in a row, long mixtures of them with dashes).
[[nodiscard]] QString shownValue(const QByteArray& text);

/// The same of a key or the name of a field. Neither has a `:` or `=` in it, so all that stands
/// behind one is a value in the wrong place, and not shown.
[[nodiscard]] QString shownName(const QByteArray& text);

} // namespace sallyport
