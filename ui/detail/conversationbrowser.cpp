// SPDX-License-Identifier: MIT
#include "ui/detail/conversationbrowser.h"

#include "ui/log/rowtext.h"
#include "ui/tones.h"

#include <QEvent>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocument>
#include <QUrl>

#include <algorithm>

namespace sallyport {

namespace {

/// The last parts of a request, those before them show their head alone.
constexpr qsizetype kRecentParts = 80;
/// Parts of a request that are shown at first, and are added when earlier ones are asked for: 200
/// of them take some 30 ms.
constexpr qsizetype kShownParts = 200;

/// Parts that are unfolded at once for what is looked for in them.
constexpr int kUnfolded = 30;

QString hrefOf(std::size_t index) { return QStringLiteral("part:%1").arg(index); }

} // namespace

ConversationBrowser::ConversationBrowser(QWidget* parent)
    : QTextBrowser(parent) {
    setObjectName(QStringLiteral("conversationText"));
    setAccessibleName(tr("Conversation"));
    setFrameShape(NoFrame);
    setOpenLinks(false);
    setUndoRedoEnabled(false);
    setTextInteractionFlags(Qt::TextBrowserInteraction | Qt::TextSelectableByKeyboard);
    document()->setDocumentMargin(10);
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) { follow(link); });
}

void ConversationBrowser::clearParts() {
    m_conversation = {};
    m_skipped = 0;
    m_shown.clear();
    m_asked.clear();
    clear();
}

void ConversationBrowser::setConversation(const Conversation& conversation) {
    if (conversation.id != m_conversation.id) {
        clearParts();
        m_skipped = std::max<qsizetype>(0, conversation.requestParts - kShownParts);
    }
    m_conversation = conversation;
    m_skipped = std::min(m_skipped, conversation.parts.size());
    QScrollBar* bar = verticalScrollBar();
    const bool wasAtEnd = bar->value() >= bar->maximum() && !m_shown.empty();
    const int place = bar->value();
    const auto& parts = conversation.parts;
    std::size_t same = 0;
    while (same < m_shown.size() && partIndex(same) < parts.size() &&
           m_shown[same].part == parts[partIndex(same)])
        ++same;
    if (same + 1 == m_shown.size() && partIndex(same) < parts.size() &&
        grow(parts[partIndex(same)]))
        ++same;
    const bool isNew = m_shown.empty();
    showFrom(same);
    if (isNew)
        scrollToLastTurn();
    else
        bar->setValue(wasAtEnd ? bar->maximum() : place);
}

/// What was asked last stands at the top, with the response below it.
void ConversationBrowser::scrollToLastTurn() {
    const auto isAsked = [](const Shown& shown) {
        return shown.part.role == ConversationPart::Role::User;
    };
    const auto last = std::find_if(m_shown.rbegin(), m_shown.rend(), isAsked);
    if (last == m_shown.rend()) return;
    const int turn = last->part.turn;
    const auto first = std::find_if(m_shown.begin(), m_shown.end(),
                                    [turn](const Shown& shown) { return shown.part.turn == turn; });
    QTextCursor cursor(document());
    cursor.setPosition(first->begin);
    setTextCursor(cursor);
    verticalScrollBar()->setValue(verticalScrollBar()->value() + cursorRect().top());
}

/// Shows the parts from there on anew, in one change of the document: it is laid out once.
void ConversationBrowser::showFrom(std::size_t from) {
    const auto& parts = m_conversation.parts;
    if (from == m_shown.size() && partIndex(from) >= parts.size()) return;
    QTextCursor change(document());
    change.beginEditBlock();
    remove(from);
    for (qsizetype i = partIndex(from); i < parts.size(); ++i) {
        const bool isOld = i + kRecentParts < m_conversation.requestParts;
        const Fold usual = usualFold(parts[i], i >= m_conversation.requestParts, isOld);
        append(parts[i], m_asked.value(i, usual));
    }
    change.endEditBlock();
}

/// The last part with more text: what came is added, so that a long text costs what it grows by.
bool ConversationBrowser::grow(const ConversationPart& part) {
    Shown& last = m_shown.back();
    ConversationPart before = last.part;
    before.text = part.text;
    const bool isMore = before == part && part.text.startsWith(last.part.text) &&
                        !last.part.text.isEmpty() && !last.part.text.endsWith(u'\n');
    const FoldedText shown = foldedText(last.part, last.fold);
    const qsizetype index = partIndex(m_shown.size() - 1);
    if (!isMore || last.fold != Fold::Open || m_asked.contains(index) || shown.isCut ||
        foldedText(part, last.fold).isCut)
        return false;
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(last.breaker.feed(QStringView(part.text).sliced(last.part.text.size())));
    last.part = part;
    return !part.text.endsWith(u'\n');
}

