// SPDX-License-Identifier: MIT
#include "ui/detail/messagepane.h"

#include "ui/detail/exchangetext.h"
#include "ui/detail/jsonhighlighter.h"
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

/// The most text that the view is given; a copy has all that was kept.
constexpr qsizetype kShownBytes = qsizetype{1024} * 1024;
/// The most bytes that a hex dump shows.
constexpr qsizetype kDumpedBytes = qsizetype{64} * 1024;

/// Pictures of one body that are shown.
constexpr std::size_t kMaxPictures = 6;

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
    m_fields->setAccessibleName(tr("Headers"));
    m_views = new QStackedWidget(this);
    m_body = newBodyView(name, m_views);
    m_body->setAccessibleName(tr("Body"));
    m_tree = new JsonView(name, m_views);
    m_views->addWidget(m_body);
    m_views->addWidget(m_tree);
    m_asTree = new QToolButton(this);
    m_asTree->setObjectName(name + QLatin1String("AsTree"));
    m_asTree->setText(tr("Tree"));
    m_asTree->setToolTip(tr("Show JSON as a tree"));
    m_asTree->setCheckable(true);
    m_asTree->setAutoRaise(true);
    m_asTree->setFocusPolicy(Qt::StrongFocus);
    connect(m_asTree, &QToolButton::toggled, this, &MessagePane::updateTree);
    m_note = new QLabel(this);
    m_note->setObjectName(name + QLatin1String("Note"));
    m_note->setContentsMargins(8, 0, 0, 0);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_copy = new QPushButton(tr("Copy body"), this);
    m_copy->setObjectName(name + QLatin1String("CopyBody"));
    connect(m_copy, &QPushButton::clicked, this, &MessagePane::copyBodyRequested);
    setupUi();
}

void MessagePane::setupUi() {
    auto* foot = new QWidget(this);
    auto* footRow = new QHBoxLayout(foot);
    footRow->setContentsMargins(0, 2, 6, 2);
    footRow->addWidget(m_note, 1);
    footRow->addWidget(m_asTree);
    footRow->addWidget(m_copy);
    auto* content = new QWidget(this);
    auto* contentColumn = new QVBoxLayout(content);
    contentColumn->setContentsMargins(0, 0, 0, 0);
    contentColumn->setSpacing(0);
    contentColumn->addWidget(foot);
    m_pictures = new PictureStrip(content);
    contentColumn->addWidget(m_pictures);
    contentColumn->addWidget(m_views, 1);
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
    m_pictures->clear();
    m_copy->setEnabled(false);
    m_message = {};
    updateTree();
}

JsonView* MessagePane::shownTree() { return m_views->currentWidget() == m_tree ? m_tree : nullptr; }

/// The tree is there for JSON that is whole, and is filled when it is first looked at.
void MessagePane::updateTree() {
    const bool isJson =
        m_isFinished && m_bytes > 0 && isJsonType(m_message.fields.combined("Content-Type"));
    m_asTree->setVisible(isJson);
    const bool isShown = isJson && m_asTree->isChecked();
    const bool isAnother =
        isShown != (m_views->currentIndex() == 1) || (isShown && !m_isTreeFilled);
    if (isShown && !m_isTreeFilled)
        m_tree->setText(wholeBody(m_message.body, m_message.fields.combined("Content-Encoding")));
    m_isTreeFilled = isShown || (m_isTreeFilled && isJson);
    m_views->setCurrentIndex(isShown ? 1 : 0);
    if (isAnother) emit viewChanged();
}

void MessagePane::setGone(const QString& reason) {
    clear();
    m_note->setText(reason);
}

void MessagePane::setMessage(const MessageContents& message) {
    if (message.id != m_id) {
        clear();
        startBody(message);
    }
    m_startLine->setText(message.startLine);
    setFields(message);
    // The content coding stands in the fields; nothing is read before they have come.
    if (m_reader.bytesRead() == 0) startBody(message);
    if (!m_isFinished) growBody(message);
    m_message = message;
    if (message.isWhole && !m_isFinished) finishBody(message);
    setNote(message);
    updateTree();
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
    m_folder = {};
    m_breaker = {};
    m_highlighter.reset();
    m_start.clear();
    m_shown.clear();
    m_bytes = 0;
    m_isShownCut = false;
    m_isFinished = false;
    m_isTreeFilled = false;
}

void MessagePane::growBody(const MessageContents& message) {
    QByteArray fresh;
    for (const BodyPiece& piece : m_reader.readMore(message.body)) {
        m_bytes += piece.bytes.size();
        const qint64 room = std::max<qint64>(0, kDumpedBytes - m_start.size());
        m_start += QByteArrayView(piece.bytes).first(std::min<qint64>(room, piece.bytes.size()));
        fresh += m_folder.feed(piece.bytes);
    }
    if (message.isWhole) fresh += m_folder.finish();
    const qsizetype room = kShownBytes - m_shown.size();
    m_isShownCut = m_isShownCut || fresh.size() > room;
    fresh.truncate(room);
    m_shown += fresh;
    // What finishBody() replaces need not be laid out before.
    const bool isReplaced =
        message.isWhole &&
        (isBinary(m_start) || isJsonType(message.fields.combined("Content-Type")));
    if (!fresh.isEmpty() && !isReplaced) appendText(fresh, !message.isWhole);
}

void MessagePane::appendText(const QByteArray& text, bool mayFollow) {
    const QString decoded = m_utf8.decode(text);
    const QString fresh = m_breaker.feed(decoded);
    QScrollBar* bar = m_body->verticalScrollBar();
    const bool wasAtEnd = bar->value() >= bar->maximum();
    const int place = bar->value();
    QTextCursor end(m_body->document());
    end.movePosition(QTextCursor::End);
    end.insertText(fresh);
    // Follows a stream at its end; a reader further up stays where they are.
    bar->setValue(wasAtEnd && mayFollow ? bar->maximum() : place);
}

void MessagePane::finishBody(const MessageContents& message) {
    m_isFinished = true;
    if (isBinary(m_start)) {
        m_body->setPlainText(hexDump(m_start));
    } else if (isJsonType(message.fields.combined("Content-Type"))) {
        m_breaker = {};
        m_body->setPlainText(m_breaker.feed(QString::fromUtf8(prettyJson(m_shown))));
        if (m_shown.size() <= JsonHighlighter::kMaxBytes)
            m_highlighter = std::make_unique<JsonHighlighter>(m_body->document(), palette());
        const QByteArray coding = message.fields.combined("Content-Encoding");
        m_pictures->setPictures(base64Pictures(wholeBody(message.body, coding), kMaxPictures));
    }
}

void MessagePane::setNote(const MessageContents& message) {
    QStringList notes;
    const bool isDropped = m_bytes == 0 && message.isBodyCut;
    if (isDropped)
        notes += tr("no longer kept (limit 64 MiB)");
    else if (m_bytes == 0)
        notes += message.isWhole ? tr("No body") : tr("No body yet");
    else
        notes += sizeText(m_bytes);
    if (m_isShownCut) notes += tr("first %1 shown").arg(sizeText(m_shown.size()));
    if (m_breaker.hasBroken()) notes += tr("long lines broken here, not in the copy");
    if (message.isBodyCut && !isDropped) notes += tr("only its beginning was kept");
    if (m_reader.isRaw()) notes += tr("not decoded");
    m_note->setText(notes.join(QStringLiteral(" · ")));
    m_copy->setEnabled(m_bytes > 0);
}

} // namespace sallyport
