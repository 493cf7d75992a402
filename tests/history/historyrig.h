// SPDX-License-Identifier: MIT
#pragma once

#include "core/history/filterparser.h"
#include "core/history/historyreader.h"
#include "core/history/historystore.h"

#include <QTemporaryDir>

namespace sallyport::rig {

/// An ended exchange of the Messages API with fields and bodies; `number` makes it differ.
inline ExchangeDetail exchange(int number, WallTime startedAt) {
    ExchangeDetail detail;
    ExchangeRecord& r = detail.record;
    r.id = static_cast<quint64>(number);
    r.startedAt = startedAt;
    r.phase = ExchangePhase::Ended;
    r.end = ExchangeEnd::Complete;
    r.method = "POST";
    r.host = "127.0.0.1:8899";
    r.path = "/v1/messages?beta=true";
    r.route = QStringLiteral("claude");
    r.upstream = QStringLiteral("corp");
    r.target = QStringLiteral("gateway.corp.example:443");
    r.status = 200;
    r.modelAsked = "claude-haiku-4-5";
    r.modelSent = "corp-small";
    r.isEventStream = true;
    r.usage = {number, 42, 4000, std::nullopt};
    r.events = 3;
    r.requestBytes = 17;
    r.responseBytes = 100;
    r.userAgent = "claude-cli/2.1.329";
    r.client = QStringLiteral("127.0.0.1");
    r.times = {100, 200, 1'500'000, 5'300'000};
    detail.requestFields.append("Content-Type", "application/json");
    detail.responseFields.append("Content-Type", "text/event-stream");
    detail.responseReason = "OK";
    detail.requestBody = {
        {10, R"({"model":"x","q":"number )" + QByteArray::number(number) + "\"}"}};
    detail.responseBody = {
        {1'500'000, "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":"
                    "\"msg\",\"type\":\"message\",\"content\":[]}}\n\n"},
        {2'000'000, "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":"
                    "0,\"content_block\":{\"type\":\"text\",\"text\":\"Hel\"}}\n\n"},
        {2'500'000,
         "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
         "\"delta\":{\"type\":\"text_delta\",\"text\":\"lo tool_use 日本語の文\"}}\n\n"}};
    return detail;
}

inline filter::Query query(const char* line) { return *filter::parse(QString::fromUtf8(line)); }

/// The ids of what passes, oldest first.
inline std::vector<quint64> idsOf(const HistoryReader& reader, const filter::Query& wanted) {
    std::vector<quint64> ids;
    const auto error = reader.each(wanted, 0, [&ids](const ExchangeRecord& record) {
        ids.push_back(record.id);
        return true;
    });
    if (error) qWarning("%s", qPrintable(error->reason));
    return ids;
}

} // namespace sallyport::rig
