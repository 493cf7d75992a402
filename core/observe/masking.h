// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace sallyport {

/// What stands for a secret: `‹redacted, 48 bytes, …c41e›`. The end is shown where it is wanted,
/// of printable secrets of 12 bytes and more.
[[nodiscard]] QByteArray maskOf(QByteArrayView secret, bool showsEnd);

/// A text of which secrets are replaced; nothing is copied as long as there are none.
class Masking {
public:
    /// The text must outlive this.
    explicit Masking(QByteArrayView text)
        : m_text(text) {}
    /// In rising order. Nothing happens where there is nothing between the two.
    void mask(qsizetype from, qsizetype to, bool showsEnd);
    /// Absent when nothing was replaced.
    [[nodiscard]] std::optional<QByteArray> take();

private:
    QByteArrayView m_text;
    QByteArray m_out;
    qsizetype m_copied = 0;
};

} // namespace sallyport
