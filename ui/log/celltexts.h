// SPDX-License-Identifier: MIT
#pragma once

#include <QCache>
#include <QFont>
#include <QGlyphRun>
#include <QHash>
#include <QList>
#include <QPainter>
#include <QString>

namespace sallyport {

/// Texts of one font as cells show them, on one line, cut where there is no room. Laying one out
/// takes as long as painting it, and the cells of a table mostly repeat those of the rows around,
/// and what they showed 33 ms before: the latest kMaxTexts are kept laid out.
class CellTexts {
public:
    static constexpr int kMaxTexts = 4096;

    /// Forgets all when it is another one than before.
    void setFont(const QFont& font);
    /// In the painter's pen, in the middle of the height; at the right edge where `side` has
    /// Qt::AlignRight, else at the left one.
    void paint(QPainter& painter, const QString& text, const QRectF& room, Qt::Alignment side);

private:
    struct Key {
        QString text;
        int room = 0;
        friend bool operator==(const Key&, const Key&) = default;
        friend size_t qHash(const Key& key, size_t seed) {
            return qHashMulti(seed, key.text, key.room);
        }
    };
    struct Line {
        QString text; ///< as far as there is room
        QList<QGlyphRun> glyphs;
        qreal width = 0;
    };
    [[nodiscard]] const Line& lineOf(const QString& text, int room);

    QFont m_font;
    QCache<Key, Line> m_lines{kMaxTexts};
};

} // namespace sallyport
