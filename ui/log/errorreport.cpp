// SPDX-License-Identifier: MIT
#include "ui/log/errorreport.h"

#include "core/history/messageassembly.h"
#include "core/observe/logline.h"
#include "core/support/visibletext.h"
#include "ui/log/rowtext.h"

#include <array>

namespace sallyport {

namespace {

constexpr qsizetype kShownBytes = 2048; ///< of the response

/// Response fields by which a gateway, or the vendor, finds the request in its own log.
constexpr std::array<const char*, 7> kNamingFields{"request-id", "x-request-id", "cf-ray", "via",
                                                   "server",     "retry-after",  "date"};

class Report {
public:
    void line(const char* name, const QString& value) {
        if (value.isEmpty()) return;
        m_lines += QStringLiteral("%1 %2").arg(QLatin1String(name), -12).arg(visibleText(value));
    }
    void text(const QString& lines) { m_lines += lines; }
    [[nodiscard]] QString joined() const { return m_lines.join(u'\n') + u'\n'; }

private:
    QStringList m_lines;
};

QString timesText(const ExchangeTimes& times) {
    QStringList parts;
    const auto add = [&parts](const char* name, const std::optional<qint64>& at) {
        if (at) parts += QStringLiteral("%1 %2 ms").arg(QLatin1String(name)).arg(*at / 1000);
    };
    add("connected", times.connected);
    add("sent", times.requestSent);
    add("first byte", times.firstByte);
    add("ended", times.ended);
    return parts.join(QLatin1String(", "));
}

QString startedText(WallTime at) {
    QByteArray out;
    log::appendTimestamp(out, at);
    return QString::fromLatin1(out);
}

QString wayText(const ExchangeRecord& r) {
    QStringList parts;
    for (const QString& part : {r.route, r.upstream, r.target})
        if (!part.isEmpty()) parts += part;
    return parts.join(QStringLiteral(" → "));
}

/// Control characters as escapes, line ends as they are.
QString bodyText(const ExchangeDetail& detail) {
    const QByteArray body = plainBody(detail.responseBody, detail.responseFields, {kShownBytes, 0});
    QStringList lines;
    for (const QString& line : QString::fromUtf8(body.left(kShownBytes)).split(u'\n'))
        lines += QLatin1String("  ") + visibleText(line);
    return body.isEmpty() ? QString() : lines.join(u'\n');
}

} // namespace

QString errorReport(const ExchangeDetail& detail) {
    const ExchangeRecord& r = detail.record;
    Report report;
    report.line("Sallyport", QStringLiteral(SALLYPORT_VERSION));
    report.line("started", startedText(r.startedAt));
    report.line("request", QString::fromUtf8(r.method) + u' ' + urlText(r));
    report.line("status", r.status > 0 ? QString::number(r.status) : QStringLiteral("none"));
    report.line("ended", QString::fromLatin1(wordOf(r.end)));
    report.line("error", r.error);
    report.line("code", QString::fromUtf8(r.errorCode));
    report.line("way", wayText(r));
    for (const PassedOver& other : r.passedOver)
        report.line("passed over", other.target + QLatin1String(": ") + other.reason);
    report.line("model", modelText(r));
    report.line("client", QString::fromUtf8(r.userAgent));
    report.line("session", QString::fromUtf8(r.session));
    report.line("times", timesText(r.times));
    report.line("bytes",
                QStringLiteral("%1 sent, %2 received").arg(r.requestBytes).arg(r.responseBytes));
    for (const char* name : kNamingFields)
        report.line(name, QString::fromUtf8(detail.responseFields.combined(name)));
    const QString body = bodyText(detail);
    if (!body.isEmpty()) report.text(QLatin1String("response, its first 2 KiB:\n") + body);
    return report.joined();
}

} // namespace sallyport
