// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <utility>
#include <vector>

namespace sallyport {

/// Where the secrets of one text are, as several searches find them. All searches read the text as
/// it came, so that none takes the mark of another for a secret.
class SecretSpans {
public:
    /// Bytes `[from, to)`; nothing happens where `to` is not after `from`. `showsEnd`: as maskOf().
    void add(qsizetype from, qsizetype to, bool showsEnd);
    [[nodiscard]] bool isEmpty() const { return m_spans.empty(); }
    /// Leaves out what is after `end`. Returns how many bytes after it belong to a span that starts
    /// before it.
    [[nodiscard]] qsizetype cutAt(qsizetype end);
    /// Where they are, `[first, second)` in order; those that overlap are one.
    [[nodiscard]] std::vector<std::pair<qsizetype, qsizetype>> places();
    /// The text with maskOf() in place of each span; spans that overlap are one, whose end is shown
    /// where all of them show theirs. Absent when there is no span.
    [[nodiscard]] std::optional<QByteArray> masked(QByteArrayView text);

private:
    struct Span {
        qsizetype from = 0;
        qsizetype to = 0;
        bool showsEnd = false;
    };
    void merge();

    std::vector<Span> m_spans;
};

} // namespace sallyport
