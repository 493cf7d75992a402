// SPDX-License-Identifier: MIT
#include "ui/detail/cachedoctor.h"

#include "core/anthropic/jsonvaluereader.h"
#include "core/anthropic/lossyutf8.h"
#include "core/history/messageassembly.h"
#include "ui/log/exchangetablemodel.h"
#include "ui/log/rowtext.h"
#include "ui/pricefile.h"

#include <QCoreApplication>

namespace sallyport {

namespace {

constexpr qint64 kCacheLife = 5 * 60; ///< s, as `cache_control` has it by default

Result<QJsonValue, JsonFault> requestOf(const ExchangeDetail& detail) {
    return parseJsonValue(decodedLossily(plainBody(detail.requestBody, detail.requestFields)),
                          JsonEnd::Cut);
}

QString percentText(double share) { return QStringLiteral("%1 %").arg(qRound64(share * 100)); }

/// The prompts agree: the cache had ended, or the upstream did not read it.
QString reasonWithoutDifference(const ExchangeDetail& before, const ExchangeDetail& after) {
    const qint64 pause = std::chrono::duration_cast<std::chrono::seconds>(after.record.startedAt -
                                                                          before.record.startedAt)
                             .count();
    if (pause > kCacheLife)
        return QCoreApplication::translate("Cache",
                                           "The prompts agree, but %1 lay between them: the cache "
                                           "is kept for 5 minutes, unless the client asks for an "
                                           "hour.")
            .arg(durationText(pause * 1'000'000));
    if (before.isRequestBodyCut || after.isRequestBodyCut)
        return QCoreApplication::translate(
            "Cache", "The prompts agree as far as they were kept; the rest cannot be compared.");
    return QCoreApplication::translate(
        "Cache", "The prompts agree: the upstream did not read its cache. Another target, or "
                 "another key, has another cache.");
}

} // namespace

QString cacheLossText(const CacheLoss& loss, quint64 previous) {
    QString text = QCoreApplication::translate("Cache", "%1 tokens were billed again")
                       .arg(countText(loss.tokens));
    if (loss.dollars)
        text += QCoreApplication::translate("Cache", ", %1 more").arg(dollarText(*loss.dollars));
    return text + QCoreApplication::translate(
                      "Cache", ": %1 of the prompt came from the cache, %2 in request %3 before it")
                      .arg(percentText(loss.shareAfter), percentText(loss.shareBefore))
                      .arg(numberText(previous));
}

QString cacheLossReason(const ExchangeDetail& before, const ExchangeDetail& after) {
    const auto first = requestOf(before);
    const auto second = requestOf(after);
    if (!first || !second)
        return QCoreApplication::translate(
            "Cache", "The contents of one of the two requests are no longer kept.");
    const auto found = promptDifference(first->toObject(), second->toObject());
    if (!found) return reasonWithoutDifference(before, after);
    const auto shown = [](const QString& text) {
        return text.isEmpty() ? QCoreApplication::translate("Cache", "(nothing)") : text;
    };
    return QCoreApplication::translate("Cache", "The prompt differs from %1 on.").arg(found->path) +
           u'\n' + QCoreApplication::translate("Cache", "before: %1").arg(shown(found->before)) +
           u'\n' + QCoreApplication::translate("Cache", "now: %1").arg(shown(found->after));
}

void CacheDoctor::compare(const ExchangeDetail& before, const ExchangeDetail& after) {
    m_task.start([this, before, after]() -> LatestTask::Delivery {
        return [this, reason = cacheLossReason(before, after)] { emit compared(reason); };
    });
}

} // namespace sallyport
