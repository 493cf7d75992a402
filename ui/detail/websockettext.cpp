// SPDX-License-Identifier: MIT
#include "ui/detail/websockettext.h"

#include "ui/detail/exchangetext.h"
#include "ui/log/rowtext.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace sallyport {

namespace {

QString wordOfKind(WebSocketKind kind) {
    switch (kind) {
    case WebSocketKind::Text: return QCoreApplication::translate("WebSocket", "text");
    case WebSocketKind::Binary: return QCoreApplication::translate("WebSocket", "binary");
    case WebSocketKind::Close: return QCoreApplication::translate("WebSocket", "close");
    case WebSocketKind::Ping: return QCoreApplication::translate("WebSocket", "ping");
    case WebSocketKind::Pong: return QCoreApplication::translate("WebSocket", "pong");
    }
    return {};
}

/// RFC 6455 7.4 and the registry that it founds.
QString meaningOf(quint16 code) {
    switch (code) {
    case 1000: return QCoreApplication::translate("WebSocket", "normal closure");
    case 1001: return QCoreApplication::translate("WebSocket", "going away");
    case 1002: return QCoreApplication::translate("WebSocket", "protocol error");
    case 1003: return QCoreApplication::translate("WebSocket", "unsupported data");
    case 1007: return QCoreApplication::translate("WebSocket", "invalid data");
    case 1008: return QCoreApplication::translate("WebSocket", "policy violation");
    case 1009: return QCoreApplication::translate("WebSocket", "message too big");
    case 1010: return QCoreApplication::translate("WebSocket", "extension missing");
    case 1011: return QCoreApplication::translate("WebSocket", "internal error");
    case 1012: return QCoreApplication::translate("WebSocket", "service restart");
    case 1013: return QCoreApplication::translate("WebSocket", "try again later");
    case 1014: return QCoreApplication::translate("WebSocket", "bad gateway");
    case 3000: return QCoreApplication::translate("WebSocket", "unauthorized");
    case 3003: return QCoreApplication::translate("WebSocket", "forbidden");
    case 3008: return QCoreApplication::translate("WebSocket", "time-out");
    default: break;
    }
    if (code >= 3000 && code < 4000)
        return QCoreApplication::translate("WebSocket", "of a library");
    if (code >= 4000 && code < 5000)
        return QCoreApplication::translate("WebSocket", "of the application");
    return QCoreApplication::translate("WebSocket", "not a valid code");
}

bool isShownAsBytes(const WebSocketMessage& message) {
    if (message.kind == WebSocketKind::Text || message.kind == WebSocketKind::Close) return false;
    return isBinary(message.preview) || !QByteArrayView(message.preview).isValidUtf8();
}

QString closeLine(const WebSocketMessage& message) {
    const QString code = closeCodeText(message.closeCode);
    if (message.preview.isEmpty()) return code;
    return QString(code + QStringLiteral(" · ") + QString::fromUtf8(message.preview));
}

/// What a person has to know of a preview that is not the whole message.
QString noteOf(const WebSocketMessage& message) {
    if (!message.isUtf8) return QCoreApplication::translate("WebSocket", "not valid UTF-8");
    switch (message.shown) {
    case WebSocketPreview::Whole: break;
    case WebSocketPreview::Cut:
        return QCoreApplication::translate("WebSocket", "only the beginning is kept");
    case WebSocketPreview::Unread:
        return QCoreApplication::translate("WebSocket", "compressed, and could not be read");
    }
    return {};
}

bool looksLikeJson(QByteArrayView text) { return text.startsWith('{') || text.startsWith('['); }

QString abruptText(WebSocketEnd end) {
    switch (end) {
    case WebSocketEnd::Open: return QCoreApplication::translate("WebSocket", "open");
    case WebSocketEnd::Closed: break;
    case WebSocketEnd::ClientLeft:
        return QCoreApplication::translate("WebSocket", "the client left without a close frame");
    case WebSocketEnd::ClientReset:
        return QCoreApplication::translate("WebSocket", "the client's connection broke off");
    case WebSocketEnd::UpstreamLeft:
        return QCoreApplication::translate("WebSocket", "the upstream left without a close frame");
    case WebSocketEnd::UpstreamReset:
        return QCoreApplication::translate("WebSocket", "the upstream's connection broke off");
    case WebSocketEnd::TimedOut:
        return QCoreApplication::translate("WebSocket", "ended after too long a standstill");
    case WebSocketEnd::CutHere:
        return QCoreApplication::translate("WebSocket", "ended by Sallyport");
    case WebSocketEnd::Unread:
        return QCoreApplication::translate("WebSocket", "ended; close frames could not be read");
    }
    return {};
}

} // namespace

