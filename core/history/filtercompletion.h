// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>
#include <QStringView>

namespace sallyport::filter {

/// What the word at a place of a line can become.
struct Completion {
    qsizetype position = 0; ///< of what is replaced
    qsizetype length = 0;
    QStringList words; ///< whole replacements, best first; at most kMaxWords
    static constexpr qsizetype kMaxWords = 12;
    friend bool operator==(const Completion&, const Completion&) = default;
};

/// Completions of the word that ends at `cursor`: keys, or values of the key that stands there:
/// its fixed ones, and of `seen` those that contain what is typed. `seen`: by key without colon,
/// what the log has shown, most frequent first. Nothing typed asks for nothing.
[[nodiscard]] Completion completionAt(QStringView line, qsizetype cursor,
                                      const QHash<QString, QStringList>& seen);

} // namespace sallyport::filter
