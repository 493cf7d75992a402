// SPDX-License-Identifier: MIT
#include "ui/log/rowtext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace sallyport {

namespace {

QDateTime localTime(WallTime at) {
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count());
}

/// Seconds without a byte that are worth a word: models pause for some within a response.
constexpr qint64 kSilence = 5;

QString statusWord(int status) {
    switch (status) {
    case 400: return QCoreApplication::translate("Log", "bad request");
    case 401: return QCoreApplication::translate("Log", "not authorised");
    case 403: return QCoreApplication::translate("Log", "forbidden");
    case 404: return QCoreApplication::translate("Log", "not found");
    case 408: return QCoreApplication::translate("Log", "time-out");
    case 413: return QCoreApplication::translate("Log", "too large");
    case 429: return QCoreApplication::translate("Log", "rate limit");
    case 502: return QCoreApplication::translate("Log", "bad gateway");
    case 503: return QCoreApplication::translate("Log", "unavailable");
    case 504: return QCoreApplication::translate("Log", "time-out");
    case 508: return QCoreApplication::translate("Log", "loop");
    case 529: return QCoreApplication::translate("Log", "overloaded");
    default: break;
    }
    if (status >= 500) return QCoreApplication::translate("Log", "server error");
    if (status >= 400) return QCoreApplication::translate("Log", "client error");
    if (status >= 300) return QCoreApplication::translate("Log", "redirect");
    return QCoreApplication::translate("Log", "done");
}

RowState runningState(const ExchangeRecord& r) {
    if (r.isUpgraded)
        return {QStringLiteral("⇄"), QCoreApplication::translate("Log", "open"), Tone::Live};
    switch (r.phase) {
    case ExchangePhase::Accepted:
    case ExchangePhase::HeadReceived:
    case ExchangePhase::Routed:
    case ExchangePhase::UpstreamChosen:
        return {QStringLiteral("↑"), QCoreApplication::translate("Log", "sending"), Tone::Live};
    case ExchangePhase::RequestSent:
        return {QStringLiteral("…"), QCoreApplication::translate("Log", "waiting"), Tone::Live};
    case ExchangePhase::ResponseHead:
    case ExchangePhase::Streaming:
    case ExchangePhase::Ended: break;
    }
    if (!r.isEventStream || r.events == 0)
        return {QStringLiteral("▶"), QCoreApplication::translate("Log", "receiving"), Tone::Live};
    const int events = static_cast<int>(std::min<quint64>(r.events, 1000000));
    return {QStringLiteral("▶"), QCoreApplication::translate("Log", "%n event(s)", nullptr, events),
            Tone::Live};
}

QString blockWord(StreamProgress::Block block) {
    switch (block) {
    case StreamProgress::Block::None: break;
    case StreamProgress::Block::Text: return QCoreApplication::translate("Log", "writing");
    case StreamProgress::Block::Thinking: return QCoreApplication::translate("Log", "thinking");
    case StreamProgress::Block::ToolCall: return QCoreApplication::translate("Log", "tool call");
    }
    return {};
}

