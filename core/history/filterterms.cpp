// SPDX-License-Identifier: MIT
#include "core/history/filterterms.h"

#include "core/support/ascii.h"

#include <QCoreApplication>

#include <array>
#include <cmath>
#include <limits>

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

constexpr double kInfinity = std::numeric_limits<double>::infinity();

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

Result<Pattern, QString> expressionPattern(const QString& expression, const QString& shown) {
    // Bounds what a pattern that backtracks can cost for one text. All in the pattern, which the
    // history hands to SQLite.
    static const QString kLimit = QStringLiteral("(*LIMIT_MATCH=100000)(?i)");
    QRegularExpression compiled(kLimit + expression, QRegularExpression::DontCaptureOption);
    if (compiled.isValid()) {
        compiled.optimize();
        return Pattern{shown, {}, compiled};
    }
    return Failure{QCoreApplication::translate("Filter", "“%1” is no regular expression: %2.")
                       .arg(shown, compiled.errorString())};
}

/// Of a word: as it is in quotes, else with `*` for any text.
Result<Pattern, QString> patternOf(const Token& word) {
    if (word.isExpression) {
        const QString shown = u'/' + word.text + u'/';
        if (word.text.isEmpty())
            return Failure{
                QCoreApplication::translate(
                    "Filter", "“%1” is empty. Put quotes around it to look for the text.")
                    .arg(shown)};
        return expressionPattern(word.text, shown);
    }
    if (word.isQuoted || !word.text.contains(u'*'))
        return Pattern{word.text, ascii::lowered(word.text.toUtf8()), {}};
    QStringList parts;
    for (const QString& part : word.text.split(u'*', Qt::SkipEmptyParts))
        parts += QRegularExpression::escape(part);
    // A star alone asks for any text at all.
    const QString joined = parts.isEmpty() ? QStringLiteral(".") : parts.join(QLatin1String(".*"));
    return expressionPattern(joined, word.text);
}

Result<Test, QString> numberTest(const Token& word, const NumberKey& key) {
    if (const auto wanted = range(word.text, key.isTime))
        return Test{NumberTerm{key.field, *wanted}};
    const QString example = key.isTime ? QStringLiteral("5s, >2s, <200ms")
                            : key.field == NumberField::Status
                                ? QStringLiteral("404, >=400, 4xx")
                                : QStringLiteral("100, >5000, 10-20");
    return Failure{QCoreApplication::translate("Filter", "“%1:” wants a number, such as %2.")
                       .arg(key.name, example)};
}

Result<Test, QString> traitTest(const Token& word) {
    if (const TraitName* trait = find(kTraits, word.text)) return Test{TraitTerm{trait->trait}};
    return Failure{QCoreApplication::translate("Filter", "“is:” wants one of: %1.")
                       .arg(knownTraits().join(QLatin1String(", ")))};
}

Result<Test, QString> bodyTest(const Token& word) {
    if (word.isExpression)
        return Failure{QCoreApplication::translate(
            "Filter", "“body:” looks for words and knows no regular expressions.")};
    return Test{BodyTerm{word.text}};
}

/// `status>=400`, `model=haiku`: a key that is followed by another sign than a colon. Its name.
std::optional<QString> keyWithoutColon(const QString& text) {
    static const QRegularExpression sign(QStringLiteral("^([A-Za-z]+)(?:[<>=~]|!=)"));
    const auto match = sign.match(text);
    if (!match.hasMatch()) return std::nullopt;
    const QString key = match.captured(1).toLower() + u':';
    return knownKeys().contains(key) ? std::optional(key) : std::nullopt;
}

Result<Test, QString> freeTest(const Token& word) {
    if (!word.isQuoted)
        if (const auto key = keyWithoutColon(word.text))
            return Failure{QCoreApplication::translate("Filter", "“%1” needs a colon: %2…")
                               .arg(word.text, *key)};
    auto pattern = patternOf(word);
    if (!pattern) return Failure{pattern.error()};
    return Test{AnyText{*std::move(pattern)}};
}

} // namespace

Result<Test, QString> testOf(const Token& word) {
    if (word.key.isEmpty()) return freeTest(word);
    if (word.key == QLatin1String("is")) return traitTest(word);
    if (const NumberKey* key = find(kNumberKeys, word.key)) return numberTest(word, *key);
    const TextKey* key = find(kTextKeys, word.key);
    const bool isBody = word.key == QLatin1String("body");
    if (!key && !isBody)
        return Failure{
            QCoreApplication::translate(
                "Filter",
                "“%1:” is not known. Known are: %2. Put quotes around a text with a colon.")
                .arg(word.key, knownKeys().join(QLatin1String(", ")))};
    if (word.text.isEmpty() && !word.isExpression)
        return Failure{QCoreApplication::translate("Filter", "“%1:” wants a text.").arg(word.key)};
    if (isBody) return bodyTest(word);
    auto pattern = patternOf(word);
    if (!pattern) return Failure{pattern.error()};
    return Test{TextTerm{key->field, *std::move(pattern)}};
}

QStringList knownKeys() {
    QStringList keys;
    for (const NumberKey& key : kNumberKeys)
        keys += QString(key.name) + u':';
    for (const TextKey& key : kTextKeys)
        keys += QString(key.name) + u':';
    return keys << QStringLiteral("is:") << QStringLiteral("body:");
}

QStringList knownTraits() {
    QStringList names;
    for (const TraitName& trait : kTraits)
        names += QString(trait.name);
    return names;
}

} // namespace sallyport::filter
