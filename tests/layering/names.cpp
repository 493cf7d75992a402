// SPDX-License-Identifier: MIT
#include "tests/layering/names.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace sallyport::layering {

namespace {

bool isOurs(const QString& path) { return !path.startsWith(QLatin1String("tests/")); }
bool isSource(const QString& path) { return path.endsWith(QLatin1String(".cpp")); }
bool isHeader(const QString& path) { return path.endsWith(QLatin1String(".h")); }
bool isMain(const QString& path) { return path.endsWith(QLatin1String("/main.cpp")); }

QString withoutEnding(const QString& path) { return path.first(path.lastIndexOf(u'.')); }
QString folderOf(const QString& path) { return path.first(path.lastIndexOf(u'/')); }

/// The files that the code includes of ours, endings left out.
QSet<QString> includesIn(const QByteArray& code) {
    static const QRegularExpression include(
        QStringLiteral(R"(^\s*#\s*include\s+["<]((?:core|ui|app)/[^">]+)[">])"),
        QRegularExpression::MultilineOption);
    QSet<QString> found;
    auto matches = include.globalMatch(QString::fromUtf8(code));
    while (matches.hasNext())
        found += withoutEnding(matches.next().captured(1));
    return found;
}

/// What tests reach: included by one, or by a file of the same folder whose header is.
QSet<QString> reachedUnits(const Tree& tree) {
    QSet<QString> direct;
    for (const auto& [path, code] : tree.asKeyValueRange())
        if (!isOurs(path)) direct += includesIn(code);
    QSet<QString> reached = direct;
    for (const auto& [path, code] : tree.asKeyValueRange()) {
        if (!isOurs(path) || !direct.contains(withoutEnding(path))) continue;
        for (const QString& unit : includesIn(code))
            if (folderOf(unit) == folderOf(path)) reached += unit;
    }
    return reached;
}

/// The header without what it declares in private; lines stay.
QString publicPart(const QString& header) {
    static const QRegularExpression close(QStringLiteral(R"(^\s*private(\s+slots)?\s*:)"));
    static const QRegularExpression open(QStringLiteral(
        R"(^\s*(public|protected)(\s+slots)?\s*:|^\s*signals:|^\};|^(class|struct)\b)"));
    QStringList kept;
    bool isPrivate = false;
    for (const QString& line : header.split(u'\n')) {
        if (close.match(line).hasMatch())
            isPrivate = true;
        else if (open.match(line).hasMatch())
            isPrivate = false;
        if (!isPrivate) kept += line;
    }
    return kept.join(u'\n');
}

/// Names in front of a bracket; what overrides is called by whoever declared it first.
QSet<QString> functionsIn(const QString& header) {
    static const QRegularExpression declared(
        QStringLiteral(R"(\b([a-z]\w*)\s*\([^;{}]*?\)([^;{}]*)[;{])"));
    static const QSet<QString> words{QStringLiteral("if"),       QStringLiteral("for"),
                                     QStringLiteral("while"),    QStringLiteral("switch"),
                                     QStringLiteral("return"),   QStringLiteral("sizeof"),
                                     QStringLiteral("decltype"), QStringLiteral("noexcept")};
    QSet<QString> names;
    auto matches = declared.globalMatch(publicPart(header));
    while (matches.hasNext()) {
        const auto match = matches.next();
        const bool isOverride = match.captured(2).contains(QLatin1String("override"));
        if (!isOverride && !words.contains(match.captured(1))) names += match.captured(1);
    }
    return names;
}

/// The class, with those around it, whose member function a line begins to define; empty for any
/// other line. A definition begins in the first column.
QString classDefinedBy(const QString& line) {
    static const QRegularExpression member(
        QStringLiteral(R"(^(?!using\b|return\b)[\w:][^()=;]*?\b((?:[A-Z]\w*::)+)~?\w+\s*\()"));
    static const QRegularExpression first(QStringLiteral(R"(^((?:[A-Z]\w*::)+)~?\w+\s*\()"));
    if (line.endsWith(u';') && !line.contains(QLatin1String("= default"))) return {};
    auto match = first.match(line);
    if (!match.hasMatch()) match = member.match(line);
    return match.hasMatch() ? match.captured(1).chopped(2) : QString();
}

/// How often each word stands in the tree, definitions of members left out.
QHash<QString, int> wordCounts(const Tree& tree) {
    static const QRegularExpression word(QStringLiteral(R"((::)?\b([A-Za-z_]\w*)\b)"));
    static const QRegularExpression definition(QStringLiteral(R"(^\S[^()=;]*::~?\w+\s*\()"),
                                               QRegularExpression::MultilineOption);
    QHash<QString, int> counts;
    for (const QByteArray& code : tree) {
        const QString text = QString::fromUtf8(code);
        auto words = word.globalMatch(text);
        while (words.hasNext())
            ++counts[words.next().captured(2)];
        auto definitions = definition.globalMatch(text);
        while (definitions.hasNext()) {
            const QString head = definitions.next().captured(0).chopped(1).trimmed();
            --counts[head.mid(head.lastIndexOf(u':') + 1)];
        }
    }
    return counts;
}

} // namespace

