// SPDX-License-Identifier: MIT
#include "core/claudecode/unifieddiff.h"

#include <QByteArrayList>

#include <algorithm>
#include <vector>

namespace sallyport {

namespace {

constexpr std::size_t kContext = 3;
constexpr std::size_t kMaxTable = 4'000'000; ///< cells of the comparison table

struct Line {
    char mark = ' '; ///< ' ', '-', '+'
    QByteArray text;
};

/// Lines with their line ends.
std::vector<QByteArray> linesOf(const QByteArray& text) {
    std::vector<QByteArray> lines;
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype found = text.indexOf('\n', at);
        const qsizetype end = found < 0 ? text.size() : found + 1;
        lines.push_back(text.mid(at, end - at));
        at = end;
    }
    return lines;
}

using Lines = std::vector<QByteArray>;

/// Length of the longest common subsequence of each pair of tails.
std::vector<std::size_t> tailTable(const Lines& a, const Lines& b) {
    const std::size_t width = b.size() + 1;
    std::vector<std::size_t> table((a.size() + 1) * width);
    for (std::size_t i = a.size(); i-- > 0;) {
        for (std::size_t j = b.size(); j-- > 0;) {
            table[i * width + j] =
                a[i] == b[j] ? table[(i + 1) * width + j + 1] + 1
                             : std::max(table[(i + 1) * width + j], table[i * width + j + 1]);
        }
    }
    return table;
}

/// Lines of both texts in order, each with its mark.
std::vector<Line> script(const Lines& a, const Lines& b) {
    std::vector<Line> out;
    std::size_t i = 0;
    std::size_t j = 0;
    const std::size_t width = b.size() + 1;
    const bool isSmall = (a.size() + 1) * width <= kMaxTable;
    const auto table = isSmall ? tailTable(a, b) : std::vector<std::size_t>();
    while (i < a.size() && j < b.size()) {
        if (a[i] == b[j]) {
            out.push_back({' ', a[i++]});
            ++j;
        } else if (!isSmall || table[(i + 1) * width + j] >= table[i * width + j + 1]) {
            out.push_back({'-', a[i++]});
        } else {
            out.push_back({'+', b[j++]});
        }
    }
    for (; i < a.size(); ++i)
        out.push_back({'-', a[i]});
    for (; j < b.size(); ++j)
        out.push_back({'+', b[j]});
    return out;
}

/// `12,5`, as the head of a hunk wants it: an empty side names the line before.
QByteArray rangeText(std::size_t linesBefore, std::size_t count) {
    return QByteArray::number(qulonglong(count == 0 ? linesBefore : linesBefore + 1)) + ',' +
           QByteArray::number(qulonglong(count));
}

struct Hunk {
    std::size_t begin = 0;
    std::size_t end = 0;
};

std::vector<Hunk> hunksOf(const std::vector<Line>& lines) {
    std::vector<Hunk> hunks;
    for (std::size_t at = 0; at < lines.size(); ++at) {
        if (lines[at].mark == ' ') continue;
        const std::size_t begin = at > kContext ? at - kContext : 0;
        const std::size_t end = std::min(at + 1 + kContext, lines.size());
        if (!hunks.empty() && begin <= hunks.back().end)
            hunks.back().end = end;
        else
            hunks.push_back({begin, end});
    }
    return hunks;
}

std::size_t countWithout(const std::vector<Line>& lines, Hunk range, char mark) {
    const auto from = lines.begin() + std::ptrdiff_t(range.begin);
    const auto to = lines.begin() + std::ptrdiff_t(range.end);
    return std::size_t(
        std::count_if(from, to, [mark](const Line& line) { return line.mark != mark; }));
}

QByteArray hunkText(const std::vector<Line>& lines, Hunk hunk) {
    const Hunk ahead{0, hunk.begin};
    QByteArray out =
        "@@ -" + rangeText(countWithout(lines, ahead, '+'), countWithout(lines, hunk, '+')) + " +" +
        rangeText(countWithout(lines, ahead, '-'), countWithout(lines, hunk, '-')) + " @@\n";
    for (std::size_t at = hunk.begin; at < hunk.end; ++at) {
        out += lines[at].mark;
        out += lines[at].text;
        if (!lines[at].text.endsWith('\n')) out += "\n\\ No newline at end of file\n";
    }
    return out;
}

} // namespace

QString unifiedDiff(const DiffSides& sides) {
    if (sides.before == sides.after) return {};
    const auto lines = script(linesOf(sides.before), linesOf(sides.after));
    QByteArray out =
        "--- " + sides.beforeName.toUtf8() + "\n+++ " + sides.afterName.toUtf8() + '\n';
    for (const Hunk hunk : hunksOf(lines))
        out += hunkText(lines, hunk);
    return QString::fromUtf8(out);
}

} // namespace sallyport
