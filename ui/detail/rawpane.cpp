// SPDX-License-Identifier: MIT
#include "ui/detail/rawpane.h"

#include "ui/detail/displaytext.h"
#include "ui/detail/exchangetext.h"
#include "ui/tones.h"

#include <QCoreApplication>
#include <QScrollBar>
#include <QTextCursor>

namespace sallyport {

namespace {

constexpr qsizetype kShownBytes = qsizetype{512} * 1024;

QString contentText(const QVector<BodyPiece>& pieces) {
    QByteArray bytes;
    for (const BodyPiece& piece : pieces) {
        bytes += piece.bytes;
        if (bytes.size() > kShownBytes) break;
    }
    const bool isCut = bytes.size() > kShownBytes;
    bytes.truncate(kShownBytes);
    QString out = isBinary(bytes) ? hexDump(bytes) : LineBreaker().feed(QString::fromUtf8(bytes));
    if (isCut) out += QCoreApplication::translate("Raw", "\n… only the beginning is shown");
    return out;
}

} // namespace

QString rawText(const ExchangeDetail& detail) {
    const ExchangeRecord& record = detail.record;
    const FieldList& sent = detail.requestFields;
    QString out = QString::fromUtf8(record.method + ' ' + record.path) + u'\n' + fieldsText(sent);
    if (!detail.requestBody.isEmpty()) out += u'\n' + contentText(detail.requestBody) + u'\n';
    if (record.status == 0) return out;
    out += u'\n' + QString::number(record.status) + u' ' +
           QString::fromUtf8(detail.responseReason) + u'\n' + fieldsText(detail.responseFields) +
           u'\n' + contentText(detail.responseBody);
    if (!detail.responseTrailers.isEmpty()) out += u'\n' + fieldsText(detail.responseTrailers);
    return out;
}

RawPane::RawPane(QWidget* parent)
    : QPlainTextEdit(parent) {
    setObjectName(QStringLiteral("rawPane"));
    setAccessibleName(tr("Raw"));
    setReadOnly(true);
    setFrameShape(NoFrame);
    setUndoRedoEnabled(false);
    setFont(codeFont(font()));
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

void RawPane::clearText() {
    m_id = 0;
    m_raw.clear();
    clear();
}

void RawPane::setDetail(const ExchangeDetail& detail) {
    const QString raw = rawText(detail);
    if (detail.record.id == m_id && raw == m_raw) return;
    const bool isMore = detail.record.id == m_id && !m_raw.isEmpty() && raw.startsWith(m_raw);
    if (isMore) {
        const int place = verticalScrollBar()->value();
        const bool wasAtEnd = place >= verticalScrollBar()->maximum();
        QTextCursor end(document());
        end.movePosition(QTextCursor::End);
        end.insertText(raw.mid(m_raw.size()));
        verticalScrollBar()->setValue(wasAtEnd ? verticalScrollBar()->maximum() : place);
    } else {
        setPlainText(raw);
    }
    m_id = detail.record.id;
    m_raw = raw;
}

} // namespace sallyport
