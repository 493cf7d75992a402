// SPDX-License-Identifier: MIT
#include "core/anthropic/pricetable.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace sallyport {

namespace {

constexpr double kMillion = 1e6;

/// Whether `name` is the model of an entry, or a version of it.
bool isModel(const QString& entry, const QString& name) {
    if (entry.contains(u'*')) {
        const QString pattern =
            QRegularExpression::wildcardToRegularExpression(entry); // anchored at both ends
        return QRegularExpression(pattern).match(name).hasMatch();
    }
    if (!name.startsWith(entry)) return false;
    static const QRegularExpression version(QStringLiteral(R"(^([-@]\d{8}|-latest)?(\[1m\])?$)"));
    return version.match(QStringView(name).sliced(entry.size())).hasMatch();
}

/// Reads the four prices of an object; the name of the first that is no price is the error.
Result<TokenPrices, QString> pricesOf(const QJsonObject& object) {
    TokenPrices prices;
    const std::pair<QLatin1String, double TokenPrices::*> members[]{
        {QLatin1String("input"), &TokenPrices::input},
        {QLatin1String("output"), &TokenPrices::output},
        {QLatin1String("cache_write"), &TokenPrices::cacheWrite},
        {QLatin1String("cache_read"), &TokenPrices::cacheRead},
    };
    for (const auto& [name, member] : members) {
        const QJsonValue value = object.value(name);
        if (!value.isDouble() || value.toDouble() < 0)
            return Failure{
                QStringLiteral("\"%1\" has to be a number, dollars per million tokens").arg(name)};
        prices.*member = value.toDouble();
    }
    return prices;
}

} // namespace

Result<PriceTable::Entry, QString> PriceTable::entryOf(const QJsonObject& object) {
    Entry entry;
    entry.model = object.value(QLatin1String("model")).toString();
    if (entry.model.isEmpty()) return Failure{QStringLiteral("\"model\" has to be a name")};
    const auto prices = pricesOf(object);
    if (!prices) return Failure{prices.error()};
    entry.prices = *prices;
    const QJsonValue longPrompt = object.value(QLatin1String("long_prompt"));
    if (longPrompt.isUndefined()) return entry;
    const auto longPrices = pricesOf(longPrompt.toObject());
    if (!longPrices) return Failure{QString(QStringLiteral("long_prompt: ") + longPrices.error())};
    entry.longPrices = *longPrices;
    entry.longAbove = longPrompt.toObject().value(QLatin1String("above")).toInteger(-1);
    if (entry.longAbove < 0)
        return Failure{QStringLiteral("long_prompt: \"above\" has to be a number of tokens")};
    return entry;
}

Result<PriceTable, QString> PriceTable::parse(QByteArrayView json) {
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json.toByteArray(), &error);
    if (error.error != QJsonParseError::NoError)
        return Failure{QStringLiteral("at byte %1: %2").arg(error.offset).arg(error.errorString())};
    const QJsonObject object = document.object();
    if (!object.value(QLatin1String("models")).isArray())
        return Failure{QStringLiteral("\"models\" has to be a list")};
    PriceTable table;
    table.m_date = object.value(QLatin1String("date")).toString();
    const QJsonArray models = object.value(QLatin1String("models")).toArray();
    for (qsizetype i = 0; i < models.size(); ++i) {
        auto entry = entryOf(models.at(i).toObject());
        if (!entry) return Failure{QStringLiteral("models[%1]: %2").arg(i).arg(entry.error())};
        table.m_entries.push_back(std::move(entry).value());
    }
    return table;
}

void PriceTable::prefer(const PriceTable& other) {
    m_entries.insert(m_entries.begin(), other.m_entries.begin(), other.m_entries.end());
}

std::optional<TokenPrices> PriceTable::prices(QByteArrayView model, qint64 promptTokens) const {
    const QString name = QString::fromUtf8(model);
    if (name.isEmpty()) return {};
    for (const Entry& entry : m_entries) {
        if (!isModel(entry.model, name)) continue;
        const bool isLong = entry.longAbove >= 0 && promptTokens > entry.longAbove;
        return isLong ? entry.longPrices : entry.prices;
    }
    return {};
}

std::optional<double> PriceTable::cost(QByteArrayView model, const Usage& usage) const {
    if (!usage.input && !usage.output) return {};
    const auto tokens = [](const std::optional<qint64>& count) {
        return static_cast<double>(count.value_or(0));
    };
    const qint64 prompt =
        usage.input.value_or(0) + usage.cacheRead.value_or(0) + usage.cacheWritten.value_or(0);
    const auto each = prices(model, prompt);
    if (!each) return {};
    return (tokens(usage.input) * each->input + tokens(usage.output) * each->output +
            tokens(usage.cacheWritten) * each->cacheWrite +
            tokens(usage.cacheRead) * each->cacheRead) /
           kMillion;
}

} // namespace sallyport
