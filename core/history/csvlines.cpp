// SPDX-License-Identifier: MIT
#include "core/history/csvlines.h"

#include "core/observe/logline.h"

namespace sallyport::csv {

namespace {

/// A number of ours, which may begin with a minus.
void add(QByteArray& out, std::optional<qint64> number) {
    if (!out.isEmpty()) out += ',';
    if (number) out += QByteArray::number(*number);
}

void add(QByteArray& out, QByteArrayView text, bool isFirst = false) {
    if (!isFirst) out += ',';
    out += field(text);
}

} // namespace

QByteArray field(QByteArrayView text) {
    const bool isFormula = !text.isEmpty() && QByteArrayView("=+-@\t\r").contains(text.front());
    QByteArray kept = (isFormula ? "'" : "") + text.toByteArray();
    const bool needsQuotes =
        kept.contains('"') || kept.contains(',') || kept.contains('\n') || kept.contains('\r');
    kept.replace('"', "\"\"");
    return needsQuotes ? QByteArray('"' + kept + '"') : kept;
}

QByteArray header() {
    return QByteArrayLiteral(
        "id,started_at,method,host,path,status,end,route,upstream,target,model_asked,model_sent,"
        "input,output,cache_read,cache_written,first_byte_us,duration_us,request_bytes,"
        "response_bytes,events,error_code,error,client,user_agent\r\n");
}

QByteArray line(const ExchangeRecord& r) {
    QByteArray started;
    log::appendTimestamp(started, r.startedAt);
    QByteArray out = QByteArray::number(r.id);
    for (const QByteArrayView text : {QByteArrayView(started), QByteArrayView(r.method),
                                      QByteArrayView(r.host), QByteArrayView(r.path)})
        add(out, text);
    add(out, r.status > 0 ? std::optional<qint64>(r.status) : std::nullopt);
    add(out, wordOf(r.end));
    for (const QString* text : {&r.route, &r.upstream, &r.target})
        add(out, text->toUtf8());
    add(out, r.modelAsked);
    add(out, r.modelSent);
    for (const auto& count : {r.usage.input, r.usage.output, r.usage.cacheRead,
                              r.usage.cacheWritten, r.times.firstByte, r.times.ended})
        add(out, count);
    add(out, r.requestBytes);
    add(out, r.responseBytes);
    add(out, static_cast<qint64>(r.events));
    add(out, r.errorCode);
    for (const QString* text : {&r.error, &r.client})
        add(out, text->toUtf8());
    add(out, r.userAgent);
    return out + "\r\n";
}

} // namespace sallyport::csv
