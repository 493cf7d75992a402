// SPDX-License-Identifier: MIT
#pragma once

#include <QMap>
#include <QString>
#include <QVariant>

class QWidget;

namespace sallyport {

/// What is entered and chosen in a window, by the object names of its inputs, so that a window that
/// is made anew shows it again: rows and pages that are chosen, buttons and ticks, choices, texts.
/// Inputs without a name are left out. May hold a key that was typed: kept in memory alone.
class FormContents {
public:
    enum class Inputs {
        All,
        Lines, ///< lines of text alone: other inputs of the window keep themselves
    };
    FormContents() = default;
    [[nodiscard]] static FormContents of(const QWidget& window, Inputs inputs = Inputs::All);
    /// Rows and pages first, since choosing one fills what belongs to it. What is missing in the
    /// window, or has other items, is left as it is.
    void showIn(QWidget& window) const;

private:
    QMap<QString, int> m_rows; ///< of lists, pages, choices
    QMap<QString, bool> m_checked;
    QMap<QString, QVariantList> m_ticks; ///< of each item of a list
    QMap<QString, QString> m_texts;
};

} // namespace sallyport
