// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

namespace sallyport {

/// The filters that were used, and a place in them that the arrow keys move. A value.
class FilterHistory {
public:
    static constexpr qsizetype kMaxEntries = 50;

    explicit FilterHistory(QStringList entries = {});
    /// The latest first.
    [[nodiscard]] const QStringList& entries() const { return m_entries; }
    /// A filter was used; blanks at its ends do not count, an empty one is not kept.
    void note(const QString& text);
    /// The one used before the one that is shown; `shown` is kept as a draft when the first step is
    /// taken. At the oldest it stays.
    [[nodiscard]] QString older(const QString& shown);
    /// Back towards the draft; `shown` when that is where it is.
    [[nodiscard]] QString newer(const QString& shown);

private:
    QStringList m_entries;
    QString m_draft;
    qsizetype m_at = -1; ///< -1: the draft
};

} // namespace sallyport