/// `thinking, 312 tokens, 58/s`; empty before the first block.
QString progressText(const StreamProgress& progress, const RowActivity& activity) {
    QString text = blockWord(progress.block);
    if (text.isEmpty() || progress.outputTokens <= 0) return text;
    const int tokens = static_cast<int>(std::min<qint64>(progress.outputTokens, 1'000'000'000));
    text +=
        QLatin1String(", ") + QCoreApplication::translate("Log", "%Ln token(s)", nullptr, tokens);
    if (activity.tokensPerSecond >= 0.5)
        text += QLatin1String(", ") +
                QCoreApplication::translate("Log", "%1/s").arg(qRound64(activity.tokensPerSecond));
    return text;
}

RowState completeState(const ExchangeRecord& r) {
    if (r.role == RequestRole::Tunnel && r.status < 300)
        return {QStringLiteral("⇄"), QCoreApplication::translate("Log", "tunnel"), Tone::Quiet};
    if (r.isUpgraded)
        return {QStringLiteral("⇄"), QCoreApplication::translate("Log", "upgraded"), Tone::Quiet};
    if (r.status >= 400) return {QStringLiteral("!"), statusWord(r.status), Tone::Bad};
    if (r.status >= 300) return {QStringLiteral("↪"), statusWord(r.status), Tone::Quiet};
    return {QStringLiteral("✓"), statusWord(r.status), Tone::Good};
}

RowState upstreamErrorState(const ExchangeRecord& r) {
    // A destination that `forward` denies is known only once its name is resolved.
    if (r.errorCode == "blocked")
        return {QStringLiteral("⊘"), QCoreApplication::translate("Log", "blocked here"), Tone::Bad};
    if (r.isEventStream && r.status >= 200 && r.status < 300 &&
        r.error.contains(QLatin1String("overloaded"), Qt::CaseInsensitive))
        return {QStringLiteral("!"), QCoreApplication::translate("Log", "overloaded in mid-stream"),
                Tone::Bad};
    // The status was sent before the failure; an `error` event in the stream reports it.
    if (r.isEventStream && r.status >= 200 && r.status < 300)
        return {QStringLiteral("!"), QCoreApplication::translate("Log", "error in the stream"),
                Tone::Bad};
    return {QStringLiteral("✕"), QCoreApplication::translate("Log", "upstream failed"), Tone::Bad};
}

} // namespace

QString RowState::text(int status) const {
    // A count of events says more than the 200 that every stream begins with.
    if (status <= 0 || (tone == Tone::Live && status < 300)) return glyph + u' ' + word;
    return glyph + u' ' + QString::number(status) + u' ' + word;
}

RowState rowStateAt(const ExchangeRecord& r, WallTime now, const RowActivity& activity) {
    RowState state = rowState(r);
    if (r.end != ExchangeEnd::Running || r.isUpgraded) return state;
    const auto secondsSince = [now](WallTime at) {
        return std::chrono::duration_cast<std::chrono::seconds>(now - at).count();
    };
    if (r.phase == ExchangePhase::RequestSent) {
        const auto sent = r.startedAt + std::chrono::microseconds(r.times.requestSent.value_or(0));
        if (const auto waited = secondsSince(sent); waited >= 1)
            state.word = QCoreApplication::translate("Log", "waiting %1 s").arg(waited);
    } else if (r.phase == ExchangePhase::Streaming) {
        const auto silent = secondsSince(activity.lastByte);
        if (silent >= kSilence)
            state.word = QCoreApplication::translate("Log", "silent %1 s").arg(silent);
        else if (const QString words = progressText(r.progress, activity); !words.isEmpty())
            state.word = words;
    }
    return state;
}

RowState rowState(const ExchangeRecord& r) {
    switch (r.end) {
    case ExchangeEnd::Running: return runningState(r);
    case ExchangeEnd::Complete: return completeState(r);
    case ExchangeEnd::Refused:
        return {QStringLiteral("⊘"), QCoreApplication::translate("Log", "refused here"), Tone::Bad};
    case ExchangeEnd::UpstreamError: return upstreamErrorState(r);
    case ExchangeEnd::Truncated:
        return {QStringLiteral("✂"), QCoreApplication::translate("Log", "truncated"), Tone::Warn};
    case ExchangeEnd::Stalled:
        return {QStringLiteral("‖"), QCoreApplication::translate("Log", "stalled"), Tone::Warn};
    case ExchangeEnd::ClientGone:
        // Most clients end a tunnel by closing its connection; that is not a failure.
        if (r.role == RequestRole::Tunnel && r.status < 300 && r.status > 0)
            return {QStringLiteral("⇄"), QCoreApplication::translate("Log", "tunnel closed"),
                    Tone::Quiet};
        return {QStringLiteral("✕"), QCoreApplication::translate("Log", "client gone"),
                Tone::Quiet};
    }
    return {};
}

QString widestStateText(const QFontMetrics& metrics) {
    ExchangeRecord record;
    record.isEventStream = true;
    record.status = 200;
    record.phase = ExchangePhase::Streaming;
    record.progress = {StreamProgress::Block::Thinking, 1312};
    const QString running = rowStateAt(record, {}, {{}, 158}).text(record.status);
    record.end = ExchangeEnd::UpstreamError;
    record.error = QStringLiteral("overloaded");
    const QString ended = rowState(record).text(record.status);
    return metrics.horizontalAdvance(running) > metrics.horizontalAdvance(ended) ? running : ended;
}

QString durationText(qint64 micros) {
    const qint64 millis = micros / 1000;
    if (millis < 1) return QCoreApplication::translate("Log", "%1 ms").arg(QStringLiteral("<1"));
    if (millis < 100) return QCoreApplication::translate("Log", "%1 ms").arg(millis);
    const double seconds = static_cast<double>(micros) / 1e6;
    if (seconds < 9.995)
        return QCoreApplication::translate("Log", "%1 s").arg(QLocale().toString(seconds, 'f', 2));
    if (seconds < 60)
        return QCoreApplication::translate("Log", "%1 s").arg(QLocale().toString(seconds, 'f', 1));
    const qint64 whole = micros / 1000000;
    return QCoreApplication::translate("Log", "%1 min %2 s")
        .arg(whole / 60)
        .arg(whole % 60, 2, 10, QLatin1Char('0'));
}

QString gapText(qint64 micros) {
    const QString duration = durationText(micros);
    return micros < 1000 ? duration : QString(QLatin1Char('+') + duration);
}

QString sizeText(qint64 bytes) {
    // Qt writes out "bytes", which is wide for a column of figures.
    if (bytes < 1024) return QString::number(bytes) + QLatin1String(" B");
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeIecFormat);
}