void ConversationBrowser::remove(std::size_t from) {
    if (from >= m_shown.size()) return;
    QTextCursor cursor(document());
    cursor.setPosition(m_shown[from].begin);
    cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
    m_shown.resize(from);
}

void ConversationBrowser::append(const ConversationPart& part, Fold fold) {
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    Shown shown;
    shown.part = part;
    shown.fold = fold;
    shown.begin = cursor.position();
    m_shown.push_back(shown);
    insert(cursor, m_shown.size() - 1);
}

void ConversationBrowser::follow(const QUrl& link) {
    if (link.scheme() == QLatin1String("part")) {
        toggle(link.path().toULongLong());
        return;
    }
    m_skipped = std::max<qsizetype>(0, m_skipped - kShownParts);
    showFrom(0);
    moveCursor(QTextCursor::Start);
}

void ConversationBrowser::toggle(std::size_t index) {
    if (index >= m_shown.size()) return;
    Shown& shown = m_shown[index];
    shown.fold = toggled(shown.fold, shown.part);
    m_asked.insert(partIndex(index), shown.fold);
    const int place = verticalScrollBar()->value();
    writeAgain(index);
    verticalScrollBar()->setValue(place);
}

void ConversationBrowser::setAllFolds(Fold fold) {
    for (std::size_t i = 0; i < m_shown.size(); ++i) {
        const bool isText = headText(m_shown[i].part).isEmpty();
        m_asked.insert(partIndex(i), fold == Fold::Closed && isText ? Fold::Start : fold);
    }
    showFrom(0);
    moveCursor(QTextCursor::Start);
}

void ConversationBrowser::unfoldWith(const QString& words) {
    int unfolded = 0;
    for (std::size_t i = 0; i < m_shown.size() && unfolded < kUnfolded; ++i) {
        Shown& shown = m_shown[i];
        const bool isHidden =
            shown.fold != Fold::Open && shown.part.text.contains(words, Qt::CaseInsensitive) &&
            !foldedText(shown.part, shown.fold).text.contains(words, Qt::CaseInsensitive);
        if (!isHidden) continue;
        shown.fold = Fold::Open;
        m_asked.insert(partIndex(i), Fold::Open);
        ++unfolded;
    }
    if (unfolded > 0) showFrom(0);
}

void ConversationBrowser::changeEvent(QEvent* event) {
    QTextBrowser::changeEvent(event);
    const bool isLook =
        event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange;
    if (isLook && !m_shown.empty()) showFrom(0);
}

/// Writes one part anew and moves those after it.
void ConversationBrowser::writeAgain(std::size_t index) {
    const int before = document()->characterCount();
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    cursor.setPosition(m_shown[index].begin);
    if (index + 1 < m_shown.size())
        cursor.setPosition(m_shown[index + 1].begin, QTextCursor::KeepAnchor);
    else
        cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
    insert(cursor, index);
    cursor.endEditBlock();
    const int moved = document()->characterCount() - before;
    for (std::size_t i = index + 1; i < m_shown.size(); ++i)
        m_shown[i].begin += moved;
    QTextCursor head(document());
    head.setPosition(m_shown[index].begin);
    setTextCursor(head);
}

void ConversationBrowser::insert(QTextCursor& cursor, std::size_t index) {
    m_isFirstLine = index == 0;
    m_shown[index].breaker = {};
    if (index == 0 && m_skipped > 0) insertEarlier(cursor);
    insertRole(cursor, index);
    insertHead(cursor, index);
    insertPicture(cursor, index);
    insertText(cursor, index);
}

int ConversationBrowser::marginOf(const ConversationPart& part) const {
    const int unit = fontMetrics().averageCharWidth();
    return part.isNested ? 5 * unit : 2 * unit;
}

void ConversationBrowser::startLine(QTextCursor& cursor, int margin, int above) {
    QTextBlockFormat format;
    format.setLeftMargin(margin);
    format.setTopMargin(above);
    if (m_isFirstLine)
        cursor.setBlockFormat(format);
    else
        cursor.insertBlock(format, {});
    m_isFirstLine = false;
}

void ConversationBrowser::insertEarlier(QTextCursor& cursor) {
    startLine(cursor, 0);
    QTextCharFormat link;
    link.setAnchor(true);
    link.setAnchorHref(QStringLiteral("earlier:"));
    link.setForeground(toneColor(Tone::Plain, palette()));
    const int count = static_cast<int>(std::min<qsizetype>(m_skipped, 1'000'000));
    cursor.insertText(QStringLiteral("▸ ") + tr("%n earlier part(s)", nullptr, count), link);
}

