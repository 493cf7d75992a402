// SPDX-License-Identifier: MIT
#include "core/config/scalars.h"

#include "core/config/nearestname.h"
#include "core/config/quoting.h"
#include "core/support/ascii.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>
#include <limits>

namespace sallyport::scalars {

namespace {

constexpr qint64 kMaxMilliseconds = qint64{3650} * 24 * 3600 * 1000;

/// A number and the unit after it; nothing when there is no number or it does not fit.
struct Quantity {
    qint64 count = 0;
    QByteArray unit;
};
std::optional<Quantity> quantity(const QByteArray& text) {
    const auto end = std::find_if_not(text.begin(), text.end(), ascii::isDigit);
    const auto digits = static_cast<qsizetype>(end - text.begin());
    bool isNumber = false;
    const qint64 count = text.left(digits).toLongLong(&isNumber);
    if (!isNumber) return std::nullopt;
    return Quantity{count, text.mid(digits)};
}

struct Unit {
    const char* name;
    qint64 factor;
};
template <std::size_t N>
std::optional<qint64> inUnits(const Quantity& quantity, const Unit (&units)[N], qint64 most) {
    for (const Unit& unit : units)
        if (quantity.unit == unit.name && quantity.count <= most / unit.factor)
            return quantity.count * unit.factor;
    return std::nullopt;
}

bool isVariableName(const QString& name) {
    const auto isWordCharacter = [](QChar c) {
        return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'_');
    };
    return !name.isEmpty() && !name.front().isDigit() &&
           std::all_of(name.begin(), name.end(), isWordCharacter);
}

/// What both kinds of secret share: the part after `env:` or `file:`.
enum class Place { Environment, File };
Parsed<std::pair<Place, QString>> secretPlace(const QByteArray& text, const QString& dir,
                                              const QString& others) {
    if (text.startsWith("env:")) {
        const QString name = QString::fromUtf8(text.mid(4));
        if (isVariableName(name)) return std::pair{Place::Environment, name};
        // Not shown, as below.
        return Failure{QCoreApplication::translate(
            "Config", "what stands behind \"env:\" is not the name of an environment variable; "
                      "write one like env:CORP_API_KEY")};
    }
    if (text.startsWith("file:")) {
        if (text.size() > 5)
            return std::pair{Place::File, absolutePath(QString::fromUtf8(text.mid(5)), dir)};
        return Failure{QCoreApplication::translate(
            "Config", "\"file:\" names no file; write file: and the path of the file with the "
                      "secret")};
    }
    // The value itself is not shown: somebody may have put the secret here.
    return Failure{QCoreApplication::translate(
                       "Config", "this names no place of a secret; write one of %1 (the secret "
                                 "itself never stands in this file)")
                       .arg(others)};
}

} // namespace

QString unknownWord(const QByteArray& text, const QStringList& words) {
    const QString nearest = nearestOf(QString::fromUtf8(text), words);
    QString message = QCoreApplication::translate("Config", "\"%1\" is none of %2")
                          .arg(shownValue(text), words.join(QLatin1String(", ")));
    if (!nearest.isEmpty())
        message += QCoreApplication::translate("Config", "; did you mean \"%1\"?").arg(nearest);
    return message;
}

Parsed<bool> boolean(const QByteArray& text) {
    if (text == "true") return true;
    if (text == "false") return false;
    return Failure{
        QCoreApplication::translate("Config", "\"%1\" is not a switch; write true or false")
            .arg(shownValue(text))};
}

Parsed<qint64> number(const QByteArray& text, qint64 least, qint64 most) {
    const auto parsed = quantity(text);
    if (parsed && parsed->unit.isEmpty() && parsed->count >= least && parsed->count <= most)
        return parsed->count;
    return Failure{
        QCoreApplication::translate("Config", "\"%1\" is not a whole number from %2 to %3")
            .arg(shownValue(text), QString::number(least), QString::number(most))};
}

