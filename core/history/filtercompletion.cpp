// SPDX-License-Identifier: MIT
#include "core/history/filtercompletion.h"

#include "core/history/filterparser.h"
#include "core/history/filterterms.h"

namespace sallyport::filter {

namespace {

/// Where the word that ends at `cursor` begins; -1 inside of quotes that are not closed before it.
qsizetype wordStart(QStringView line, qsizetype cursor) {
    qsizetype start = 0;
    bool isQuoted = false;
    for (qsizetype at = 0; at < cursor; ++at) {
        if (line[at] == u'\\' && isQuoted)
            ++at;
        else if (line[at] == u'"')
            isQuoted = !isQuoted;
        else if (!isQuoted && (line[at].isSpace() || line[at] == u'('))
            start = at + 1;
    }
    if (start < cursor && (line[start] == u'-' || line[start] == u'!')) ++start;
    return start;
}

/// The fixed values of a key.
QStringList fixedValues(const QString& key) {
    if (key == QLatin1String("is")) return knownTraits();
    if (key == QLatin1String("status"))
        return {QStringLiteral(">=400"), QStringLiteral("2xx"), QStringLiteral("429"),
                QStringLiteral("5xx")};
    if (key == QLatin1String("dur") || key == QLatin1String("ttft"))
        return {QStringLiteral(">1s"), QStringLiteral(">5s"), QStringLiteral(">30s")};
    if (key == QLatin1String("in") || key == QLatin1String("out"))
        return {QStringLiteral(">1k"), QStringLiteral(">10k"), QStringLiteral(">50k")};
    return {};
}

} // namespace

Completion completionAt(QStringView line, qsizetype cursor,
                        const QHash<QString, QStringList>& seen) {
    Completion out;
    out.position = wordStart(line, cursor);
    out.length = cursor - out.position;
    const QString typed = line.sliced(out.position, out.length).toString();
    const auto add = [&out, &typed](const QString& word) {
        if (out.words.size() < Completion::kMaxWords && word != typed && !out.words.contains(word))
            out.words += word;
    };
    const qsizetype colon = typed.indexOf(u':');
    const QString key = typed.left(std::max<qsizetype>(colon, 0)).toLower();
    if (typed.isEmpty()) return out;
    if (colon < 0) {
        for (const QString& known : knownKeys())
            if (known.startsWith(typed, Qt::CaseInsensitive)) add(known);
        return out;
    }
    if (!knownKeys().contains(key + u':')) return out;
    QString begun = typed.mid(colon + 1);
    if (begun.startsWith(u'"')) begun.remove(0, 1);
    for (const QString& value : fixedValues(key) + seen.value(key))
        if (value.contains(begun, Qt::CaseInsensitive))
            add(QString(key + u':' + quotedWord(value)));
    return out;
}

} // namespace sallyport::filter
