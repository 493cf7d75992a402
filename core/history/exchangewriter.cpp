// SPDX-License-Identifier: MIT
#include "core/history/exchangewriter.h"

#include "core/history/csvlines.h"
#include "core/history/harlog.h"
#include "core/history/messageassembly.h"
#include "core/observe/exchangejson.h"
#include "core/support/jsontext.h"

namespace sallyport {

namespace {

QByteArray jsonLine(const ExchangeRecord& record, const std::optional<ExchangeDetail>& detail) {
    QJsonObject object = toJson(record);
    const QJsonObject message = detail ? assembledMessage(*detail) : QJsonObject();
    if (!message.isEmpty()) object.insert(QLatin1String("message"), message);
    return jsonBytes(object) + '\n';
}

} // namespace

QByteArray ExchangeWriter::begin() const {
    switch (m_format) {
    case ExportFormat::Har: return har::begin();
    case ExportFormat::JsonLines: return {};
    case ExportFormat::Csv: return csv::header();
    }
    Q_UNREACHABLE();
}

QByteArray ExchangeWriter::add(const ExchangeRecord& record,
                               const std::optional<ExchangeDetail>& detail) {
    switch (m_format) {
    case ExportFormat::Har: break;
    case ExportFormat::JsonLines: return jsonLine(record, detail);
    case ExportFormat::Csv: return csv::line(record);
    }
    ExchangeDetail bare;
    bare.record = record;
    const QByteArray comma = std::exchange(m_hasEntries, true) ? ",\n" : "";
    return comma + har::entry(detail.value_or(bare));
}

QByteArray ExchangeWriter::end() const {
    return m_format == ExportFormat::Har ? har::end() : QByteArray();
}

} // namespace sallyport