QString directionText(WebSocketSender from) {
    return from == WebSocketSender::Client
               ? QString(QStringLiteral("↑ ") + QCoreApplication::translate("WebSocket", "sent"))
               : QString(QStringLiteral("↓ ") +
                         QCoreApplication::translate("WebSocket", "received"));
}

QString kindText(const WebSocketMessage& message) {
    const QString kind = wordOfKind(message.kind);
    if (message.frames == 1) return kind;
    const int frames = static_cast<int>(std::min<quint32>(message.frames, 1000000));
    return kind + u' ' + QCoreApplication::translate("WebSocket", "(%n frame(s))", nullptr, frames);
}

QString closeCodeText(const std::optional<quint16>& code) {
    if (!code) return QCoreApplication::translate("WebSocket", "no code");
    return QStringLiteral("%1 (%2)").arg(QString::number(*code), meaningOf(*code));
}

QString messageSizeText(const WebSocketMessage& message) {
    const QString size = sizeText(static_cast<qint64>(message.bytes));
    if (!message.isDeflated) return size;
    return QCoreApplication::translate("WebSocket", "%1 deflated").arg(size);
}

QString messageLine(const WebSocketMessage& message) {
    constexpr qsizetype kShown = 300;
    constexpr qsizetype kShownBytes = 32;
    if (message.kind == WebSocketKind::Close) return closeLine(message);
    const auto start = [&message](qsizetype most) {
        return message.preview.first(std::min(message.preview.size(), most));
    };
    const QString line = isShownAsBytes(message)
                             ? QString::fromLatin1(start(kShownBytes).toHex(' '))
                             : QString::fromUtf8(start(kShown)).simplified();
    if (!message.preview.isEmpty() || noteOf(message).isEmpty()) return line;
    return QString(u'(' + noteOf(message) + u')');
}

QString messageText(const WebSocketMessage& message) {
    if (message.kind == WebSocketKind::Close) return closeLine(message);
    QString text = isShownAsBytes(message)          ? hexDump(message.preview)
                   : looksLikeJson(message.preview) ? QString::fromUtf8(prettyJson(message.preview))
                                                    : QString::fromUtf8(message.preview);
    const QString note = noteOf(message);
    if (!note.isEmpty()) text += QStringLiteral("\n\n(") + note + u')';
    return text;
}

QString endText(const WebSocketSummary& summary) {
    QStringList parts;
    const QString abrupt = abruptText(summary.end);
    if (!abrupt.isEmpty()) parts += abrupt;
    const auto addClose = [&parts](const WebSocketSent& sent, const QString& text) {
        if (!sent.hasClosed) return;
        QString code = closeCodeText(sent.closeCode);
        if (!sent.closeReason.isEmpty()) code += QStringLiteral(" “") + sent.closeReason + u'”';
        parts += text.arg(code);
    };
    addClose(summary.fromClient, QCoreApplication::translate("WebSocket", "the client closed: %1"));
    addClose(summary.fromServer,
             QCoreApplication::translate("WebSocket", "the upstream closed: %1"));
    return parts.join(QStringLiteral(" · "));
}

QString webSocketText(const WebSocketSummary& summary) {
    QStringList lines{QCoreApplication::translate("WebSocket", "messages: %1 sent, %2 received")
                          .arg(countText(static_cast<qint64>(summary.fromClient.messages)),
                               countText(static_cast<qint64>(summary.fromServer.messages)))};
    if (summary.terms.fromClient || summary.terms.fromServer)
        lines[0] += QStringLiteral(" · ") + QCoreApplication::translate("WebSocket", "compressed");
    if (!summary.subprotocol.isEmpty())
        lines[0] += QStringLiteral(" · ") + QString::fromUtf8(summary.subprotocol);
    if (!summary.path.isEmpty())
        lines += QCoreApplication::translate("WebSocket", "inside the tunnel: %1")
                     .arg(QString::fromUtf8(summary.path));
    lines += endText(summary);
    return lines.join(u'\n');
}

} // namespace sallyport