void ConversationBrowser::insertRole(QTextCursor& cursor, std::size_t index) {
    const ConversationPart& part = m_shown[index].part;
    const bool isSame = index > 0 && m_shown[index - 1].part.turn == part.turn &&
                        m_shown[index - 1].part.role == part.role;
    if (isSame) return;
    startLine(cursor, 0, index > 0 ? fontMetrics().height() : 0);
    QTextCharFormat name;
    name.setFontWeight(QFont::Bold);
    name.setForeground(toneColor(part.role == ConversationPart::Role::User        ? Tone::Live
                                 : part.role == ConversationPart::Role::Assistant ? Tone::Good
                                                                                  : Tone::Quiet,
                                 palette()));
    cursor.insertText(roleText(part.role), name);
    if (part.turn < 0) return;
    QTextCharFormat number;
    number.setForeground(toneColor(Tone::Quiet, palette()));
    cursor.insertText(QStringLiteral("  %1").arg(part.turn + 1), number);
}

void ConversationBrowser::insertLink(QTextCursor& cursor, std::size_t index, const QString& text) {
    QTextCharFormat link;
    link.setAnchor(true);
    link.setAnchorHref(hrefOf(index));
    link.setForeground(toneColor(m_shown[index].part.isError ? Tone::Bad : Tone::Plain, palette()));
    cursor.insertText(text, link);
}

void ConversationBrowser::insertHead(QTextCursor& cursor, std::size_t index) {
    const auto& [part, fold, begin, breaker] = m_shown[index];
    const QString head = headText(part);
    if (head.isEmpty() && fold != Fold::Closed) return;
    startLine(cursor, marginOf(part), 4);
    const QString arrow = fold == Fold::Closed ? QStringLiteral("▸ ") : QStringLiteral("▾ ");
    insertLink(cursor, index, arrow + (head.isEmpty() ? firstWords(part) : head));
    QTextCharFormat quiet;
    quiet.setForeground(toneColor(Tone::Quiet, palette()));
    QStringList notes;
    if (fold == Fold::Closed && !head.isEmpty()) notes += firstWords(part);
    if (fold != Fold::Closed && part.hiddenBytes > 0) notes += sizeText(part.hiddenBytes);
    if (part.isCacheEnd) notes += tr("cached up to here");
    notes.removeAll(QString());
    if (!notes.isEmpty())
        cursor.insertText(QStringLiteral("  ") + notes.join(QStringLiteral(" · ")), quiet);
}

void ConversationBrowser::insertPicture(QTextCursor& cursor, std::size_t index) {
    const auto picture = m_conversation.pictures.constFind(partIndex(index));
    if (picture == m_conversation.pictures.constEnd() || picture->view.isNull() ||
        m_shown[index].fold == Fold::Closed)
        return;
    const QString name = QStringLiteral("picture:%1").arg(index);
    document()->addResource(QTextDocument::ImageResource, QUrl(name), picture->view);
    startLine(cursor, marginOf(m_shown[index].part) + 2 * fontMetrics().averageCharWidth(), 2);
    QTextImageFormat image;
    image.setName(name);
    image.setWidth(picture->view.width());
    image.setHeight(picture->view.height());
    image.setToolTip(tr("%1 × %2 pixels").arg(picture->size.width()).arg(picture->size.height()));
    cursor.insertImage(image);
}

void ConversationBrowser::insertText(QTextCursor& cursor, std::size_t index) {
    Shown& shown = m_shown[index];
    const FoldedText folded = foldedText(shown.part, shown.fold);
    const bool isPlain = shown.part.kind == ConversationPart::Kind::Text ||
                         shown.part.kind == ConversationPart::Kind::Thinking;
    const int margin = marginOf(shown.part) + (isPlain ? 0 : 2 * fontMetrics().averageCharWidth());
    if (!folded.text.isEmpty()) {
        startLine(cursor, margin, 2);
        QTextCharFormat format;
        if (!isPlain) format.setFont(codeFont(font()));
        if (shown.part.kind == ConversationPart::Kind::Thinking) {
            format.setFontItalic(true);
            format.setForeground(toneColor(Tone::Quiet, palette()));
        }
        if (shown.part.isError) format.setForeground(toneColor(Tone::Bad, palette()));
        cursor.setBlockCharFormat(format);
        cursor.insertText(shown.breaker.feed(folded.text), format);
    }
    if (folded.hiddenLines > 0) {
        startLine(cursor, margin, 2);
        const int lines = static_cast<int>(std::min<qsizetype>(folded.hiddenLines, 1'000'000));
        insertLink(cursor, index, QStringLiteral("▸ ") + tr("%n more line(s)", nullptr, lines));
    }
    const bool mayFold = toggled(Fold::Open, shown.part) == Fold::Start;
    if (shown.fold == Fold::Open && mayFold && m_asked.contains(partIndex(index))) {
        startLine(cursor, margin, 2);
        insertLink(cursor, index, QStringLiteral("▾ ") + tr("Show less"));
    }
    if (folded.isCut) {
        startLine(cursor, margin, 2);
        cursor.insertText(tr("only its beginning is shown; Copy has all of it"));
    }
}

} // namespace sallyport
