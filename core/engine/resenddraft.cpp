// SPDX-License-Identifier: MIT
#include "core/engine/resenddraft.h"

#include "core/history/messageassembly.h"
#include "core/route/hopbyhop.h"
#include "core/secrets/secretnames.h"

#include <QCoreApplication>
#include <QLocale>

namespace sallyport {

namespace {

/// How every mask of core/secrets begins.
constexpr QByteArrayView kMask("\xe2\x80\xb9redacted");

QString sizeText(qint64 bytes) {
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeIecFormat);
}

/// Why its record alone says that it cannot be sent again.
QString unfitness(const ExchangeRecord& r) {
    if (r.role == RequestRole::Tunnel)
        return QCoreApplication::translate("Resend",
                                           "A tunnel has no request that could be sent again.");
    if (r.isUpgraded || r.webSocket)
        return QCoreApplication::translate(
            "Resend", "A WebSocket cannot be sent again: what passed depends on both sides.");
    if (r.end == ExchangeEnd::Running && r.phase < ExchangePhase::RequestSent)
        return QCoreApplication::translate("Resend", "Its request has not come whole yet.");
    if (r.method.isEmpty() || r.path.isEmpty())
        return QCoreApplication::translate("Resend", "Its request could not be read.");
    return {};
}

/// Why what is kept of it does not do.
QString missing(const ExchangeDetail& detail) {
    const qint64 bytes = detail.record.requestBytes;
    if (detail.requestFields.isEmpty())
        return QCoreApplication::translate("Resend", "Its headers and body are no longer kept.");
    if (detail.isRequestBodyCut)
        return QCoreApplication::translate("Resend", "Its body of %1 was cut when it was kept "
                                                     "(capture.max_body in settings.yaml).")
            .arg(sizeText(bytes));
    if (bytes > 0 && detail.requestBody.isEmpty())
        return QCoreApplication::translate("Resend", "Its body of %1 is not kept.")
            .arg(sizeText(bytes));
    return {};
}

QByteArray targetOf(const ExchangeRecord& r) {
    if (r.role != RequestRole::Forward) return r.path;
    // What came by an opened tunnel takes the same routes in absolute-form, without a tunnel.
    const QByteArray scheme = r.interceptedBy.isEmpty() ? "http://" : "https://";
    return scheme + r.host + (r.path == "*" ? QByteArray() : r.path);
}

} // namespace

bool isMasked(QByteArrayView text) { return text.contains(kMask); }

Result<ResendDraft, QString> draftOf(const ExchangeDetail& detail, const QString& number) {
    const ExchangeRecord& r = detail.record;
    if (const QString why = unfitness(r); !why.isEmpty()) return Failure{why};
    if (const QString why = missing(detail); !why.isEmpty()) return Failure{why};
    ResendDraft draft;
    draft.request.from = number.toLatin1();
    draft.request.method = r.method;
    draft.request.target = targetOf(r);
    if (r.role != RequestRole::Forward) draft.request.host = r.host;
    draft.request.content = joinedBody(detail.requestBody);
    draft.isAddressMasked = isMasked(draft.request.target);
    draft.isContentMasked = isMasked(draft.request.content);
    FieldList fields = detail.requestFields;
    // Before the others: a secret in one of them is no loss.
    removeHopByHopFields(fields);
    for (const char* own : {"Host", "Content-Length", "Expect", "X-Sallyport-Resent-From"})
        fields.removeEverySpelling(own);
    for (const FieldView field : fields) {
        if (isSecretField(field.name) || isMasked(field.value))
            draft.withheld += QString::fromLatin1(field.name);
        else
            draft.request.fields.append(field.name, field.value);
    }
    draft.withheld.removeDuplicates();
    return draft;
}

} // namespace sallyport
