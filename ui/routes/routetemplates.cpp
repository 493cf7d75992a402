// SPDX-License-Identifier: MIT
#include "ui/routes/routetemplates.h"

#include "core/config/gatewayedit.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport {

namespace {

QString text(const char* source) { return QCoreApplication::translate("RouteTemplate", source); }

QString freeName(const QString& wanted, const RoutesFile& file) {
    QString name = wanted;
    const auto isTaken = [&](const Route& route) { return route.name == name; };
    for (int i = 2; std::any_of(file.routes.begin(), file.routes.end(), isTaken); ++i)
        name = wanted + u'-' + QString::number(i);
    return name;
}

/// The first upstream with an address that is not `other`; empty when there is none.
QString upstreamBeside(const RoutesFile& file, const QString& other) {
    for (const UpstreamConfig& upstream : file.upstreams)
        if (!upstream.isSandbox && upstream.name != other) return upstream.name;
    return {};
}

/// A prefix of its own, which is taken off on the way.
void lead(RouteFields& fields, const QString& upstream) {
    fields.actionValue = upstream;
    fields.path = u'/' + QString::fromLatin1(upstream.toUtf8().toPercentEncoding());
    fields.rewrite = QStringLiteral("/");
}

} // namespace

QString templateTitle(RouteTemplate kind) {
    switch (kind) {
    case RouteTemplate::Gateway: return text(QT_TRANSLATE_NOOP("RouteTemplate", "To a gateway…"));
    case RouteTemplate::SecondProvider:
        return text(QT_TRANSLATE_NOOP("RouteTemplate", "To a second provider, by its own path…"));
    case RouteTemplate::Sandbox: return text(QT_TRANSLATE_NOOP("RouteTemplate", "To the sandbox…"));
    case RouteTemplate::Answer:
        return text(QT_TRANSLATE_NOOP("RouteTemplate", "Answer on this machine…"));
    case RouteTemplate::Block: return text(QT_TRANSLATE_NOOP("RouteTemplate", "Block a host…"));
    }
    Q_UNREACHABLE();
}

RouteFields templateFields(RouteTemplate kind, const RoutesFile& file) {
    const QString used = gatewayInUse(file.routes, file.upstreams).upstream.name;
    RouteFields fields;
    fields.path = QStringLiteral("/");
    switch (kind) {
    case RouteTemplate::Gateway:
        fields.name = freeName(QStringLiteral("claude"), file);
        fields.actionValue = upstreamBeside(file, {});
        break;
    case RouteTemplate::SecondProvider:
        fields.name = freeName(QStringLiteral("second"), file);
        lead(fields, upstreamBeside(file, used));
        break;
    case RouteTemplate::Sandbox:
        fields.name = freeName(QStringLiteral("sandbox"), file);
        lead(fields, QStringLiteral("sandbox"));
        break;
    case RouteTemplate::Answer:
        fields.name = freeName(QStringLiteral("answer"), file);
        fields.path = QStringLiteral("/hello");
        fields.action = QStringLiteral("respond");
        fields.actionValue = QStringLiteral("{status: 200, body: \"hello\"}");
        break;
    case RouteTemplate::Block:
        fields.name = freeName(QStringLiteral("block"), file);
        fields.host = QStringLiteral("*.example.com");
        fields.action = QStringLiteral("block");
        break;
    }
    return fields;
}

} // namespace sallyport