QString countText(const std::optional<qint64>& count) {
    return count ? QLocale().toString(*count) : QStringLiteral("–");
}

QString cacheText(const Usage& usage) {
    const QString read = countText(usage.cacheRead);
    if (usage.cacheWritten.value_or(0) == 0) return read;
    return (usage.cacheRead ? read + u' ' : QString()) + u'+' + countText(usage.cacheWritten);
}

QString phasesText(const ExchangeRecord& r, WallTime now) {
    const qint64 total = elapsedMicros(r, now);
    if (!r.times.firstByte)
        return QCoreApplication::translate("Log", "no response after %1").arg(durationText(total));
    return QCoreApplication::translate("Log", "first byte after %1, then %2")
        .arg(durationText(*r.times.firstByte),
             durationText(std::max<qint64>(0, total - *r.times.firstByte)));
}

QString timeText(WallTime at) { return localTime(at).time().toString(QStringLiteral("HH:mm:ss")); }

QString dayTimeText(WallTime at, WallTime now) {
    const QDateTime time = localTime(at);
    return time.date() == localTime(now).date() ? time.time().toString(QStringLiteral("HH:mm:ss"))
                                                : time.toString(QStringLiteral("MM-dd HH:mm"));
}

QString momentText(WallTime at) {
    return localTime(at).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString agoText(WallTime at, WallTime now) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - at).count();
    if (seconds < 1) return QCoreApplication::translate("Log", "just now");
    if (seconds < 60) return QCoreApplication::translate("Log", "%1 s ago").arg(seconds);
    if (seconds < 3600) return QCoreApplication::translate("Log", "%1 min ago").arg(seconds / 60);
    return QCoreApplication::translate("Log", "%1 h ago").arg(seconds / 3600);
}

QString addressText(const ExchangeRecord& r) {
    if (r.role == RequestRole::Tunnel) return QString::fromUtf8(r.host);
    const bool isOurs = r.role == RequestRole::Gateway || r.role == RequestRole::Local;
    if (isOurs) return QString::fromUtf8(r.path);
    return QString::fromUtf8(r.host + r.path);
}

QString shortModelText(const ExchangeRecord& r) {
    return modelText(r).replace(QLatin1String("claude-"), QString());
}

QString modelText(const ExchangeRecord& r) {
    if (r.modelSent.isEmpty() || r.modelSent == r.modelAsked)
        return QString::fromUtf8(r.modelAsked);
    if (r.modelAsked.isEmpty()) return QString::fromUtf8(r.modelSent);
    return QString::fromUtf8(r.modelAsked + " → " + r.modelSent);
}

QString urlText(const ExchangeRecord& r) {
    if (r.role == RequestRole::Tunnel) return QString::fromUtf8(r.host);
    // What came by an opened tunnel was asked for over TLS.
    const QLatin1String scheme(r.interceptedBy.isEmpty() ? "http://" : "https://");
    return scheme + QString::fromUtf8(r.host + r.path);
}

qint64 elapsedMicros(const ExchangeRecord& r, WallTime now) {
    if (r.times.ended) return *r.times.ended;
    const auto elapsed = now - r.startedAt;
    return std::max<qint64>(0,
                            std::chrono::duration_cast<std::chrono::microseconds>(elapsed).count());
}

} // namespace sallyport
