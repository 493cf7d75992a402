// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <vector>

namespace sallyport {

/// A value in a JSON text, by its place. Nothing of it is decoded: a text of 4 MiB is walked once
/// for each level that is looked at, and what was cut, or is not quite JSON, is shown as far as it
/// goes.
struct JsonEntry {
    enum class Kind { Object, Array, String, Other };
    Kind kind = Kind::Other;
    QString name;        ///< of a member; empty in an array and for the whole text
    qsizetype begin = 0; ///< of the value in the text
    qsizetype end = 0;   ///< after it
    friend bool operator==(const JsonEntry&, const JsonEntry&) = default;
};

/// The value that stands at `from` or after white space there.
[[nodiscard]] JsonEntry jsonEntryAt(QByteArrayView text, qsizetype from);
/// The members or elements of an object or array, in order of the text; none for other values.
[[nodiscard]] std::vector<JsonEntry> jsonEntriesOf(QByteArrayView text, const JsonEntry& parent);
/// A string with its escapes undone and without quotes, at most `limit` bytes of it as written;
/// other values as they are written.
[[nodiscard]] QString jsonEntryText(QByteArrayView text, const JsonEntry& entry, qsizetype limit);

} // namespace sallyport
