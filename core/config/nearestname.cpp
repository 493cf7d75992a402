// SPDX-License-Identifier: MIT
#include "core/config/nearestname.h"

#include "core/config/quoting.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

namespace sallyport {

namespace {

/// A word longer than this is no slip of the pen; keeps the cost of a hostile key small.
constexpr qsizetype kMaxWord = 64;

/// Edit distance with exchange of neighbours (optimal string alignment).
qsizetype distance(const QString& a, const QString& b) {
    const auto columns = static_cast<std::size_t>(b.size()) + 1;
    std::vector<qsizetype> two(columns);
    std::vector<qsizetype> one(columns);
    std::vector<qsizetype> row(columns);
    for (std::size_t j = 0; j < columns; ++j)
        one[j] = static_cast<qsizetype>(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j < columns; ++j) {
            const auto at = static_cast<qsizetype>(j);
            const qsizetype change = a[i - 1] == b[at - 1] ? 0 : 1;
            row[j] = std::min({one[j] + 1, row[j - 1] + 1, one[j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[at - 2] && a[i - 2] == b[at - 1])
                row[j] = std::min(row[j], two[j - 2] + 1);
        }
        two.swap(one);
        one.swap(row);
    }
    return one[columns - 1];
}

} // namespace

QString nearestOf(const QString& word, const QStringList& known) {
    if (word.size() > kMaxWord) return {};
    const QString wanted = word.toLower();
    QString best;
    qsizetype least = std::max<qsizetype>(2, word.size() / 2);
    for (const QString& candidate : known) {
        if (candidate.size() > kMaxWord) continue;
        const qsizetype edits = distance(wanted, candidate.toLower());
        if (edits > least || (edits == least && !best.isEmpty())) continue;
        best = candidate;
        least = edits;
    }
    return best;
}

QString suggestionFor(const QString& word, const QStringList& known) {
    if (known.isEmpty()) return {};
    if (const QString nearest = nearestOf(word, known); !nearest.isEmpty())
        return QCoreApplication::translate("Config", " did you mean \"%1\"?")
            .arg(shownValue(nearest.toUtf8()));
    constexpr int kMaxListed = 16;
    QStringList listed;
    for (const QString& name : known.mid(0, kMaxListed))
        listed.append(shownValue(name.toUtf8()));
    return QCoreApplication::translate("Config", " known here: %1")
        .arg(listed.join(QLatin1String(", ")));
}

} // namespace sallyport
