// SPDX-License-Identifier: MIT
#include "core/history/harlog.h"

#include "core/history/messageassembly.h"
#include "core/observe/logline.h"
#include "core/support/jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

namespace sallyport::har {

namespace {

constexpr double kMicrosPerMilli = 1000;

QString text(QByteArrayView bytes) { return QString::fromUtf8(bytes); }

QJsonArray fieldsOf(const FieldList& fields) {
    QJsonArray out;
    for (const FieldView field : fields)
        out.append(QJsonObject{{QStringLiteral("name"), text(field.name)},
                               {QStringLiteral("value"), text(field.value)}});
    return out;
}

/// The scheme is that of the connection to us, which is plain but inside an opened tunnel.
QString urlOf(const ExchangeRecord& r) {
    const QString host = r.host.isEmpty() ? QStringLiteral("localhost") : text(r.host);
    return QLatin1String(r.interceptedBy.isEmpty() ? "http://" : "https://") + host +
           (r.path.isEmpty() ? QStringLiteral("/") : text(r.path));
}

QJsonArray queryOf(const ExchangeRecord& r) {
    QJsonArray out;
    const QUrlQuery query(text(r.path).section(u'?', 1));
    for (const auto& [name, value] : query.queryItems(QUrl::FullyDecoded))
        out.append(QJsonObject{{QStringLiteral("name"), name}, {QStringLiteral("value"), value}});
    return out;
}

QString mediaTypeOf(const FieldList& fields) { return text(fields.combined("content-type")); }

/// `text`, and `encoding` where the bytes are no text.
void insertText(QJsonObject& into, const QByteArray& bytes) {
    const bool isText = bytes.isValidUtf8();
    into.insert(QLatin1String("text"), isText ? text(bytes) : text(bytes.toBase64()));
    if (!isText) into.insert(QLatin1String("encoding"), QStringLiteral("base64"));
}

QJsonObject requestOf(const ExchangeDetail& exchange) {
    const ExchangeRecord& r = exchange.record;
    QJsonObject out{{QStringLiteral("method"), text(r.method)},
                    {QStringLiteral("url"), urlOf(r)},
                    {QStringLiteral("httpVersion"), QStringLiteral("HTTP/1.1")},
                    {QStringLiteral("cookies"), QJsonArray()},
                    {QStringLiteral("headers"), fieldsOf(exchange.requestFields)},
                    {QStringLiteral("queryString"), queryOf(r)},
                    {QStringLiteral("headersSize"), -1},
                    {QStringLiteral("bodySize"), r.requestBytes}};
    if (exchange.requestBody.isEmpty()) return out;
    const QByteArray body = plainBody(exchange.requestBody, exchange.requestFields);
    QJsonObject data{{QStringLiteral("mimeType"), mediaTypeOf(exchange.requestFields)}};
    insertText(data, body);
    // HAR 1.2 has no `encoding` here: bytes that are no text say so in a comment.
    if (data.contains(QLatin1String("encoding"))) {
        data.remove(QLatin1String("encoding"));
        data.insert(QLatin1String("comment"), QStringLiteral("base64"));
    }
    out.insert(QLatin1String("postData"), data);
    return out;
}

QJsonObject responseOf(const ExchangeDetail& exchange) {
    const ExchangeRecord& r = exchange.record;
    const QByteArray body = plainBody(exchange.responseBody, exchange.responseFields);
    QJsonObject content{{QStringLiteral("size"), body.isEmpty() ? r.responseBytes : body.size()},
                        {QStringLiteral("mimeType"), mediaTypeOf(exchange.responseFields)}};
    if (!body.isEmpty()) insertText(content, body);
    if (exchange.isResponseBodyCut)
        content.insert(QLatin1String("comment"), QStringLiteral("cut when it was kept"));
    return {{QStringLiteral("status"), r.status},
            {QStringLiteral("statusText"), text(exchange.responseReason)},
            {QStringLiteral("httpVersion"), QStringLiteral("HTTP/1.1")},
            {QStringLiteral("cookies"), QJsonArray()},
            {QStringLiteral("headers"), fieldsOf(exchange.responseFields)},
            {QStringLiteral("content"), content},
            {QStringLiteral("redirectURL"), text(exchange.responseFields.combined("location"))},
            {QStringLiteral("headersSize"), -1},
            {QStringLiteral("bodySize"), r.responseBytes}};
}

/// Milliseconds between two moments that may be missing; each after the one before.
class Phases {
public:
    double upTo(const std::optional<qint64>& moment) {
        const qint64 at = std::max(moment.value_or(m_last), m_last);
        const double passed = static_cast<double>(at - m_last) / kMicrosPerMilli;
        m_last = at;
        return passed;
    }

private:
    qint64 m_last = 0;
};

QJsonObject timingsOf(const ExchangeTimes& times) {
    Phases phases;
    const double connect = phases.upTo(times.connected);
    const double send = phases.upTo(times.requestSent);
    const double wait = phases.upTo(times.firstByte);
    const double receive = phases.upTo(times.ended);
    return {{QStringLiteral("blocked"), -1},
            {QStringLiteral("dns"), -1},
            {QStringLiteral("connect"), times.connected ? connect : -1},
            {QStringLiteral("send"), send},
            {QStringLiteral("wait"), wait},
            {QStringLiteral("receive"), receive},
            {QStringLiteral("ssl"), -1}};
}

QString timestampOf(WallTime time) {
    QByteArray out;
    log::appendTimestamp(out, time);
    return text(out);
}

} // namespace

QByteArray begin(const QJsonObject& about) {
    QByteArray out("{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"Sallyport\","
                   "\"version\":\"" SALLYPORT_VERSION "\"},");
    if (!about.isEmpty()) out += "\"_sallyport\":" + QJsonDocument(about).toJson() + ',';
    return out + "\"entries\":[\n";
}

QByteArray entry(const ExchangeDetail& exchange) {
    const ExchangeRecord& r = exchange.record;
    const QJsonObject timings = timingsOf(r.times);
    double total = 0;
    for (const QJsonValue phase : timings)
        total += std::max(phase.toDouble(), 0.0);
    QJsonObject out{{QStringLiteral("startedDateTime"), timestampOf(r.startedAt)},
                    {QStringLiteral("time"), total},
                    {QStringLiteral("request"), requestOf(exchange)},
                    {QStringLiteral("response"), responseOf(exchange)},
                    {QStringLiteral("cache"), QJsonObject()},
                    {QStringLiteral("timings"), timings},
                    {QStringLiteral("connection"), QString::number(r.id)},
                    {QStringLiteral("_end"), text(wordOf(r.end))}};
    if (!r.route.isEmpty()) out.insert(QLatin1String("_route"), r.route);
    if (!r.target.isEmpty()) out.insert(QLatin1String("_target"), r.target);
    if (!r.error.isEmpty()) out.insert(QLatin1String("comment"), r.error);
    return jsonBytes(out);
}

QByteArray end() { return QByteArrayLiteral("\n]}}\n"); }

} // namespace sallyport::har
