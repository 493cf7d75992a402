// SPDX-License-Identifier: MIT
#include "core/history/exchangewriter.h"

#include "core/history/csvlines.h"
#include "core/history/exchangecontents.h"
#include "core/history/harlog.h"
#include "core/history/messageassembly.h"
#include "core/http/mediatype.h"
#include "core/observe/exchangejson.h"
#include "core/observe/redactedfields.h"
#include "core/observe/streamsecrets.h"
#include "core/support/jsontext.h"

namespace sallyport {

namespace {

QByteArray jsonLine(const ExchangeRecord& record, const std::optional<ExchangeDetail>& detail,
                    bool hasContents) {
    QJsonObject object = toJson(record);
    const QJsonObject message = detail ? assembledMessage(*detail) : QJsonObject();
    if (!message.isEmpty()) object.insert(QLatin1String("message"), message);
    const QJsonObject contents = detail && hasContents ? exchangeContents(*detail) : QJsonObject();
    for (auto part = contents.begin(); part != contents.end(); ++part)
        object.insert(part.key(), part.value());
    return jsonBytes(object) + '\n';
}

void makeShareable(QVector<BodyPiece>& pieces, FieldList& fields) {
    if (pieces.isEmpty()) return;
    QByteArray content = plainBody(pieces, fields);
    if (hasMediaType(fields, "text/event-stream")) content = withoutSplitSecrets(content);
    pieces = {{pieces.first().atMicros, shareableContent(content)}};
    fields.removeAll("Content-Encoding");
}

} // namespace

QByteArray ExchangeWriter::begin() const {
    switch (m_format) {
    case ExportFormat::Har: return har::begin(m_about);
    case ExportFormat::JsonLines:
    case ExportFormat::Contents: return {};
    case ExportFormat::Csv: return csv::header();
    }
    Q_UNREACHABLE();
}

QByteArray ExchangeWriter::add(const ExchangeRecord& record,
                               const std::optional<ExchangeDetail>& detail) {
    switch (m_format) {
    case ExportFormat::Har: break;
    case ExportFormat::JsonLines: return jsonLine(record, detail, false);
    case ExportFormat::Contents: return jsonLine(record, detail, true);
    case ExportFormat::Csv: return csv::line(record);
    }
    ExchangeDetail bare;
    bare.record = record;
    ExchangeDetail written = detail.value_or(bare);
    // What is kept on this machine has contents as they were, but for known secrets.
    if (!m_about.isEmpty()) {
        makeShareable(written.requestBody, written.requestFields);
        makeShareable(written.responseBody, written.responseFields);
    }
    const QByteArray comma = std::exchange(m_hasEntries, true) ? ",\n" : "";
    return comma + har::entry(written);
}

QByteArray ExchangeWriter::end() const {
    return m_format == ExportFormat::Har ? har::end() : QByteArray();
}

} // namespace sallyport
