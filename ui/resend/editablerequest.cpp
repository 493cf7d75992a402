// SPDX-License-Identifier: MIT
#include "ui/resend/editablerequest.h"

#include "core/http/headgrammar.h"
#include "core/support/ascii.h"
#include "ui/detail/exchangetext.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace sallyport {

namespace {
constexpr qsizetype kMaxEdited = 1024 * 1024;
constexpr qsizetype kMaxLine = 32 * 1024;
} // namespace

Result<FieldList, QString> fieldsOf(const QString& text) {
    FieldList fields;
    const QStringList lines = text.split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QByteArray line = lines.at(i).toUtf8();
        if (line.trimmed().isEmpty()) continue;
        const qsizetype colon = line.indexOf(':');
        const QByteArrayView name = QByteArrayView(line).first(std::max<qsizetype>(colon, 0));
        if (!grammar::isToken(name))
            return Failure{
                QCoreApplication::translate("Resend", "Header line %1 is not \"Name: value\".")
                    .arg(i + 1)};
        const QByteArrayView value = ascii::trimmedOws(QByteArrayView(line).sliced(colon + 1));
        if (!grammar::isFieldText(value))
            return Failure{QCoreApplication::translate(
                               "Resend", "Header line %1 has a control character in it.")
                               .arg(i + 1)};
        fields.append(name, value);
    }
    return fields;
}

std::optional<QString> editableText(const QByteArray& content, bool isJson) {
    if (content.size() > kMaxEdited || !content.isValidUtf8() || content.contains('\0')) return {};
    const QByteArray shown = isJson ? prettyJson(content) : content;
    for (qsizetype from = 0; from < shown.size();) {
        const qsizetype end = shown.indexOf('\n', from);
        const qsizetype line = (end < 0 ? shown.size() : end) - from;
        if (line > kMaxLine) return {};
        from += line + 1;
    }
    return QString::fromUtf8(shown);
}

} // namespace sallyport
