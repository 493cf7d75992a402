// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringView>

namespace sallyport {

/// The longest line that a text view is given, in UTF-16 code units: the layout of a line costs
/// more than linearly with its length (1 MB in one line: 37 s).
inline constexpr qsizetype kMaxDisplayLine = 2048;

/// Whether a byte may stand in base64, in its padding, or in base64url (RFC 4648).
[[nodiscard]] bool isBase64(char c);
/// The media type that the first bytes of base64 tell; empty for none that is known.
[[nodiscard]] QLatin1String mediaType(QByteArrayView base64);

/// Replaces base64 of more than kMaxDisplayLine bytes, as pictures and documents are sent inside
/// JSON, by its media type and decoded size: `‹image/png, 1.2 MiB, base64›`. The type is left out
/// where the first bytes do not tell it. Everything else is given as it came. Fed in pieces of any
/// size; keeps at most kMaxDisplayLine bytes back.
class Base64Folder {
public:
    /// The text that is complete now.
    [[nodiscard]] QByteArray feed(QByteArrayView bytes);
    /// The rest, at the end of the text.
    [[nodiscard]] QByteArray finish();

private:
    void extendRun(QByteArray& out, QByteArrayView run);
    void endRun(QByteArray& out);

    QByteArray m_run;       ///< base64 characters since the last other one, up to kMaxDisplayLine
    qint64 m_runLength = 0; ///< all of them
};

/// Puts a line end after every kMaxDisplayLine code units without one; surrogate pairs stay
/// together. Fed in pieces of any size.
class LineBreaker {
public:
    [[nodiscard]] QString feed(QStringView text);
    /// Whether a line was broken so far.
    [[nodiscard]] bool hasBroken() const { return m_hasBroken; }

private:
    qsizetype m_column = 0;
    bool m_hasBroken = false;
};

/// A whole text for a view: base64 folded, JSON laid out where `isJson`, long lines broken.
[[nodiscard]] QString displayText(QByteArrayView text, bool isJson);

} // namespace sallyport
