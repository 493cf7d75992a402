// SPDX-License-Identifier: MIT
#include "core/anthropic/promptdifference.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStringList>

#include <algorithm>

namespace sallyport {

namespace {

constexpr qint64 kLeastCached = 1024; ///< tokens
constexpr qsizetype kAround = 40;     ///< characters before and after the first that differs
constexpr double kMillion = 1e6;

QString textOf(const QJsonValue& value) {
    if (value.isUndefined()) return {};
    if (value.isString()) return value.toString();
    const QByteArray json = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(json.mid(1, json.size() - 2));
}

/// The texts around their first difference.
PromptDifference excerpts(const QString& path, const QString& before, const QString& after) {
    const auto length = std::min(before.size(), after.size());
    const auto at = std::mismatch(before.begin(), before.begin() + length, after.begin()).first -
                    before.begin();
    const qsizetype from = std::max<qsizetype>(0, at - kAround);
    return {path, before.mid(from, 2 * kAround), after.mid(from, 2 * kAround)};
}

std::optional<PromptDifference> differ(const QString& path, const QJsonValue& before,
                                       const QJsonValue& after);

QString memberPath(const QString& path, const QString& name) {
    return path.isEmpty() ? name : QString(path + u'.' + name);
}

std::optional<PromptDifference> differInMembers(const QString& path, const QJsonObject& before,
                                                const QJsonObject& after) {
    QStringList names = before.keys() + after.keys();
    names.removeDuplicates();
    names.removeAll(QStringLiteral("cache_control"));
    for (const QString& name : std::as_const(names))
        if (auto found = differ(memberPath(path, name), before.value(name), after.value(name)))
            return found;
    return {};
}

std::optional<PromptDifference> differInElements(const QString& path, const QJsonArray& before,
                                                 const QJsonArray& after, qsizetype count) {
    for (qsizetype i = 0; i < count; ++i)
        if (auto found =
                differ(path + QStringLiteral("[%1]").arg(i),
                       i < before.size() ? before.at(i) : QJsonValue(QJsonValue::Undefined),
                       i < after.size() ? after.at(i) : QJsonValue(QJsonValue::Undefined)))
            return found;
    return {};
}

std::optional<PromptDifference> differ(const QString& path, const QJsonValue& before,
                                       const QJsonValue& after) {
    if (before == after) return {};
    if (before.isObject() && after.isObject())
        return differInMembers(path, before.toObject(), after.toObject());
    if (before.isArray() && after.isArray()) {
        const QJsonArray first = before.toArray();
        const QJsonArray second = after.toArray();
        return differInElements(path, first, second, std::max(first.size(), second.size()));
    }
    return excerpts(path, textOf(before), textOf(after));
}

/// A text that stands alone as the block that it is short for.
QJsonValue asBlocks(const QJsonValue& content) {
    if (!content.isString()) return content;
    return QJsonArray{QJsonObject{{QStringLiteral("type"), QStringLiteral("text")},
                                  {QStringLiteral("text"), content}}};
}

QJsonArray messagesOf(const QJsonObject& request) {
    const QJsonArray messages = request.value(QLatin1String("messages")).toArray();
    QJsonArray out;
    for (const auto& value : messages) {
        QJsonObject message = value.toObject();
        const QLatin1String content("content");
        message.insert(content, asBlocks(message.value(content)));
        out.append(message);
    }
    return out;
}

double shareOf(const Usage& usage) {
    const qint64 read = usage.cacheRead.value_or(0);
    const qint64 prompt = usage.input.value_or(0) + read + usage.cacheWritten.value_or(0);
    return prompt > 0 ? static_cast<double>(read) / static_cast<double>(prompt) : 0;
}

} // namespace

std::optional<PromptDifference> promptDifference(const QJsonObject& before,
                                                 const QJsonObject& after) {
    for (const char* name : {"model", "tools", "system", "tool_choice", "thinking"}) {
        const QLatin1String member(name);
        if (auto found =
                differ(member, asBlocks(before.value(member)), asBlocks(after.value(member)))) {
            // Of a text that stands alone the block is ours.
            found->path.replace(QLatin1String("model[0].text"), QLatin1String("model"));
            return found;
        }
    }
    // Messages that are added depart from nothing; those that are missing do.
    const QJsonArray first = messagesOf(before);
    return differInElements(QStringLiteral("messages"), first, messagesOf(after), first.size());
}

std::optional<CacheLoss> cacheLoss(const Usage& before, const Usage& after,
                                   const std::optional<TokenPrices>& prices) {
    const qint64 cached = before.cacheRead.value_or(0) + before.cacheWritten.value_or(0);
    const qint64 lost = cached - after.cacheRead.value_or(0);
    if (!after.input || lost < kLeastCached || lost * 20 < cached) return {};
    CacheLoss loss{lost, shareOf(before), shareOf(after), {}};
    if (!prices) return loss;
    const auto written = std::min(lost, after.cacheWritten.value_or(0));
    const auto sent = std::min(lost - written, after.input.value_or(0));
    loss.dollars = (static_cast<double>(written) * (prices->cacheWrite - prices->cacheRead) +
                    static_cast<double>(sent) * (prices->input - prices->cacheRead)) /
                   kMillion;
    return loss;
}

} // namespace sallyport
