// SPDX-License-Identifier: MIT
#include "ui/log/curlcommand.h"

#include "core/support/ascii.h"
#include "ui/log/rowtext.h"

#include <QMap>

#include <algorithm>
#include <array>

namespace sallyport {

namespace {

/// The file that the content is expected in where a shell cannot carry it.
const QString kBodyFile = QStringLiteral("request-body.bin");

bool isOwnField(QByteArrayView name) {
    static constexpr std::array<QByteArrayView, 5> kOwn{"host", "content-length", "connection",
                                                        "transfer-encoding", "accept-encoding"};
    return std::any_of(kOwn.begin(), kOwn.end(),
                       [&](QByteArrayView own) { return ascii::equalsIgnoreCase(own, name); });
}

QByteArray bodyOf(const ExchangeDetail& detail) {
    QByteArray body;
    for (const BodyPiece& piece : detail.requestBody)
        body += piece.bytes;
    return body;
}

/// An argument of a program ends at a zero, and has to be text.
bool isArgument(const QByteArray& bytes) { return !bytes.contains('\0') && bytes.isValidUtf8(); }

QString bashCommand(const ExchangeDetail& detail) {
    const ExchangeRecord& r = detail.record;
    const QByteArray body = bodyOf(detail);
    const bool isPiped = !isArgument(body);
    QByteArray out =
        "curl -sS -N -X " + bashQuoted(r.method) + ' ' + bashQuoted(urlText(r).toUtf8());
    if (isPiped) out = "printf %s " + bashQuoted(body.toBase64()) + " | base64 -d | " + out;
    for (const FieldView field : detail.requestFields) {
        if (isOwnField(field.name)) continue;
        const QByteArray line = field.name.toByteArray() + ": " + field.value.toByteArray();
        out += " \\\n  -H " + bashQuoted(line);
    }
    if (isPiped)
        out += " \\\n  --data-binary @-";
    else if (!body.isEmpty())
        out += " \\\n  --data-raw " + bashQuoted(body);
    return QString::fromUtf8(out);
}

QString cmdCommand(const ExchangeDetail& detail) {
    const ExchangeRecord& r = detail.record;
    const QByteArray body = bodyOf(detail);
    QString out = QLatin1String("curl -sS -N -X ") + cmdQuoted(QString::fromUtf8(r.method)) + u' ' +
                  cmdQuoted(urlText(r));
    for (const FieldView field : detail.requestFields) {
        if (isOwnField(field.name)) continue;
        out += QLatin1String(" ^\n  -H ") +
               cmdQuoted(
                   QString::fromUtf8(field.name.toByteArray() + ": " + field.value.toByteArray()));
    }
    if (body.isEmpty()) return out;
    if (isArgument(body))
        return QString(out + QLatin1String(" ^\n  --data-raw ") +
                       cmdQuoted(QString::fromUtf8(body)));
    return QString(out + QLatin1String(" ^\n  --data-binary ") + cmdQuoted(u'@' + kBodyFile));
}

/// Names once each: a hash table refuses them twice. Content-Type and User-Agent have parameters of
/// their own, since Windows PowerShell refuses them as headers.
QMap<QString, QString> headersOf(const ExchangeDetail& detail) {
    QMap<QString, QString> headers;
    for (const FieldView field : detail.requestFields) {
        if (isOwnField(field.name)) continue;
        const QString name = QString::fromUtf8(field.name).toLower();
        const QString value = QString::fromUtf8(field.value);
        QString& kept = headers[name];
        kept = kept.isEmpty() ? value : QString(kept + QLatin1String(", ") + value);
    }
    return headers;
}

QString powerShellCommand(const ExchangeDetail& detail) {
    const ExchangeRecord& r = detail.record;
    QString out = QLatin1String("Invoke-WebRequest -UseBasicParsing -Method ") +
                  powerShellQuoted(QString::fromUtf8(r.method)) + QLatin1String(" -Uri ") +
                  powerShellQuoted(urlText(r));
    QMap<QString, QString> headers = headersOf(detail);
    const QString type = headers.take(QStringLiteral("content-type"));
    const QString agent = headers.take(QStringLiteral("user-agent"));
    if (!agent.isEmpty()) out += QLatin1String(" `\n  -UserAgent ") + powerShellQuoted(agent);
    if (!type.isEmpty()) out += QLatin1String(" `\n  -ContentType ") + powerShellQuoted(type);
    if (!headers.isEmpty()) {
        out += QLatin1String(" `\n  -Headers @{");
        for (const auto& [name, value] : headers.asKeyValueRange())
            out += QLatin1String("\n    ") + powerShellQuoted(name) + QLatin1String(" = ") +
                   powerShellQuoted(value);
        out += QLatin1String("\n  }");
    }
    const QByteArray body = bodyOf(detail);
    if (body.isEmpty()) return out;
    out += QLatin1String(" `\n  -Body ");
    if (isArgument(body))
        return QString(out + QLatin1String("([Text.Encoding]::UTF8.GetBytes(") +
                       powerShellQuoted(QString::fromUtf8(body)) + QLatin1String("))"));
    return QString(out + QLatin1String("([Convert]::FromBase64String('") +
                   QLatin1String(body.toBase64()) + QLatin1String("'))"));
}

bool isPlainForCmd(QChar c) {
    constexpr QLatin1String kPlain(" _-:=+~'/.,?;*`@#$[]{}\\");
    return c.isLetterOrNumber() || c.unicode() > 0x7f || kPlain.contains(c);
}

} // namespace

QByteArray bashQuoted(QByteArrayView text) {
    QByteArray out = text.toByteArray();
    out.replace('\'', "'\\''");
    return '\'' + out + '\'';
}

QString powerShellQuoted(const QString& text) {
    QString out;
    for (const QChar c : text) {
        out += c;
        // Each of them ends a text in single quotes, and stands for itself when doubled.
        if (QStringLiteral("'\u2018\u2019\u201a\u201b").contains(c)) out += c;
    }
    return u'\'' + out + u'\'';
}

QString cmdQuoted(const QString& text) {
    QString argument;
    qsizetype backslashes = 0;
    for (const QChar c : text) {
        if (c == u'"') argument += QString(backslashes + 1, u'\\');
        argument += c;
        backslashes = c == u'\\' ? backslashes + 1 : 0;
    }
    argument += QString(backslashes, u'\\');
    QString out = QStringLiteral("^\"");
    for (const QChar c : std::as_const(argument)) {
        if (c == u'\r') continue;
        // A caret takes the line end away; the empty line after it is the one that is meant.
        if (c == u'\n') {
            out += QLatin1String("^\n\n");
            continue;
        }
        if (!isPlainForCmd(c)) out += u'^';
        out += c;
    }
    return out + QLatin1String("^\"");
}

QString commandFor(const ExchangeDetail& detail, CommandShell shell) {
    switch (shell) {
    case CommandShell::Bash: return bashCommand(detail);
    case CommandShell::PowerShell: return powerShellCommand(detail);
    case CommandShell::Cmd: return cmdCommand(detail);
    }
    Q_UNREACHABLE();
}

} // namespace sallyport
