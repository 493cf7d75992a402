// SPDX-License-Identifier: MIT
#include "core/replay/recordingreader.h"

#include "core/anthropic/limitedjsonparser.h"
#include "core/replay/harreader.h"
#include "core/replay/jsonmembers.h"
#include "core/replay/recordedlog.h"
#include "core/support/jsonlimits.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonParseError>

namespace sallyport {

namespace {

using Exchanges = std::vector<RecordedExchange>;
using Outcome = Result<Exchanges, RecordingError>;

QString waysToRecord() {
    return QCoreApplication::translate(
        "Replay",
        "write it with \"sallyport log --json --contents\" or \"sallyport log --har FILE\"");
}

Failure<RecordingError> failure(const QString& what, const QString& remedy) {
    return Failure{RecordingError{what + QLatin1String("; ") + remedy}};
}

/// Where JSON ends to be JSON, in words.
QString syntaxProblem(const QByteArray& text) {
    QJsonParseError error;
    (void)QJsonDocument::fromJson(text, &error);
    const QByteArrayView before =
        QByteArrayView(text).first(std::min<qsizetype>(std::max(error.offset, 0), text.size()));
    const qsizetype line = before.count('\n') + 1;
    const qsizetype column = before.size() - (before.lastIndexOf('\n') + 1) + 1;
    return QCoreApplication::translate("Replay", "no JSON at line %1, column %2")
        .arg(line)
        .arg(column);
}

QString faultText(JsonFault fault, const QByteArray& text) {
    if (fault == JsonFault::TooDeep)
        return QCoreApplication::translate("Replay", "JSON nested deeper than %1 levels")
            .arg(kMaxJsonDepth);
    return syntaxProblem(text);
}

/// Adds an entry; what is wrong with it is an error of the whole.
class Collector {
public:
    /// `place` is for people, `mark` goes into a field.
    [[nodiscard]] std::optional<RecordingError> add(RecordedOutcome outcome, const QString& place,
                                                    QByteArray mark) {
        if (!outcome) return RecordingError{place + u' ' + outcome.error()};
        if (!*outcome) return std::nullopt;
        if (m_exchanges.size() == kMaxRecordedExchanges)
            return RecordingError{
                QCoreApplication::translate(
                    "Replay", "%1: more than %2 exchanges; keep those that are needed")
                    .arg(place)
                    .arg(kMaxRecordedExchanges)};
        m_exchanges.push_back(std::move(**outcome));
        m_exchanges.back().place = std::move(mark);
        return std::nullopt;
    }
    [[nodiscard]] Outcome finish() {
        if (!m_exchanges.empty()) return std::move(m_exchanges);
        return failure(
            QCoreApplication::translate("Replay", "no exchange in it has a response that was kept"),
            waysToRecord());
    }

private:
    Exchanges m_exchanges;
};

Outcome readArchive(const QByteArray& bytes) {
    const auto tree = parseBoundedJson(bytes);
    if (!tree) return failure(faultText(tree.error(), bytes), waysToRecord());
    const nlohmann::json& entries =
        jsonmembers::member(jsonmembers::member(*tree, "log"), "entries");
    if (!entries.is_array())
        return failure(
            QCoreApplication::translate(
                "Replay", "neither JSON lines of Sallyport nor an HTTP Archive (HAR 1.2)"),
            waysToRecord());
    Collector all;
    int number = 0;
    for (const nlohmann::json& entry : entries) {
        const QString place = QCoreApplication::translate("Replay", "entry %1").arg(++number);
        if (const auto error =
                all.add(recordedHarEntry(entry), place, "entry " + QByteArray::number(number)))
            return failure(error->message, waysToRecord());
    }
    return all.finish();
}

Outcome readLines(const QByteArray& bytes) {
    Collector all;
    qsizetype number = 0;
    for (qsizetype at = 0; at < bytes.size();) {
        const qsizetype end = bytes.indexOf('\n', at);
        const QByteArray line =
            QByteArray::fromRawData(bytes.constData() + at, (end < 0 ? bytes.size() : end) - at);
        at = end < 0 ? bytes.size() : end + 1;
        const QString place = QCoreApplication::translate("Replay", "line %1").arg(++number);
        if (line.trimmed().isEmpty()) continue;
        const auto tree = parseBoundedJson(line);
        if (!tree) {
            const bool isTooDeep = tree.error() == JsonFault::TooDeep;
            return failure(place + QLatin1String(": ") +
                               (isTooDeep ? faultText(tree.error(), line)
                                          : QCoreApplication::translate("Replay", "no JSON")),
                           waysToRecord());
        }
        if (const auto error =
                all.add(recordedLogEntry(*tree), place, "line " + QByteArray::number(number)))
            return failure(error->message, waysToRecord());
    }
    return all.finish();
}

/// An archive is an object with a "log", seldom on one line: what is no whole object at the end of
/// the first line is read as one, and its errors have line and column.
bool isArchive(const QByteArray& bytes) {
    const qsizetype end = bytes.indexOf('\n');
    const auto first = parseBoundedJson(end < 0 ? bytes : bytes.first(end));
    return !first || !first->is_object() || first->contains("log");
}

} // namespace

Result<std::vector<RecordedExchange>, RecordingError> readRecording(const QByteArray& bytes) {
    if (bytes.trimmed().isEmpty())
        return failure(QCoreApplication::translate("Replay", "the file is empty"), waysToRecord());
    return isArchive(bytes) ? readArchive(bytes) : readLines(bytes);
}

} // namespace sallyport
