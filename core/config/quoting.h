// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

/// What the errors show of the files. They go to terminals, logs and screens, and a secret may
/// stand anywhere by mistake. Ordinary text is shown as it is; maskOf() replaces what could be a
/// secret, visibleText() escapes what a terminal would obey, and text above 100 characters is cut.
namespace sallyport {

/// Of a value or the name of an entry, not shown: user information of a URL and its query; what
/// stands after `=`, `: `, `Bearer` or `Basic`; what findSecretShapes() finds; words that
/// looksRandom() takes for keys.
[[nodiscard]] QString shownValue(const QByteArray& text);

/// The same of a key or the name of a field. Neither has a `:` or `=` in it, so all that stands
/// after one is a value in the wrong place, and not shown.
[[nodiscard]] QString shownName(const QByteArray& text);

} // namespace sallyport