Parsed<std::chrono::milliseconds> duration(const QByteArray& text) {
    static constexpr Unit kUnits[] = {
        {"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}};
    const auto parsed = quantity(text);
    if (parsed && parsed->count == 0 && parsed->unit.isEmpty()) return std::chrono::milliseconds(0);
    if (parsed)
        if (const auto value = inUnits(*parsed, kUnits, kMaxMilliseconds))
            return std::chrono::milliseconds(*value);
    return Failure{QCoreApplication::translate(
                       "Config", "\"%1\" is not a time; write a whole number and ms, s, m, h or d, "
                                 "like 30s (ten years at most)")
                       .arg(shownValue(text))};
}

Parsed<std::chrono::milliseconds> positiveDuration(const QByteArray& text) {
    auto parsed = duration(text);
    if (!parsed || *parsed > std::chrono::milliseconds::zero()) return parsed;
    return Failure{QCoreApplication::translate(
                       "Config", "\"%1\" is no time at all; write more than 0, like 30s")
                       .arg(shownValue(text))};
}

Parsed<int> percentage(const QByteArray& text) {
    if (text.endsWith('%'))
        if (const auto parsed = number(text.chopped(1), 1, 100)) return static_cast<int>(*parsed);
    return Failure{QCoreApplication::translate(
                       "Config", "\"%1\" is not a part of a whole; write one from 1% to 100%, like "
                                 "50%")
                       .arg(shownValue(text))};
}

Parsed<qint64> size(const QByteArray& text) {
    static constexpr Unit kUnits[] = {
        {"", 1}, {"KiB", 1024}, {"MiB", 1024 * 1024}, {"GiB", 1024 * 1024 * 1024}};
    if (const auto parsed = quantity(text))
        if (const auto value = inUnits(*parsed, kUnits, std::numeric_limits<qint64>::max() / 2))
            return *value;
    return Failure{QCoreApplication::translate(
                       "Config", "\"%1\" is not a size; write a whole number of bytes, or one with "
                                 "KiB, MiB or GiB, like 4MiB")
                       .arg(shownValue(text))};
}

Parsed<std::pair<quint16, quint16>> portRange(const QByteArray& text) {
    const qsizetype dash = text.indexOf('-');
    const auto first = number((dash < 0 ? text : text.left(dash)).trimmed(), 1, 65535);
    const auto last = number((dash < 0 ? text : text.mid(dash + 1)).trimmed(), 1, 65535);
    if (first && last && *first <= *last)
        return std::pair{static_cast<quint16>(*first), static_cast<quint16>(*last)};
    return Failure{
        QCoreApplication::translate(
            "Config", "\"%1\" is not a port or a range of ports; write 443 or 1024-65535")
            .arg(shownValue(text))};
}

Parsed<TokenSource> tokenSource(const QByteArray& text, const QString& dir) {
    if (text == "auto") return TokenSource{TokenSource::Kind::Auto, {}};
    if (text == "none") return TokenSource{TokenSource::Kind::None, {}};
    const auto place = secretPlace(text, dir, QStringLiteral("auto, none, env:NAME, file:PATH"));
    if (!place) return Failure{place.error()};
    const auto kind = place->first == Place::Environment ? TokenSource::Kind::Environment
                                                         : TokenSource::Kind::File;
    return TokenSource{kind, place->second};
}

Parsed<CredentialSource> credentialSource(const QByteArray& text, const QString& dir) {
    if (text == "none") return CredentialSource{};
    CredentialSource source;
    if (text.startsWith("keychain:")) {
        constexpr qsizetype kMostName = 128;
        source.kind = CredentialSource::Kind::Keychain;
        source.name = QString::fromUtf8(text.mid(9));
        const bool isPrintable = std::all_of(source.name.begin(), source.name.end(),
                                             [](QChar c) { return c.isPrint(); });
        // A name that looks like a secret is one in the wrong place.
        const QByteArray name = source.name.toUtf8();
        if (!source.name.isEmpty() && source.name.size() <= kMostName && isPrintable &&
            shownValue(name) == QString::fromUtf8(name))
            return source;
        // Not shown: somebody may have put the secret here.
        return Failure{QCoreApplication::translate(
            "Config", "what stands behind \"keychain:\" is not the name of an entry; write one of "
                      "1 to 128 printable characters, like keychain:corp")};
    }
    auto place = secretPlace(text, dir, QStringLiteral("none, keychain:NAME, env:NAME, file:PATH"));
    if (!place) return Failure{place.error()};
    source.kind = place->first == Place::Environment ? CredentialSource::Kind::Environment
                                                     : CredentialSource::Kind::File;
    source.name = place->second;
    return source;
}

QString absolutePath(const QString& path, const QString& dir) {
    if (path.startsWith(QLatin1String("~/")))
        return QDir::cleanPath(QDir::homePath() + path.mid(1));
    return QDir::cleanPath(QDir(dir).absoluteFilePath(path));
}

} // namespace sallyport::scalars
