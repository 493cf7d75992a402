// SPDX-License-Identifier: MIT
#include "ui/detail/jsonentries.h"

#include "core/anthropic/jsonvaluereader.h"
#include "core/anthropic/lossyutf8.h"

#include <algorithm>

namespace sallyport {

namespace {

using Kind = JsonEntry::Kind;

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

qsizetype skipBlanks(QByteArrayView text, qsizetype at) {
    while (at < text.size() && isBlank(text[at]))
        ++at;
    return at;
}

/// After the string whose quote stands at `at`; the end of the text where it was cut.
qsizetype stringEnd(QByteArrayView text, qsizetype at) {
    for (qsizetype quote = text.indexOf('"', at + 1); quote >= 0;
         quote = text.indexOf('"', quote + 1)) {
        qsizetype slashes = 0;
        while (text[quote - 1 - slashes] == '\\')
            ++slashes;
        if (slashes % 2 == 0) return quote + 1;
    }
    return text.size();
}

qsizetype bracketsEnd(QByteArrayView text, qsizetype at) {
    int depth = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '"') {
            at = stringEnd(text, at);
            continue;
        }
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
        ++at;
        if (depth == 0) break;
    }
    return at;
}

qsizetype wordEnd(QByteArrayView text, qsizetype at) {
    const auto ends = [](char c) {
        return isBlank(c) || c == ',' || c == '}' || c == ']' || c == ':' || c == '"';
    };
    return std::find_if(text.begin() + at, text.end(), ends) - text.begin();
}

} // namespace

JsonEntry jsonEntryAt(QByteArrayView text, qsizetype from) {
    JsonEntry entry;
    entry.begin = skipBlanks(text, from);
    entry.end = entry.begin;
    if (entry.begin >= text.size()) return entry;
    switch (text[entry.begin]) {
    case '{':
        entry.kind = Kind::Object;
        entry.end = bracketsEnd(text, entry.begin);
        break;
    case '[':
        entry.kind = Kind::Array;
        entry.end = bracketsEnd(text, entry.begin);
        break;
    case '"':
        entry.kind = Kind::String;
        entry.end = stringEnd(text, entry.begin);
        break;
    default: entry.end = wordEnd(text, entry.begin);
    }
    return entry;
}

std::vector<JsonEntry> jsonEntriesOf(QByteArrayView text, const JsonEntry& parent) {
    std::vector<JsonEntry> entries;
    if (parent.kind != Kind::Object && parent.kind != Kind::Array) return entries;
    const QByteArrayView inside = text.first(parent.end);
    qsizetype at = parent.begin + 1;
    while (true) {
        at = skipBlanks(inside, at);
        if (at < inside.size() && inside[at] == ',') at = skipBlanks(inside, at + 1);
        if (at >= inside.size() || inside[at] == '}' || inside[at] == ']') return entries;
        JsonEntry entry = jsonEntryAt(inside, at);
        if (parent.kind == Kind::Object && entry.kind == Kind::String) {
            const QString name = jsonEntryText(inside, entry, entry.end - entry.begin);
            at = skipBlanks(inside, entry.end);
            const bool hasValue = at < inside.size() && inside[at] == ':';
            entry = jsonEntryAt(inside, hasValue ? at + 1 : at);
            entry.name = name;
            if (!hasValue) entry.end = entry.begin;
        }
        // What is not JSON is passed over byte by byte.
        at = std::max(entry.end, at + 1);
        entries.push_back(std::move(entry));
    }
}

QString jsonEntryText(QByteArrayView text, const JsonEntry& entry, qsizetype limit) {
    const QByteArrayView written =
        text.sliced(entry.begin, std::min(limit, entry.end - entry.begin));
    if (entry.kind != Kind::String) return decodedLossily(written);
    QString quoted = decodedLossily(written);
    if (const auto value = parseJsonValue(quoted)) return value->toString();
    // It was cut: in an escape at worst.
    for (int chopped = 0; chopped < 6 && !quoted.isEmpty(); ++chopped) {
        if (const auto value = parseJsonValue(QString(quoted + u'"'))) return value->toString();
        quoted.chop(1);
    }
    return decodedLossily(written);
}

} // namespace sallyport
