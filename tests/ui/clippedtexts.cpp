// SPDX-License-Identifier: MIT
#include "tests/ui/clippedtexts.h"

#include "ui/log/elidedlabel.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QStyle>
#include <QStyleOptionFrame>
#include <QTabBar>
#include <QToolButton>

namespace sallyport {

namespace {

/// Of the rounding of scaled sizes.
constexpr int kTolerance = 1;

bool isLess(int has, int needs) { return has + kTolerance < needs; }

QString plain(QString text) { return text.remove(u'&'); }

bool clipsLabel(const QLabel& label) {
    if (label.text().isEmpty() || qobject_cast<const ElidedLabel*>(&label)) return false;
    if (label.wordWrap()) return isLess(label.height(), label.heightForWidth(label.width()));
    return isLess(label.width(), label.sizeHint().width()) ||
           isLess(label.height(), label.sizeHint().height());
}

bool clipsButton(const QAbstractButton& button) {
    if (button.text().isEmpty()) return false;
    const auto* tool = qobject_cast<const QToolButton*>(&button);
    if (tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly) return false;
    return isLess(button.width(), button.fontMetrics().horizontalAdvance(plain(button.text()))) ||
           isLess(button.width(), button.sizeHint().width()) ||
           isLess(button.height(), button.sizeHint().height());
}

bool clipsBox(const QComboBox& box) {
    QStyleOptionComboBox option;
    option.initFrom(&box);
    const QRect room = box.style()->subControlRect(QStyle::CC_ComboBox, &option,
                                                   QStyle::SC_ComboBoxEditField, &box);
    return isLess(room.width(), box.fontMetrics().horizontalAdvance(box.currentText()));
}

bool clipsHint(const QLineEdit& line) {
    if (line.placeholderText().isEmpty() || !line.text().isEmpty()) return false;
    QStyleOptionFrame option;
    option.initFrom(&line);
    const QRect room = line.style()->subElementRect(QStyle::SE_LineEditContents, &option, &line);
    constexpr int kMargins = 4;
    return isLess(room.width() - kMargins,
                  line.fontMetrics().horizontalAdvance(line.placeholderText()));
}

bool clipsTab(const QTabBar& bar) {
    int needs = 0;
    for (int i = 0; i < bar.count(); ++i)
        needs += bar.tabRect(i).width();
    return isLess(bar.width(), needs);
}

/// The text that does not fit; empty when all does.
QString clippedText(const QWidget& widget) {
    if (const auto* label = qobject_cast<const QLabel*>(&widget))
        return clipsLabel(*label) ? label->text() : QString();
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
        return clipsButton(*button) ? button->text() : QString();
    if (const auto* box = qobject_cast<const QComboBox*>(&widget))
        return clipsBox(*box) ? box->currentText() : QString();
    if (const auto* line = qobject_cast<const QLineEdit*>(&widget))
        return clipsHint(*line) ? line->placeholderText() : QString();
    if (const auto* bar = qobject_cast<const QTabBar*>(&widget))
        return clipsTab(*bar) ? QStringLiteral("tabs") : QString();
    return {};
}

} // namespace

QStringList clippedTexts(const QWidget& window) {
    QStringList faults;
    for (const auto* widget : window.findChildren<QWidget*>()) {
        if (!widget->isVisible() || widget->window() != &window) continue;
        const QString text = clippedText(*widget);
        if (text.isEmpty()) continue;
        const QSize has = widget->size();
        const QSize needs = widget->sizeHint();
        faults +=
            QStringLiteral("%1 %2 has %3×%4 and needs %5×%6: %7")
                .arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName())
                .arg(has.width())
                .arg(has.height())
                .arg(needs.width())
                .arg(needs.height())
                .arg(text);
    }
    return faults;
}

} // namespace sallyport
