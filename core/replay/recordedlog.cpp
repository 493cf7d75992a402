// SPDX-License-Identifier: MIT
#include "core/replay/recordedlog.h"

#include "core/anthropic/errorbody.h"
#include "core/http/headgrammar.h"
#include "core/replay/jsonmembers.h"
#include "core/replay/messageevents.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport {

namespace {

using Json = nlohmann::json;
using namespace jsonmembers;
using std::chrono::microseconds;

microseconds micros(double value) { return microseconds(static_cast<qint64>(value)); }

/// `[["name","value"], …]`.
FieldList fieldsOf(const Json& list) {
    FieldList out;
    if (!list.is_array()) return out;
    for (const Json& line : list) {
        const bool isPair =
            line.is_array() && line.size() == 2 && line[0].is_string() && line[1].is_string();
        if (!isPair) continue;
        const auto name = QByteArray::fromStdString(line[0].get<std::string>());
        const auto value = QByteArray::fromStdString(line[1].get<std::string>());
        if (grammar::isToken(name) && grammar::isFieldText(value)) out.append(name, value);
    }
    return out;
}

QByteArray bytesOf(const Json& part) {
    const QByteArray coded = text(part, "base64");
    return coded.isEmpty() ? text(part, "text") : QByteArray::fromBase64(coded);
}

class LineReader {
public:
    explicit LineReader(const Json& line)
        : m_line(line)
        , m_times(member(line, "times_us"))
        , m_begin(micros(number(m_times, "request_sent"))) {}

    [[nodiscard]] RecordedOutcome read() {
        if (text(m_line, "method").isEmpty() || text(m_line, "path").isEmpty())
            return Failure{QCoreApplication::translate("Replay", "has no \"method\" and \"path\"")};
        const bool isMessage = !member(m_line, "upgraded").is_boolean() &&
                               text(m_line, "role") != "tunnel" && text(m_line, "role") != "local";
        m_out.status = static_cast<int>(number(m_line, "status"));
        if (!isMessage || m_out.status < 200 || m_out.status > 599)
            return std::optional<RecordedExchange>();
        m_out.method = text(m_line, "method");
        m_out.target = text(m_line, "path");
        m_out.headAt = after("first_byte");
        m_out.endAt = std::max(after("ended"), m_out.headAt);
        if (!member(m_line, "response").is_object())
            return readMessage() ? std::optional(std::move(m_out)) : std::nullopt;
        readContents();
        return std::optional(std::move(m_out));
    }

private:
    [[nodiscard]] microseconds after(const char* moment) const {
        return std::max(micros(number(m_times, moment)) - m_begin, microseconds(0));
    }

    void readContents() {
        const Json& request = member(m_line, "request");
        const Json& response = member(m_line, "response");
        if (!member(request, "cut").is_boolean() && member(request, "body").is_object())
            m_out.requestDigest = contentDigest(bytesOf(member(request, "body")));
        m_out.reason = text(response, "reason");
        m_out.fields = fieldsOf(member(response, "headers"));
        const Json& pieces = member(response, "pieces");
        microseconds latest = m_out.headAt;
        for (const Json& piece : pieces.is_array() ? pieces : Json::array()) {
            latest = std::max(latest, micros(number(piece, "at_us")) - m_begin);
            m_out.pieces.push_back({latest, bytesOf(piece)});
        }
        m_out.endAt = std::max(m_out.endAt, latest);
        const QByteArray end = text(m_line, "end");
        if (member(response, "cut").is_boolean())
            m_out.failure = QStringLiteral("the recording was cut at capture.max_body");
        else if (end == "truncated" || end == "stalled" || end == "client_gone")
            m_out.failure = QStringLiteral("as it was recorded: ") + QString::fromUtf8(end);
    }

    [[nodiscard]] bool readMessage() {
        const Json& message = member(m_line, "message");
        const QByteArray error = text(m_line, "error");
        const bool isStream = member(m_line, "event_stream").is_boolean();
        const char* type = isStream ? "text/event-stream; charset=utf-8" : "application/json";
        m_out.fields.append("Content-Type", type);
        if (message.is_object() && isStream) {
            spread(messageEvents(message, static_cast<std::size_t>(number(m_line, "events"))));
        } else if (message.is_object()) {
            const auto handling = Json::error_handler_t::replace;
            m_out.pieces.push_back(
                {m_out.endAt, QByteArray::fromStdString(message.dump(-1, ' ', false, handling))});
        } else if (m_out.status >= 400 && !error.isEmpty()) {
            m_out.fields.set("Content-Type", "application/json");
            m_out.pieces.push_back(
                {m_out.endAt, apiErrorBody("api_error", QString::fromUtf8(error))});
        } else {
            return false;
        }
        return true;
    }

    void spread(const std::vector<QByteArray>& events) {
        const auto gaps = static_cast<qint64>(std::max<std::size_t>(events.size() - 1, 1));
        for (std::size_t i = 0; i < events.size(); ++i)
            m_out.pieces.push_back(
                {m_out.headAt + (m_out.endAt - m_out.headAt) * static_cast<qint64>(i) / gaps,
                 events[i]});
    }

    const Json& m_line;
    const Json& m_times;
    const microseconds m_begin;
    RecordedExchange m_out;
};

} // namespace

RecordedOutcome recordedLogEntry(const nlohmann::json& line) {
    if (!line.is_object())
        return Failure{QCoreApplication::translate("Replay", "is no JSON object")};
    return LineReader(line).read();
}

} // namespace sallyport
