// SPDX-License-Identifier: MIT
#include "app/cli/logcommand.h"

#include "app/cli/console.h"
#include "core/history/exchangewriter.h"
#include "core/history/filterparser.h"
#include "core/history/historyreader.h"
#include "core/history/historystore.h"
#include "core/support/unixsignals.h"
#include "core/support/visibletext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QSaveFile>
#include <QTimer>

#include <csignal>

namespace sallyport::cli {

namespace {

using namespace std::chrono_literals;

constexpr auto kFollowInterval = 250ms;
constexpr int kLinesBeforeFollowing = 10;

/// Where the output goes: standard output, or a file that is there whole or not at all.
class Output {
public:
    explicit Output(const QString& path)
        : m_file(path) {
        m_isFile = !path.isEmpty() && path != QLatin1String("-");
        if (!m_isFile) return;
        m_isOpen = m_file.open(QIODevice::WriteOnly) &&
                   m_file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    }
    void write(const QByteArray& bytes) {
        if (!m_isFile)
            printOutput(bytes);
        else if (m_isOpen)
            m_file.write(bytes);
    }
    /// The exit code; the reason of a failure is printed.
    [[nodiscard]] int finish() {
        if (!m_isFile || (m_isOpen && m_file.commit())) return kExitDone;
        printError(m_file.fileName() + QLatin1String(": ") + m_file.errorString());
        return kExitNo;
    }

private:
    QSaveFile m_file;
    bool m_isFile = false;
    bool m_isOpen = false;
};

ExportFormat formatOf(const LogOptions& options) {
    switch (options.format) {
    case LogFormat::Text:
    case LogFormat::Csv: break;
    case LogFormat::Json:
        return options.hasContents ? ExportFormat::Contents : ExportFormat::JsonLines;
    case LogFormat::Har: return ExportFormat::Har;
    }
    return ExportFormat::Csv;
}

/// Writes records in the form that was asked for.
class Printer {
public:
    explicit Printer(const LogOptions& options)
        : m_isText(options.format == LogFormat::Text)
        , m_writer(formatOf(options))
        , m_output(options.file) {}

    void begin() {
        if (!m_isText) m_output.write(m_writer.begin());
    }
    void print(const HistoryReader& reader, const ExchangeRecord& record) {
        if (m_isText) return m_output.write(logLine(record).toUtf8());
        m_output.write(
            m_writer.add(record, m_writer.takesDetails() ? reader.detail(record) : std::nullopt));
    }
    [[nodiscard]] int finish() {
        if (!m_isText) m_output.write(m_writer.end());
        return m_output.finish();
    }

private:
    bool m_isText;
    ExchangeWriter m_writer;
    Output m_output;
};

int fail(const QString& path, const HistoryError& error) {
    switch (error.kind) {
    case HistoryError::Kind::Missing:
        printError(QLatin1String("there is no history yet (") + path +
                   QLatin1String("): Sallyport writes it while it runs, unless settings.yaml says "
                                 "history: {enabled: false}"));
        return kExitNo;
    case HistoryError::Kind::Damaged:
    case HistoryError::Kind::Newer:
    case HistoryError::Kind::Full:
    case HistoryError::Kind::Busy:
    case HistoryError::Kind::Failed: break;
    }
    printError(path + QLatin1String(": ") + error.reason);
    return kExitNo;
}

/// Prints what is new at each tick, until a signal ends the loop. The file may come later, and may
/// be replaced by a new one.
class Follower : public QObject {
public:
    Follower(QString path, filter::Query query, const LogOptions& options)
        : m_path(std::move(path))
        , m_query(std::move(query))
        , m_printer(options)
        , m_before(options.last >= 0 ? options.last : kLinesBeforeFollowing)
        , m_signals({SIGINT, SIGTERM}) {
        connect(&m_signals, &UnixSignals::arrived, this, [] { QCoreApplication::exit(kExitDone); });
        connect(&m_timer, &QTimer::timeout, this, &Follower::printNew);
        m_timer.setInterval(kFollowInterval);
    }

