// SPDX-License-Identifier: MIT
#include "core/claudecode/vscodelist.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace sallyport::vscode {

namespace {

const QString kName = QStringLiteral("name");
const QString kValue = QStringLiteral("value");

std::optional<QJsonArray> parsed(const QByteArray& list) {
    if (list.isEmpty()) return QJsonArray();
    const QJsonDocument document = QJsonDocument::fromJson(list);
    if (!document.isArray()) return {};
    return document.array();
}

qsizetype indexOf(const QJsonArray& list, const QString& name) {
    for (qsizetype at = 0; at < list.size(); ++at)
        if (list.at(at)[kName].toString() == name) return at;
    return -1;
}

/// One entry to a line, in the indentation that VS Code uses.
QByteArray textOf(const QJsonArray& list, const QByteArray& lineEnd) {
    QByteArrayList lines;
    for (const auto entry : list) {
        const QJsonDocument whole(QJsonArray{entry});
        lines << "        " + whole.toJson(QJsonDocument::Compact).mid(1).chopped(1);
    }
    if (lines.isEmpty()) return "[]";
    return "[" + lineEnd + lines.join("," + lineEnd) + lineEnd + "    ]";
}

QByteArray lineEndOf(const QByteArray& text) { return text.contains("\r\n") ? "\r\n" : "\n"; }

} // namespace

std::optional<QByteArray> withVariables(const QByteArray& list,
                                        const std::vector<Variable>& variables,
                                        const QByteArray& lineEnd) {
    const auto present = parsed(list);
    if (!present) return {};
    QJsonArray merged = *present;
    for (const Variable& variable : variables) {
        const QJsonObject entry{{kName, variable.name}, {kValue, variable.value}};
        const qsizetype at = indexOf(merged, variable.name);
        if (at < 0)
            merged.append(entry);
        else if (merged.at(at)[kValue].toString() != variable.value)
            merged.replace(at, entry);
    }
    if (merged == *present && !list.isEmpty()) return list;
    return textOf(merged, lineEnd);
}

std::optional<QByteArray> withoutVariables(const QByteArray& list, const QByteArray& ours,
                                           const QByteArray& before) {
    auto now = parsed(list);
    const auto wrote = parsed(ours);
    const auto earlier = parsed(before);
    if (!now || !wrote || !earlier) return {};
    for (const auto entry : *wrote) {
        const QString name = entry[kName].toString();
        const qsizetype at = indexOf(*now, name);
        if (at < 0 || now->at(at)[kValue] != entry[kValue]) continue;
        const qsizetype old = indexOf(*earlier, name);
        if (old < 0)
            now->removeAt(at);
        else
            now->replace(at, earlier->at(old));
    }
    if (now->isEmpty() && before.isEmpty()) return QByteArray();
    return textOf(*now, lineEndOf(list));
}

bool isSameList(const QByteArray& a, const QByteArray& b) {
    const auto one = parsed(a);
    const auto other = parsed(b);
    return one && other && !a.isEmpty() && !b.isEmpty() && *one == *other;
}

std::optional<QString> variableIn(const QByteArray& list, const QString& name) {
    const auto present = parsed(list);
    const qsizetype at = present ? indexOf(*present, name) : -1;
    if (at < 0) return {};
    return present->at(at)[kValue].toString();
}

} // namespace sallyport::vscode
