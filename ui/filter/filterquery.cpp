// SPDX-License-Identifier: MIT
#include "ui/filter/filterquery.h"

#include "core/support/ascii.h"
#include "ui/filter/lexer.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace sallyport::filter {

namespace {

struct TextKey {
    QLatin1String name;
    TextField field;
};
constexpr std::array kTextKeys{
    TextKey{QLatin1String("method"), TextField::Method},
    TextKey{QLatin1String("model"), TextField::Model},
    TextKey{QLatin1String("route"), TextField::Route},
    TextKey{QLatin1String("path"), TextField::Path},
    TextKey{QLatin1String("host"), TextField::Host},
    TextKey{QLatin1String("error"), TextField::Error},
    TextKey{QLatin1String("upstream"), TextField::Upstream},
};

struct NumberKey {
    QLatin1String name;
    NumberField field;
    bool isTime;
};
constexpr std::array kNumberKeys{
    NumberKey{QLatin1String("status"), NumberField::Status, false},
    NumberKey{QLatin1String("dur"), NumberField::Duration, true},
    NumberKey{QLatin1String("ttft"), NumberField::FirstByte, true},
    NumberKey{QLatin1String("in"), NumberField::TokensIn, false},
    NumberKey{QLatin1String("out"), NumberField::TokensOut, false},
    NumberKey{QLatin1String("size"), NumberField::Size, false},
};

struct TraitName {
    QLatin1String name;
    Trait trait;
};
constexpr std::array kTraits{
    TraitName{QLatin1String("error"), Trait::Error},
    TraitName{QLatin1String("stream"), Trait::Stream},
    TraitName{QLatin1String("live"), Trait::Live},
    TraitName{QLatin1String("tunnel"), Trait::Tunnel},
    TraitName{QLatin1String("websocket"), Trait::WebSocket},
};

template <typename Table>
auto find(const Table& table, QStringView name) -> const typename Table::value_type* {
    for (const auto& entry : table)
        if (name.compare(entry.name, Qt::CaseInsensitive) == 0) return &entry;
    return nullptr;
}

/// A number with an optional unit: seconds for times (`5s`, `200ms`, `2m`), bytes or plain.
std::optional<double> number(QStringView text, bool isTime) {
    struct Unit {
        QLatin1String name;
        double factor;
    };
    static constexpr std::array kTimes{Unit{QLatin1String("ms"), 0.001},
                                       Unit{QLatin1String("s"), 1}, Unit{QLatin1String("m"), 60}};
    static constexpr std::array kAmounts{Unit{QLatin1String("k"), 1000},
                                         Unit{QLatin1String("KiB"), 1024},
                                         Unit{QLatin1String("MiB"), 1024 * 1024}};
    double factor = 1;
    for (const Unit& unit : isTime ? kTimes : kAmounts) {
        if (!text.endsWith(unit.name, Qt::CaseInsensitive)) continue;
        text.chop(unit.name.size());
        factor = unit.factor;
        break;
    }
    bool isOk = false;
    const double value = text.toDouble(&isOk);
    // QString::toDouble() takes "nan" and "inf".
    if (!isOk || !std::isfinite(value) || value < 0) return std::nullopt;
    return value * factor;
}

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// `>=N`, `>N`, `<=N`, `<N`.
std::optional<Range> comparison(QStringView text, bool isTime) {
    const bool isAbove = text.startsWith(u'>');
    const bool isInclusive = text.size() > 1 && text[1] == u'=';
    const auto bound = number(text.sliced(isInclusive ? 2 : 1), isTime);
    if (!bound) return std::nullopt;
    if (isAbove) return Range{isInclusive ? *bound : std::nextafter(*bound, kInfinity), kInfinity};
    return Range{-kInfinity, isInclusive ? *bound : std::nextafter(*bound, -kInfinity)};
}

std::optional<Range> range(QStringView text, bool isTime) {
    if (text.isEmpty()) return std::nullopt;
    if (text.front() == u'>' || text.front() == u'<') return comparison(text, isTime);
    if (text.size() == 3 && text.endsWith(QLatin1String("xx"), Qt::CaseInsensitive)) {
        const double hundred = text[0].digitValue() * 100.0;
        if (hundred < 0) return std::nullopt;
        return Range{hundred, hundred + 99};
    }
    const qsizetype dash = text.indexOf(u'-');
    const auto from = number(dash < 0 ? text : text.first(dash), isTime);
    const auto to = dash < 0 ? from : number(text.sliced(dash + 1), isTime);
    if (!from || !to || *to < *from) return std::nullopt;
    return Range{*from, *to};
}

QString quotedList(const QStringList& names) { return names.join(QLatin1String(", ")); }

Result<Term, QString> numberTerm(const Word& word, const NumberKey& key) {
    const auto wanted = range(word.text, key.isTime);
    if (wanted) return Term{word.isNegated, NumberTerm{key.field, *wanted}};
    const QString example = key.isTime ? QStringLiteral("5s, >2s, <200ms")
                            : key.field == NumberField::Status
                                ? QStringLiteral("404, >=400, 4xx")
                                : QStringLiteral("100, >5000, 10-20");
    return Failure{QCoreApplication::translate("Filter", "“%1:” wants a number, such as %2.")
                       .arg(key.name, example)};
}

Result<Term, QString> traitTerm(const Word& word) {
    if (const TraitName* trait = find(kTraits, word.text))
        return Term{word.isNegated, TraitTerm{trait->trait}};
    QStringList names;
    for (const TraitName& trait : kTraits)
        names += QString(trait.name);
    return Failure{
        QCoreApplication::translate("Filter", "“is:” wants one of: %1.").arg(quotedList(names))};
}

/// `status>=400`, `model=haiku`: a key that is followed by another sign than a colon. Its name.
std::optional<QString> keyWithoutColon(const QString& text) {
    static const QRegularExpression sign(QStringLiteral("^([A-Za-z]+)(?:[<>=~]|!=)"));
    const auto match = sign.match(text);
    if (!match.hasMatch()) return std::nullopt;
    const QString key = match.captured(1).toLower() + u':';
    return knownKeys().contains(key) ? std::optional(key) : std::nullopt;
}

bool isRegularExpression(const QString& text) {
    static const QRegularExpression form(QStringLiteral("^/([^/]*)/[a-z]?$"));
    static const QRegularExpression meta(QStringLiteral("[\\[\\](){}*+?^$|\\\\]"));
    const bool isMany = text.size() > 2 && text.startsWith(u'/') && text.endsWith(u'/');
    return form.match(text).hasMatch() || (isMany && meta.match(text).hasMatch());
}

/// Why a word that other filters give a meaning is not looked for as text; empty when it is.
QString syntaxProblem(const QString& text) {
    const QString word = text.toLower();
    const auto isOneOf = [&word](std::initializer_list<const char*> list) {
        return std::any_of(list.begin(), list.end(),
                           [&word](const char* name) { return word == QLatin1String(name); });
    };
    if (isOneOf({"or", "|", "||"}))
        return QCoreApplication::translate(
                   "Filter",
                   "“%1” is not understood: all words must match, there is no “or”. Put quotes "
                   "around it to look for the text.")
            .arg(text);
    if (isOneOf({"and", "&", "&&"}))
        return QCoreApplication::translate(
                   "Filter", "“%1” is not needed: all words must match. Put quotes around it to "
                             "look for the text.")
            .arg(text);
    if (word == QLatin1String("not") || (word.startsWith(u'!') && word.size() > 1))
        return QCoreApplication::translate(
                   "Filter", "“%1” is not understood: a minus in front of a word excludes it, such "
                             "as -is:error.")
            .arg(text);
    if (isRegularExpression(text))
        return QCoreApplication::translate(
                   "Filter", "“%1” looks like a regular expression, which the filter does not "
                             "know. Put quotes around it to look for the text.")
            .arg(text);
    if (text.startsWith(u'(') || (text.endsWith(u')') && !text.contains(u'(')))
        return QCoreApplication::translate(
                   "Filter",
                   "“%1” is not understood: the filter has no brackets. Put quotes around "
                   "it to look for the text.")
            .arg(text);
    if (const auto key = keyWithoutColon(text))
        return QCoreApplication::translate("Filter", "“%1” needs a colon: %2…").arg(text, *key);
    return {};
}

Result<Term, QString> freeTerm(const Word& word) {
    if (!word.isQuoted)
        if (const QString problem = syntaxProblem(word.text); !problem.isEmpty())
            return Failure{problem};
    return Term{word.isNegated, AnyText{word.text, ascii::lowered(word.text.toUtf8())}};
}

Result<Term, QString> term(const Word& word) {
    if (word.key.isEmpty()) return freeTerm(word);
    if (word.key == QLatin1String("is")) return traitTerm(word);
    if (const NumberKey* key = find(kNumberKeys, word.key)) return numberTerm(word, *key);
    if (const TextKey* key = find(kTextKeys, word.key)) {
        if (word.text.isEmpty())
            return Failure{
                QCoreApplication::translate("Filter", "“%1:” wants a text.").arg(key->name)};
        return Term{word.isNegated,
                    TextTerm{key->field, word.text, ascii::lowered(word.text.toUtf8())}};
    }
    return Failure{
        QCoreApplication::translate(
            "Filter", "“%1:” is not known. Known are: %2. Put quotes around a text with a colon.")
            .arg(word.key, quotedList(knownKeys()))};
}

} // namespace

Result<Query, QString> parse(QStringView line) {
    auto split = words(line);
    if (!split) return Failure{split.error()};
    Query query;
    for (const Word& word : *split) {
        auto next = term(word);
        if (!next) return Failure{next.error()};
        query.terms.push_back(std::move(*next));
    }
    return query;
}

QStringList knownKeys() {
    QStringList keys;
    for (const NumberKey& key : kNumberKeys)
        keys += QString(key.name) + u':';
    for (const TextKey& key : kTextKeys)
        keys += QString(key.name) + u':';
    keys += QStringLiteral("is:");
    return keys;
}

} // namespace sallyport::filter
