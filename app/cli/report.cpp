// SPDX-License-Identifier: MIT
#include "app/cli/report.h"

#include "core/support/visibletext.h"

#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

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
    line += key.key.leftJustified(width + 2) + visibleText(key.current);
    if (key.state == KeyState::Differs)
        line += QLatin1String("  (would be ") + visibleText(key.wanted) + u')';
    if (key.state == KeyState::Blocked)
        line += QLatin1String("  (") + visibleText(key.blockedBy) + QLatin1String(" wins)");
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

/// `sallyport env apply --target shell`, in backquotes; the target is left out where it is usual.
QString command(const char* verb, ClientTarget target) {
    QString text = QLatin1String("`sallyport env ") + QLatin1String(verb);
    if (target != ClientTarget::Claude) text += QLatin1String(" --target ") + targetName(target);
    return text + u'`';
}

/// What the target is pointed at, by the key that says it; empty when none does.
QString addressIn(const ConnectStatus& status) {
    const auto address = std::find_if(status.keys.begin(), status.keys.end(), [](const auto& key) {
        return key.key.endsWith(QLatin1String("ANTHROPIC_BASE_URL")) ||
               key.key.endsWith(QLatin1String("HTTPS_PROXY"));
    });
    return address == status.keys.end() ? QString() : visibleText(address->current);
}

bool leadsToThisMachine(const ConnectStatus& status) {
    const QString host = QUrl(addressIn(status)).host();
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

/// Sallyport wrote the keys, and listens elsewhere now.
bool isAtOldAddress(const ConnectStatus& status) {
    const QString now = QLatin1String("http://") + status.runningAddress;
    return status.hasJournal && !status.runningAddress.isEmpty() && leadsToThisMachine(status) &&
           !addressIn(status).startsWith(now);
}

QString blockerIn(const ConnectStatus& status) {
    for (const KeyStatus& key : status.keys)
        if (key.state == KeyState::Blocked) return visibleText(key.blockedBy);
    return {};
}

QString connectedSentence(const ConnectStatus& status, ClientTarget target) {
    const QString who = target == ClientTarget::Shell || target == ClientTarget::Graphical
                            ? QStringLiteral("Programs are")
                            : QStringLiteral("Claude Code is");
    if (!status.runningAddress.isEmpty()) return who + QLatin1String(" pointed at Sallyport.");
    const QString address = addressIn(status);
    const QString where = address.isEmpty() ? QStringLiteral("Sallyport") : address;
    return who + QLatin1String(" pointed at ") + where +
           QLatin1String(", and no Sallyport listens there: its requests fail. Start it with "
                         "`sallyport serve`.");
}

/// Whether Claude Code is pointed at Sallyport, and what is to be done where that does not help.
QString sentenceOf(const ConnectStatus& status, ClientTarget target) {
    const QString apply = command("apply", target);
    if (status.isConnected) return connectedSentence(status, target);
    if (isAtOldAddress(status))
        return QLatin1String("Claude Code is pointed at ") + addressIn(status) +
               QLatin1String(", which Sallyport has left: its requests fail. It listens at ") +
               status.runningAddress + QLatin1String(" now; ") + apply +
               QLatin1String(" leads there.");
    if (const QString blocker = blockerIn(status); !blocker.isEmpty() && status.hasJournal)
        return QLatin1String("Sallyport wrote its keys, and ") + blocker +
               QLatin1String(" wins over them: change it there.");
    if (status.hasJournal)
        return QLatin1String(
                   "Sallyport wrote its keys, and some of them have been changed since; ") +
               apply + QLatin1String(" writes them again.");
    if (target == ClientTarget::Session)
        return QStringLiteral("This terminal is not pointed at Sallyport; "
                              "`eval \"$(sallyport env apply --target session)\"` does it.");
    return QLatin1String("Claude Code is not pointed at Sallyport; ") + apply +
           QLatin1String(" does it.");
}

QString doneText(ClientTarget target) {
    switch (target) {
    case ClientTarget::Session: break;
    case ClientTarget::Claude:
    case ClientTarget::Project:
        return QStringLiteral("Done. A running Claude Code follows within some seconds; take it "
                              "back with ");
    case ClientTarget::Shell:
        return QStringLiteral("Done. Shells that are started from now on have the variables; "
                              "those that are open keep theirs. Take it back with ");
    case ClientTarget::Graphical:
        return QStringLiteral("Done. Programs have the variables from the next login on; take it "
                              "back with ");
    case ClientTarget::VsCode:
        return QStringLiteral("Done. Claude Code in VS Code has the variables once the window is "
                              "reloaded; take it back with ");
    }
    return {};
}

/// What became of a company's proxy.
QString proxyNote(const ConnectPlan& plan) {
    if (plan.proxyBefore.isEmpty()) return {};
    return QLatin1String("\nThe proxy ") + plan.proxyBefore +
           QLatin1String(
               " was set, and Claude Code asks Sallyport instead of it now. Where the way "
               "out leads through\nthat proxy, give it to the upstream in routes.yaml: "
               "`via: ") +
           plan.proxyBefore + QLatin1String("`. What stood in the file comes back with undo.\n");
}

QJsonObject undoObject(const UndoReport& report) {
    return {{QStringLiteral("file"), report.file},
            {QStringLiteral("restored"), arrayOf(report.restored)},
            {QStringLiteral("left_alone"), arrayOf(report.leftAlone)},
            {QStringLiteral("file_removed"), report.isFileRemoved},
            {QStringLiteral("nothing_to_undo"), report.hadNothingToUndo}};
}

} // namespace

bool leadsNowhere(const ConnectStatus& status) {
    if (!status.runningAddress.isEmpty()) return isAtOldAddress(status);
    return status.isConnected || (status.hasJournal && leadsToThisMachine(status));
}

QString planText(const ConnectPlan& plan) {
    if (!plan.unifiedDiff.isEmpty()) return plan.unifiedDiff + proxyNote(plan);
    return QLatin1String("Nothing to do: ") + plan.file +
           QLatin1String(" is as it would be written.\n");
}

QString appliedText(const ConnectPlan& plan, ClientTarget target) {
    if (plan.unifiedDiff.isEmpty()) return planText(plan);
    return plan.unifiedDiff + u'\n' + doneText(target) + command("undo", target) +
           QLatin1String(".\n") + proxyNote(plan);
}

QString statusText(const ConnectStatus& status, ClientTarget target) {
    QString text = visibleText(status.file) + u'\n';
    qsizetype width = 0;
    for (const KeyStatus& key : status.keys)
        width = std::max(width, key.key.size());
    for (const KeyStatus& key : status.keys)
        text += keyLine(key, width);
    text += sentenceOf(status, target);
    if (status.hasJournal)
        text += u' ' + command("undo", target) + QLatin1String(" takes it back.");
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
                                     {QStringLiteral("diff"), plan.unifiedDiff},
                                     {QStringLiteral("proxy_before"), plan.proxyBefore}})
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

QString undoAllText(const std::vector<UndoReport>& reports) {
    if (reports.empty()) return QStringLiteral("Nothing to take back.\n");
    QString text;
    for (const UndoReport& report : reports)
        text += undoText(report);
    return text;
}

QByteArray undoJson(const UndoReport& report) { return QJsonDocument(undoObject(report)).toJson(); }

QByteArray undoAllJson(const std::vector<UndoReport>& reports) {
    QJsonArray array;
    for (const UndoReport& report : reports)
        array << undoObject(report);
    return QJsonDocument(array).toJson();
}

} // namespace sallyport::cli
