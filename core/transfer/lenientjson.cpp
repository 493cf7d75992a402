// SPDX-License-Identifier: MIT
#include "core/transfer/lenientjson.h"

#include "core/claudecode/connecterror.h"
#include "core/claudecode/jsonspans.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace sallyport {

namespace {

qsizetype stringEnd(const QByteArray& text, qsizetype quote) {
    qsizetype at = quote + 1;
    while (at < text.size() && text[at] != '"')
        at += text[at] == '\\' ? 2 : 1;
    return at + 1;
}

/// The bytes of a text that jsonspans::scan() accepted, without comments and trailing commas.
QByteArray strictText(const QByteArray& text) {
    QByteArray strict;
    strict.reserve(text.size());
    for (qsizetype at = jsonspans::skipInsignificant(text, 0); at < text.size();
         at = jsonspans::skipInsignificant(text, at)) {
        const qsizetype from = at;
        if (text[at] == ',') {
            const qsizetype next = jsonspans::skipInsignificant(text, at + 1);
            const bool isLast = next < text.size() && (text[next] == '}' || text[next] == ']');
            if (!isLast) strict += ',';
            at = next;
            continue;
        }
        at = text[at] == '"' ? stringEnd(text, at) : at + 1;
        strict += text.mid(from, at - from);
    }
    return strict;
}

QString notAnObject() { return QCoreApplication::translate("Import", "is not a JSON object"); }

} // namespace

Result<QJsonObject, QString> lenientJsonObject(const QByteArray& text) {
    if (text.size() > kMaxForeignBytes)
        return Failure{QCoreApplication::translate("Import", "is above 8 MiB")};
    const auto root = jsonspans::scan(text);
    if (!root)
        return Failure{QCoreApplication::translate("Import", "is not JSON in line %1: %2")
                           .arg(jsonspans::lineOf(text, root.error().offset))
                           .arg(jsonFaultText(root.error().kind))};
    if (!*root || (*root)->kind != jsonspans::Kind::Object) return Failure{notAnObject()};
    const auto document = QJsonDocument::fromJson(strictText(text));
    if (!document.isObject()) return Failure{notAnObject()};
    return document.object();
}

} // namespace sallyport