QStringList sourcesWithoutHeader(const Tree& tree) {
    QStringList found;
    for (const QString& path : tree.keys()) {
        if (!isOurs(path) || !isSource(path) || isMain(path)) continue;
        if (!tree.contains(withoutEnding(path) + QLatin1String(".h")))
            found += path + QStringLiteral(": has no header of its name in its folder");
    }
    return found;
}

QStringList classesInTwoSources(const Tree& tree) {
    QMap<QString, QSet<QString>> sources;
    for (const auto& [path, code] : tree.asKeyValueRange()) {
        if (!isOurs(path) || !isSource(path)) continue;
        for (const QByteArray& line : code.split('\n'))
            if (const QString name = classDefinedBy(QString::fromUtf8(line)); !name.isEmpty())
                sources[name] += path;
    }
    QStringList found;
    for (const auto& [name, paths] : sources.asKeyValueRange()) {
        if (paths.size() < 2) continue;
        QStringList list(paths.begin(), paths.end());
        list.sort();
        found += name + QStringLiteral(": ") + list.join(QLatin1String(", "));
    }
    return found;
}

QStringList sourcesWithoutTest(const Tree& tree, const QHash<QString, QString>& coveredBy,
                               const QStringList& testFiles) {
    const QSet<QString> reached = reachedUnits(tree);
    QStringList found;
    for (const QString& path : tree.keys()) {
        if (!isOurs(path) || !isSource(path) || isMain(path)) continue;
        const QString unit = withoutEnding(path);
        if (!reached.contains(unit) && !coveredBy.contains(unit))
            found += path + QStringLiteral(": no test includes its header, nor that of a neighbour "
                                           "that uses it; name the test in coveredBy()");
    }
    for (const auto& [unit, test] : coveredBy.asKeyValueRange()) {
        if (!tree.contains(unit + QLatin1String(".cpp")))
            found += unit + QStringLiteral(": stands in coveredBy() and is no source");
        if (!testFiles.contains(test))
            found += test + QStringLiteral(": stands in coveredBy() and is no test");
    }
    found.sort();
    return found;
}

QStringList unusedFunctions(const Tree& tree) {
    const QHash<QString, int> counts = wordCounts(tree);
    QStringList found;
    for (const auto& [path, code] : tree.asKeyValueRange()) {
        if (!isOurs(path) || !isHeader(path)) continue;
        for (const QString& name : functionsIn(QString::fromUtf8(code)))
            if (counts.value(name) <= 1) found += path + QStringLiteral(": ") + name;
    }
    found.sort();
    return found;
}

} // namespace sallyport::layering
