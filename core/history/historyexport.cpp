// SPDX-License-Identifier: MIT
#include "core/history/historyexport.h"

#include "core/history/historyreader.h"

#include <QSaveFile>

#include <algorithm>

namespace sallyport {

namespace {

class Export {
public:
    Export(const QString& historyPath, const ExportRequest& request)
        : m_request(request)
        , m_writer(request.format, request.about)
        , m_file(request.path) {
        m_outcome.path = request.path;
        if (auto reader = HistoryReader::open(historyPath))
            m_reader.emplace(std::move(reader).value());
    }

    ExportOutcome run() {
        if (!m_file.open(QIODevice::WriteOnly) ||
            !m_file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
            return failed(m_file.errorString());
        m_file.write(m_writer.begin());
        if (m_request.query)
            writeFound();
        else
            for (const ExchangeRecord& record : m_request.kept)
                write(record, detailOf(record));
        writeLive();
        if (!m_outcome.problem.isEmpty()) return m_outcome;
        m_file.write(m_writer.end());
        if (!m_file.commit()) return failed(m_file.errorString());
        return m_outcome;
    }

private:
    [[nodiscard]] std::optional<ExchangeDetail> detailOf(const ExchangeRecord& record) const {
        // A table has no contents.
        if (!m_reader || !m_writer.takesDetails()) return {};
        return m_reader->detail(record);
    }

    void write(const ExchangeRecord& record, const std::optional<ExchangeDetail>& detail) {
        m_file.write(m_writer.add(record, detail));
        ++m_outcome.written;
        if (!detail && m_writer.takesDetails()) ++m_outcome.bare;
    }

    void writeFound() {
        if (!m_reader) return;
        const auto error =
            m_reader->each(*m_request.query, 0, [this](const ExchangeRecord& record) {
                write(record, detailOf(record));
                return m_file.error() == QFileDevice::NoError;
            });
        if (error) static_cast<void>(failed(error->reason));
    }

    void writeLive() {
        QHash<quint64, ExchangeRecord> kept;
        if (m_reader && m_writer.takesDetails()) kept = m_reader->recordsLike(m_request.live);
        for (const ExchangeRecord& record : m_request.live) {
            const auto like = kept.constFind(record.id);
            auto detail = like == kept.cend() ? std::nullopt : detailOf(*like);
            if (detail) detail->record = record;
            write(record, detail);
        }
    }

    ExportOutcome failed(const QString& reason) {
        m_outcome.problem = m_request.path + QLatin1String(": ") + reason;
        return m_outcome;
    }

    const ExportRequest& m_request;
    ExchangeWriter m_writer;
    QSaveFile m_file;
    std::optional<HistoryReader> m_reader;
    ExportOutcome m_outcome;
};

} // namespace

ExportOutcome exportExchanges(const QString& historyPath, const ExportRequest& request) {
    return Export(historyPath, request).run();
}

} // namespace sallyport
