// SPDX-License-Identifier: MIT
#include "tests/layering/rules.h"

#include <QRegularExpression>

#include <algorithm>

namespace sallyport::layering {

namespace {

constexpr int kMaxLines = 400;

/// A word that sources of ours do not hold, and why.
struct Ban {
    const char* pattern;
    const char* sentence;
    QStringList exceptIn; ///< folders where it is allowed
};

const std::vector<Ban>& bans() {
    static const std::vector<Ban> list = {
        {R"(\bwaitFor(ReadyRead|BytesWritten|Connected|Disconnected|Encrypted|Finished|Started|NewConnection|Done)\b)",
         "waitFor… blocks the thread's event loop",
         {}},
        {R"(\bQEventLoop\b)", "a nested event loop re-enters whoever called", {}},
        {R"(\bprocessEvents\s*\()", "processEvents is a nested event loop", {}},
        {R"((->|\.|\bQObject::|[^\w:>.])sender\s*\(\s*\))",
         "sender() hides where a call came from",
         {}},
        {R"(\bdelete\s+this\b)", "an object does not delete itself; deleteLater, or its owner", {}},
        {R"(\bQThread::(m|u)?sleep\b|\bstd::this_thread::sleep_)", "nothing sleeps", {}},
        {R"(\bQLatin1(String|StringView)\s*\(\s*"[^"]*[^\x00-\x7f])",
         "what is not ASCII comes out wrong of QLatin1String",
         {}},
        {R"(\b(TODO|FIXME|XXX)\b)", "unfinished work goes into an issue", {}},
        {R"(\bQ(Tcp|Ssl|Udp)Socket\b(?!::Verify\w+\b)|\bQAbstractSocket\b(?!::\w+Protocol\b)|\bQ(Tcp|Ssl)Server\b)",
         "only core/net names a socket class; others use ByteStream and Listener",
         {QStringLiteral("core/net")}},
    };
    return list;
}

QString at(const QString& path, qsizetype line, const QString& sentence) {
    return QStringLiteral("%1:%2: %3").arg(path).arg(line).arg(sentence);
}

bool isBelow(const QString& path, const QString& folder) { return path.startsWith(folder + u'/'); }

QStringList includeFindings(const QString& path, const Room& room, const QStringList& lines) {
    static const QRegularExpression include(
        QStringLiteral(R"(^\s*#\s*include\s+["<]((?:core|ui|app|tests)/[^">]+)[">])"));
    QStringList found;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const auto match = include.match(lines[i]);
        if (!match.hasMatch()) continue;
        const QString included = match.captured(1);
        const Room* other = roomOf(included);
        if (other == &room) continue;
        const QString name = other ? QString::fromLatin1(other->folder) : included;
        if (!other || !room.mayInclude.contains(name))
            found << at(path, i + 1,
                        QStringLiteral("%1 may not include %2")
                            .arg(QString::fromLatin1(room.folder), name));
    }
    return found;
}

QStringList banFindings(const QString& path, const QStringList& code, const QStringList& raw) {
    QStringList found;
    for (const Ban& ban : bans()) {
        if (std::any_of(ban.exceptIn.begin(), ban.exceptIn.end(),
                        [&](const QString& folder) { return isBelow(path, folder); }))
            continue;
        const QRegularExpression pattern{QString::fromUtf8(ban.pattern)};
        // Marks of unfinished work stand in comments; everything else is looked for in code only.
        const QStringList& lines = qstrncmp(ban.pattern, "\\b(TODO", 7) == 0 ? raw : code;
        for (qsizetype i = 0; i < lines.size(); ++i)
            if (pattern.match(lines[i]).hasMatch())
                found << at(path, i + 1, QString::fromUtf8(ban.sentence));
    }
    return found;
}

} // namespace

QByteArray withoutComments(const QByteArray& text) {
    QByteArray out = text;
    enum class In { Code, Line, Block, String, Char };
    In in = In::Code;
    for (qsizetype i = 0; i < out.size(); ++i) {
        const char c = out[i];
        const char next = i + 1 < out.size() ? out[i + 1] : '\0';
        if (in == In::Code) {
            if (c == '/' && next == '/')
                in = In::Line;
            else if (c == '/' && next == '*')
                in = In::Block;
            else if (c == '"')
                in = In::String;
            else if (c == '\'' && !(i > 0 && std::isalnum(static_cast<unsigned char>(out[i - 1]))))
                in = In::Char;
        } else if ((in == In::String && c == '"') || (in == In::Char && c == '\'')) {
            in = In::Code;
        } else if ((in == In::String || in == In::Char) && c == '\\') {
            ++i;
        } else if (in == In::Line && c == '\n') {
            in = In::Code;
        } else if (in == In::Block && c == '*' && next == '/') {
            out[i] = out[i + 1] = ' ';
            in = In::Code;
        }
        if ((in == In::Line || in == In::Block) && out[i] != '\n') out[i] = ' ';
    }
    return out;
}

const Room* roomOf(const QString& path) {
    const Room* best = nullptr;
    for (const Room& room : rooms()) {
        const bool isLonger = !best || qstrlen(room.folder) > qstrlen(best->folder);
        if (isLonger && isBelow(path, QString::fromLatin1(room.folder))) best = &room;
    }
    return best;
}

QStringList findingsIn(const QString& path, const QByteArray& text) {
    QStringList found;
    const QStringList raw = QString::fromUtf8(text).split(u'\n');
    const QStringList code = QString::fromUtf8(withoutComments(text)).split(u'\n');
    if (!raw.value(0).startsWith(QStringLiteral("// SPDX-License-Identifier: MIT")))
        found << at(path, 1, QStringLiteral("the first line is the SPDX line"));
    if (isBelow(path, QStringLiteral("tests"))) return found;

    if (path.endsWith(QStringLiteral(".h")) && !text.contains("\n#pragma once"))
        found << at(path, 1, QStringLiteral("a header has #pragma once"));
    const qsizetype lineCount = text.count('\n');
    if (lineCount > kMaxLines)
        found << at(path, lineCount, QStringLiteral("a file has at most %1 lines").arg(kMaxLines));
    const Room* room = roomOf(path);
    if (!room) return found << at(path, 1, QStringLiteral("lies in no room of the table"));
    return found << includeFindings(path, *room, code) << banFindings(path, code, raw);
}

QStringList findingsInTable(const std::vector<Room>& table) {
    QStringList found;
    for (const Room& room : table) {
        for (const QString& name : room.mayInclude) {
            const auto other = std::find_if(table.begin(), table.end(), [&](const Room& r) {
                return name == QLatin1String(r.folder);
            });
            const QString arrow =
                QStringLiteral("%1 -> %2").arg(QString::fromLatin1(room.folder), name);
            if (other == table.end())
                found << arrow + QStringLiteral(": no such room");
            else if (other->floor >= room.floor)
                found << arrow + QStringLiteral(": an arrow goes down, to a lower floor");
        }
    }
    return found;
}

} // namespace sallyport::layering
