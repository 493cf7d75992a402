// SPDX-License-Identifier: MIT
#include "ui/log/keysheet.h"

#include "core/history/filterterms.h"

#include <QCoreApplication>
#include <QMessageBox>

namespace sallyport {

QString keySheetText() {
    const std::pair<QString, QString> keys[]{
        {QStringLiteral("Ctrl+L"), QCoreApplication::translate("KeySheet", "to the filter")},
        {QStringLiteral("Ctrl+F"), QCoreApplication::translate("KeySheet", "find in the detail")},
        {QStringLiteral("↑ ↓"),
         QCoreApplication::translate("KeySheet", "in the filter: those used before")},
        {QStringLiteral("Ctrl+P"), QCoreApplication::translate("KeySheet", "pause and go on")},
        {QStringLiteral("Ctrl+PgUp"), QCoreApplication::translate("KeySheet", "older requests")},
        {QStringLiteral("End"),
         QCoreApplication::translate("KeySheet", "follow the latest request")},
        {QStringLiteral("Enter"), QCoreApplication::translate("KeySheet", "open the detail")},
        {QStringLiteral("Esc"),
         QCoreApplication::translate("KeySheet", "clear the filter, close the detail")},
        {QStringLiteral("Ctrl+C"),
         QCoreApplication::translate("KeySheet", "copy the selected rows")},
        {QStringLiteral("Ctrl+Shift+C"), QCoreApplication::translate("KeySheet", "copy as cURL")},
        {QStringLiteral("Ctrl+Shift+E"),
         QCoreApplication::translate("KeySheet", "copy an error report")},
        {QStringLiteral("Ctrl+R"), QCoreApplication::translate("KeySheet", "re-send")},
        {QStringLiteral("Ctrl+Shift+R"),
         QCoreApplication::translate("KeySheet", "edit and re-send")},
        {QStringLiteral("Ctrl+D"),
         QCoreApplication::translate("KeySheet", "compare the responses of two requests")},
        {QStringLiteral("Ctrl+E"), QCoreApplication::translate("KeySheet", "export")},
        {QStringLiteral("F10"), QCoreApplication::translate("KeySheet", "the menu")},
        {QStringLiteral("Ctrl+W"), QCoreApplication::translate("KeySheet", "close the window")},
        {QStringLiteral("F1"), QCoreApplication::translate("KeySheet", "this sheet")},
    };
    QString rows;
    for (const auto& [key, meaning] : keys)
        rows += QStringLiteral("<tr><td><b>%1</b>&nbsp;&nbsp;</td><td>%2</td></tr>")
                    .arg(key, meaning.toHtmlEscaped());
    return QStringLiteral("<table cellpadding='3'>%1</table><p>%2</p><p><code>%3</code></p>")
        .arg(rows,
             QCoreApplication::translate("KeySheet", "The filter understands:").toHtmlEscaped(),
             filter::knownKeys().join(u' '));
}

void showKeySheet(QWidget* parent) {
    auto* sheet = new QMessageBox(parent);
    sheet->setObjectName(QStringLiteral("keySheet"));
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->setWindowTitle(QCoreApplication::translate("KeySheet", "Keys"));
    sheet->setTextFormat(Qt::RichText);
    sheet->setText(keySheetText());
    sheet->addButton(QCoreApplication::translate("KeySheet", "Close"), QMessageBox::AcceptRole);
    sheet->open();
}

} // namespace sallyport
