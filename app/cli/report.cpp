// SPDX-License-Identifier: MIT
#include "app/cli/report.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace sallyport::cli {

namespace {

QLatin1String word(KeyState state) {
    switch (state) {
    case KeyState::Missing: return QLatin1String("missing");
    case KeyState::Applied: return QLatin1String("applied");
    case KeyState::Differs: return QLatin1String("differs");
    case KeyState::Blocked: return QLatin1String("blocked");
    }
    Q_UNREACHABLE();
}

QString keyLine(const KeyStatus& key, qsizetype width) {
    QString line = QLatin1String("  ") + word(key.state) + QLatin1String("  ");
    if (key.current.isEmpty() && key.blockedBy.isEmpty()) return line + key.key + u'\n';
    line += key.key.leftJustified(width + 2) + key.current;
    if (key.state == KeyState::Differs) line += QLatin1String("  (would be ") + key.wanted + u')';
    if (key.state == KeyState::Blocked)
        line += QLatin1String("  (") + key.blockedBy + QLatin1String(" wins)");
    return line + u'\n';
}

QJsonArray arrayOf(const std::vector<QString>& names) {
    QJsonArray array;
    for (const QString& name : names)
        array << name;
    return array;
}

QString listOf(QLatin1String head, const std::vector<QString>& names) {
    QString text;
    for (const QString& name : names)
        text += QLatin1String("  ") + head + name + u'\n';
    return text;
}

/// Whether Claude Code is pointed at Sallyport, and what is to be done where that does not help.
QString sentenceOf(const ConnectStatus& status) {
    if (!status.isConnected)
        return QStringLiteral(
            "Claude Code is not pointed at Sallyport; `sallyport env apply` does it.");
    if (!status.runningAddress.isEmpty())
        return QStringLiteral("Claude Code is pointed at Sallyport.");
    const auto address = std::find_if(status.keys.begin(), status.keys.end(), [](const auto& key) {
        return key.key == QLatin1String("env.ANTHROPIC_BASE_URL") ||
               key.key == QLatin1String("env.HTTPS_PROXY");
    });
    const QString where = address == status.keys.end() ? QString() : address->current;
    return QLatin1String("Claude Code is pointed at ") + where +
           QLatin1String(", and no Sallyport listens there: its requests fail. Start it with "
                         "`sallyport serve`.");
}

} // namespace

QString planText(const ConnectPlan& plan) {
    if (!plan.unifiedDiff.isEmpty()) return plan.unifiedDiff;
    return QLatin1String("Nothing to do: ") + plan.file +
           QLatin1String(" is as it would be written.\n");
}

QString appliedText(const ConnectPlan& plan) {
    if (plan.unifiedDiff.isEmpty()) return planText(plan);
    return plan.unifiedDiff +
           QLatin1String("\nDone. A running Claude Code follows within some seconds; take it back "
                         "with `sallyport env undo`.\n");
}

QString statusText(const ConnectStatus& status) {
    QString text = status.file + u'\n';
    qsizetype width = 0;
    for (const KeyStatus& key : status.keys)
        width = std::max(width, key.key.size());
    for (const KeyStatus& key : status.keys)
        text += keyLine(key, width);
    text += sentenceOf(status);
    if (status.hasJournal) text += QLatin1String(" `sallyport env undo` takes it back.");
    return text + u'\n';
}

QString undoText(const UndoReport& report) {
    if (report.hadNothingToUndo)
        return QLatin1String("Nothing to take back in ") + report.file + QLatin1String(".\n");
    QString text = report.file + u'\n';
    text += listOf(QLatin1String("put back    "), report.restored);
    text += listOf(QLatin1String("left alone  "), report.leftAlone);
    if (report.isFileRemoved) text += QLatin1String("  The file held nothing else and is gone.\n");
    if (!report.leftAlone.empty())
        text += QLatin1String("Keys left alone were changed by somebody else since.\n");
    return text +
           QLatin1String("A running Claude Code keeps variables that are gone: restart it.\n");
}

QByteArray planJson(const ConnectPlan& plan) {
    return QJsonDocument(QJsonObject{{QStringLiteral("file"), plan.file},
                                     {QStringLiteral("new_file"), plan.isNewFile},
                                     {QStringLiteral("diff"), plan.unifiedDiff}})
        .toJson();
}

QByteArray statusJson(const ConnectStatus& status) {
    QJsonArray keys;
    for (const KeyStatus& key : status.keys) {
        QJsonObject object{{QStringLiteral("key"), key.key},
                           {QStringLiteral("state"), word(key.state)},
                           {QStringLiteral("wanted"), key.wanted}};
        if (!key.current.isEmpty()) object[QLatin1String("current")] = key.current;
        if (!key.blockedBy.isEmpty()) object[QLatin1String("blocked_by")] = key.blockedBy;
        keys << object;
    }
    return QJsonDocument(
               QJsonObject{{QStringLiteral("file"), status.file},
                           {QStringLiteral("connected"), status.isConnected},
                           {QStringLiteral("listening"), !status.runningAddress.isEmpty()},
                           {QStringLiteral("undoable"), status.hasJournal},
                           {QStringLiteral("keys"), keys}})
        .toJson();
}

QByteArray undoJson(const UndoReport& report) {
    return QJsonDocument(QJsonObject{{QStringLiteral("file"), report.file},
                                     {QStringLiteral("restored"), arrayOf(report.restored)},
                                     {QStringLiteral("left_alone"), arrayOf(report.leftAlone)},
                                     {QStringLiteral("file_removed"), report.isFileRemoved},
                                     {QStringLiteral("nothing_to_undo"), report.hadNothingToUndo}})
        .toJson();
}

} // namespace sallyport::cli
