// SPDX-License-Identifier: MIT
#include "ui/detail/messagepane.h"

#include "ui/detail/exchangetext.h"
#include "ui/log/rowtext.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QScrollBar>
#include <QSplitter>
#include <QTextCursor>
#include <QVBoxLayout>

#include <algorithm>

namespace sallyport {

namespace {

/// A text view of more is slow to lay out and read by nobody; copying takes all.
constexpr qint64 kShownBytes = 1024 * 1024;

QPlainTextEdit* newBodyView(const QString& name, QWidget* parent) {
    auto* view = new QPlainTextEdit(parent);
    view->setObjectName(name + QLatin1String("Body"));
    view->setReadOnly(true);
    view->setFrameShape(QFrame::NoFrame);
    view->setFont(codeFont(view->font()));
    view->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    view->setUndoRedoEnabled(false);
    return view;
}

QTreeWidget* newFieldView(const QString& name, QWidget* parent) {
    auto* view = new QTreeWidget(parent);
    view->setObjectName(name + QLatin1String("Fields"));
    view->setRootIsDecorated(false);
    view->setUniformRowHeights(true);
    view->setFrameShape(QFrame::NoFrame);
    view->setColumnCount(2);
    view->setHeaderHidden(true);
    view->setSelectionMode(QTreeWidget::ExtendedSelection);
    view->setTextElideMode(Qt::ElideRight);
    return view;
}

} // namespace

MessagePane::MessagePane(const QString& name, QWidget* parent)
    : QWidget(parent) {
    setObjectName(name);
    m_startLine = new QLabel(this);
    m_startLine->setObjectName(name + QLatin1String("StartLine"));
    m_startLine->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_startLine->setTextFormat(Qt::PlainText);
    m_startLine->setFont(codeFont(font()));
    m_startLine->setContentsMargins(8, 6, 8, 2);
    m_startLine->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_fields = newFieldView(name, this);
    m_fields->setAccessibleName(tr("Fields"));
    m_body = newBodyView(name, this);
    m_body->setAccessibleName(tr("Content"));
    m_note = new QLabel(this);
    m_note->setObjectName(name + QLatin1String("Note"));
    m_note->setContentsMargins(8, 0, 0, 0);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_copy = new QPushButton(tr("Copy content"), this);
    m_copy->setObjectName(name + QLatin1String("CopyBody"));
    connect(m_copy, &QPushButton::clicked, this, &MessagePane::copyBodyWanted);
    layOut();
}

void MessagePane::layOut() {
    auto* foot = new QWidget(this);
    auto* footRow = new QHBoxLayout(foot);
    footRow->setContentsMargins(0, 2, 6, 2);
    footRow->addWidget(m_note, 1);
    footRow->addWidget(m_copy);
    auto* content = new QWidget(this);
    auto* contentColumn = new QVBoxLayout(content);
    contentColumn->setContentsMargins(0, 0, 0, 0);
    contentColumn->setSpacing(0);
    contentColumn->addWidget(foot);
    contentColumn->addWidget(m_body, 1);
    auto* parts = new QSplitter(Qt::Vertical, this);
    parts->addWidget(m_fields);
    parts->addWidget(content);
    parts->setStretchFactor(0, 2);
    parts->setStretchFactor(1, 3);
    parts->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_startLine);
    column->addWidget(parts, 1);
}

void MessagePane::clear() {
    m_id = 0;
    m_startLine->clear();
    m_fields->clear();
    m_shownFields.clear();
    m_shownTrailers.clear();
    m_body->clear();
    m_note->clear();
    m_copy->setEnabled(false);
}

void MessagePane::setMessage(const MessageContents& message) {
    if (message.id != m_id) {
        clear();
        startBody(message);
    }
    m_startLine->setText(message.startLine);
    setFields(message);
    // The coding is only known once the fields have come; nothing has been read before.
    if (m_reader.bytesRead() == 0) startBody(message);
    if (!m_isFinished) growBody(message);
    if (message.isWhole && !m_isFinished) finishBody(message);
    setNote(message);
}

void MessagePane::setFields(const MessageContents& message) {
    if (message.fields == m_shownFields && message.trailers == m_shownTrailers) return;
    m_shownFields = message.fields;
    m_shownTrailers = message.trailers;
    m_fields->clear();
    addFields(message.fields);
    addFields(message.trailers);
    m_fields->resizeColumnToContents(0);
    m_fields->setColumnWidth(0, std::min(m_fields->columnWidth(0) + 10, 280));
}

void MessagePane::addFields(const FieldList& fields) {
    for (const FieldView field : fields) {
        auto* item = new QTreeWidgetItem(
            m_fields, {QString::fromUtf8(field.name), QString::fromUtf8(field.value)});
        item->setForeground(0, toneColor(Tone::Quiet, palette()));
        item->setToolTip(1, item->text(1));
    }
}

void MessagePane::startBody(const MessageContents& message) {
    m_id = message.id;
    m_reader = ContentReader(message.fields.combined("Content-Encoding"));
    m_utf8 = QStringDecoder(QStringDecoder::Utf8);
    m_plain.clear();
    m_plainBytes = 0;
    m_isFinished = false;
}

void MessagePane::growBody(const MessageContents& message) {
    QString fresh;
    for (const BodyPiece& piece : m_reader.readMore(message.body)) {
        const qint64 room = std::max<qint64>(0, kShownBytes - m_plain.size());
        const QByteArrayView shown =
            QByteArrayView(piece.bytes).first(std::min<qint64>(room, piece.bytes.size()));
        m_plainBytes += piece.bytes.size();
        m_plain += shown;
        fresh += m_utf8.decode(shown);
    }
    if (fresh.isEmpty()) return;
    const bool wasAtEnd =
        m_body->verticalScrollBar()->value() >= m_body->verticalScrollBar()->maximum();
    const int place = m_body->verticalScrollBar()->value();
    QTextCursor end(m_body->document());
    end.movePosition(QTextCursor::End);
    end.insertText(fresh);
    // Follows a stream at its end; a person who reads further up is left there.
    m_body->verticalScrollBar()->setValue(
        wasAtEnd && !message.isWhole ? m_body->verticalScrollBar()->maximum() : place);
}

void MessagePane::finishBody(const MessageContents& message) {
    m_isFinished = true;
    if (isBinary(m_plain)) {
        m_body->setPlainText(hexDump(m_plain));
    } else if (isJsonType(message.fields.combined("Content-Type"))) {
        m_body->setPlainText(QString::fromUtf8(prettyJson(m_plain)));
    }
}

void MessagePane::setNote(const MessageContents& message) {
    QStringList notes;
    if (m_plainBytes == 0)
        notes += message.isWhole ? tr("No content") : tr("No content yet");
    else
        notes += sizeText(m_plainBytes);
    if (m_plainBytes > m_plain.size()) notes += tr("first %1 shown").arg(sizeText(m_plain.size()));
    if (message.isBodyCut) notes += tr("cut when it was kept");
    if (m_reader.isRaw()) notes += tr("coding not undone");
    m_note->setText(notes.join(QStringLiteral(" · ")));
    m_copy->setEnabled(m_plainBytes > 0);
}

} // namespace sallyport