    [[nodiscard]] int run() {
        m_printer.begin();
        if (const auto error = printNew(); error) return fail(m_path, *error);
        m_timer.start();
        return QCoreApplication::exec();
    }

private:
    std::optional<HistoryError> printNew() {
        const auto reader = HistoryReader::open(m_path);
        if (!reader) {
            const bool mayCome = reader.error().kind == HistoryError::Kind::Missing ||
                                 reader.error().kind == HistoryError::Kind::Busy;
            return mayCome ? std::nullopt : std::optional(reader.error());
        }
        const quint64 last = reader->lastId();
        // Cleared, or begun anew.
        if (last < m_last) m_last = 0;
        if (!m_hasBegun) {
            m_hasBegun = true;
            m_last = last;
            return printLatest(*reader);
        }
        if (last == m_last) return {};
        const auto error = reader->each(m_query, m_last, [&](const ExchangeRecord& record) {
            m_printer.print(*reader, record);
            return true;
        });
        if (!error) m_last = last;
        return error;
    }
    std::optional<HistoryError> printLatest(const HistoryReader& reader) {
        const auto records = reader.latest(m_query, m_before);
        if (!records) return records.error();
        for (auto record = records->rbegin(); record != records->rend(); ++record)
            m_printer.print(reader, *record);
        return {};
    }

    QString m_path;
    filter::Query m_query;
    Printer m_printer;
    int m_before;
    UnixSignals m_signals;
    QTimer m_timer;
    quint64 m_last = 0;
    bool m_hasBegun = false;
};

int printAll(const QString& path, const filter::Query& query, const LogOptions& options) {
    const auto reader = HistoryReader::open(path);
    if (!reader) return fail(path, reader.error());
    Printer printer(options);
    printer.begin();
    const auto print = [&](const ExchangeRecord& record) {
        printer.print(*reader, record);
        return true;
    };
    std::optional<HistoryError> error;
    if (options.last < 0) {
        error = reader->each(query, 0, print);
    } else if (const auto records = reader->latest(query, options.last)) {
        std::for_each(records->rbegin(), records->rend(), print);
    } else {
        error = records.error();
    }
    if (error) return fail(path, *error);
    return printer.finish();
}

int clear(const QString& path) {
    // Not made where there is none.
    if (const auto reader = HistoryReader::open(path); !reader) return fail(path, reader.error());
    auto store = HistoryStore::open(path, {});
    if (!store) return fail(path, store.error());
    if (const auto error = store.value()->clear()) return fail(path, *error);
    printOutput(QStringLiteral("The history is empty.\n"));
    return kExitDone;
}

int printProblem(const QString& line, const filter::Problem& problem) {
    printError(QLatin1String("--filter: ") + problem.reason);
    const QString mark(std::max<qsizetype>(problem.length, 1), u'^');
    printErrorAsIs(QLatin1String("  ") + line + QLatin1String("\n  ") +
                   QString(problem.position, u' ') + mark);
    return kExitWrong;
}

QString tokensOf(const Usage& usage) {
    if (!usage.input && !usage.output && !usage.cacheRead && !usage.cacheWritten) return {};
    const qint64 in =
        usage.input.value_or(0) + usage.cacheRead.value_or(0) + usage.cacheWritten.value_or(0);
    return QStringLiteral(" %1→%2 tokens").arg(in).arg(usage.output.value_or(0));
}

} // namespace

QString logLine(const ExchangeRecord& r) {
    const auto started =
        std::chrono::duration_cast<std::chrono::milliseconds>(r.startedAt.time_since_epoch());
    QString line = QDateTime::fromMSecsSinceEpoch(started.count())
                       .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
    line += r.status > 0 ? QStringLiteral(" %1 ").arg(r.status) : QStringLiteral(" --- ");
    line += QString::fromUtf8(r.method) + u' ' + QString::fromUtf8(r.host + r.path);
    if (!r.modelAsked.isEmpty()) line += u' ' + QString::fromUtf8(r.modelAsked);
    line += tokensOf(r.usage);
    if (r.times.ended)
        line += QStringLiteral(" %1 s").arg(static_cast<double>(*r.times.ended) / 1e6, 0, 'f', 3);
    if (r.end != ExchangeEnd::Complete) line += u' ' + QString::fromUtf8(wordOf(r.end));
    if (!r.error.isEmpty()) line += QLatin1String(": ") + r.error;
    return visibleText(line) + u'\n';
}

int runLogCommand(const Invocation& invocation) {
    const LogOptions& options = invocation.log;
    const QString path = historyPath(invocation.stateDir);
    if (options.clears) return clear(path);
    const auto query = filter::parse(options.filter);
    if (!query) return printProblem(options.filter, query.error());
    if (options.follows) return Follower(path, *query, options).run();
    return printAll(path, *query, options);
}

} // namespace sallyport::cli
