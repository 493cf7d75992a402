// SPDX-License-Identifier: MIT
#include "ui/filter/filterline.h"

#include "core/history/filtercompletion.h"
#include "core/history/filtermatcher.h"
#include "core/history/filterparser.h"
#include "ui/tones.h"

#include <QAbstractItemView>
#include <QEvent>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QStyle>
#include <QStyleOptionFrame>

namespace sallyport {

namespace {
using namespace std::chrono_literals;
constexpr auto kTypingPause = 90ms; ///< between the last key and the filtering

/// Why a line that looks into contents is not answered here.
filter::Problem bodyProblem(const QString& line) {
    const qsizetype at = std::max<qsizetype>(line.indexOf(QLatin1String("body:")), 0);
    return {at, 5, FilterLine::tr("“body:” looks through the history, which is switched off.")};
}
} // namespace

FilterLine::FilterLine(QWidget* parent)
    : QLineEdit(parent)
    , m_completer(new QCompleter(this))
    , m_offered(new QStringListModel(this)) {
    setObjectName(QStringLiteral("filterLine"));
    setAccessibleName(tr("Filter"));
    updateHint();
    setClearButtonEnabled(true);
    m_typingPause.setSingleShot(true);
    m_typingPause.setInterval(kTypingPause);
    connect(&m_typingPause, &QTimer::timeout, this, &FilterLine::applyNow);
    connect(this, &QLineEdit::textChanged, &m_typingPause, qOverload<>(&QTimer::start));
    connect(this, &QLineEdit::returnPressed, this, [this] {
        applyNow();
        noteUse();
    });
    m_completer->setWidget(this);
    m_completer->setModel(m_offered);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this,
            &FilterLine::insertCompletion);
    connect(this, &QLineEdit::textEdited, this, &FilterLine::offerCompletion);
}

/// As many of the examples as there is room for; each is set off by a comma.
void FilterLine::updateHint() {
    QString hint = tr("Filter: words, status:>=400, model:haiku, is:stream, -path:count_tokens");
    constexpr int kMargins = 8;
    QStyleOptionFrame option;
    initStyleOption(&option);
    const int room =
        style()->subElementRect(QStyle::SE_LineEditContents, &option, this).width() - kMargins;
    static const QRegularExpression lastExample(QStringLiteral("[,、，][^,、，]*$"));
    while (fontMetrics().horizontalAdvance(hint) > room && hint.contains(lastExample))
        hint.remove(lastExample);
    if (hint != placeholderText()) setPlaceholderText(hint);
}

void FilterLine::resizeEvent(QResizeEvent* event) {
    QLineEdit::resizeEvent(event);
    updateHint();
}

void FilterLine::offerCompletion() {
    const auto seen = m_readSeen ? m_readSeen() : filter::SeenValues();
    const auto completion = filter::completionAt(text(), cursorPosition(), seen.values());
    m_offered->setStringList(completion.words);
    if (completion.words.isEmpty()) {
        m_completer->popup()->hide();
        return;
    }
    m_completer->complete();
}

void FilterLine::insertCompletion(const QString& word) {
    const auto completion = filter::completionAt(text(), cursorPosition(), {});
    setSelection(static_cast<int>(completion.position), static_cast<int>(completion.length));
    // A key waits for its value.
    insert(word.endsWith(u':') ? word : QString(word + u' '));
    offerCompletion();
}

void FilterLine::applyNow() {
    m_typingPause.stop();
    const auto query = filter::parse(text());
    const bool isAnswerable = query && (m_searchesHistory || !filter::asksForBodies(*query));
    showProblem(isAnswerable ? filter::Problem() : query ? bodyProblem(text()) : query.error());
    if (isAnswerable) emit queryChanged(*query);
}

void FilterLine::setSearchesHistory(bool isSearched) {
    if (isSearched == m_searchesHistory) return;
    m_searchesHistory = isSearched;
    if (text().contains(QLatin1String("body:"))) applyNow();
}

void FilterLine::noteUse() {
    if (text().trimmed().isEmpty() || !m_problem.reason.isEmpty()) return;
    m_history.note(text());
    emit used();
}

void FilterLine::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);
    // The list of completions is a window of its own.
    if (event->reason() != Qt::PopupFocusReason) noteUse();
}

/// Up and down go through the filters that were used; the list of completions has them while it is
/// open.
/// A line edit takes Ctrl+E for the end of the line on X11; in this window it exports.
bool FilterLine::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_E && key->modifiers() == Qt::ControlModifier) {
            event->ignore();
            return false;
        }
    }
    return QLineEdit::event(event);
}

void FilterLine::keyPressEvent(QKeyEvent* event) {
    const bool isUp = event->key() == Qt::Key_Up;
    if (event->modifiers() != Qt::NoModifier || (!isUp && event->key() != Qt::Key_Down)) {
        QLineEdit::keyPressEvent(event);
        return;
    }
    const QString shown = isUp ? m_history.older(text()) : m_history.newer(text());
    if (shown != text()) setText(shown);
    event->accept();
}

void FilterLine::showProblem(const filter::Problem& problem) {
    if (problem == m_problem) return;
    m_problem = problem;
    setToolTip(problem.reason);
    setAccessibleDescription(problem.reason);
    updatePalette();
    update();
    emit problemChanged(problem.reason);
}

/// Underlines what is not understood.
void FilterLine::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    if (m_problem.reason.isEmpty()) return;
    const auto widthTo = [this](qsizetype position) {
        return fontMetrics().horizontalAdvance(text().left(position));
    };
    const int origin = cursorRect().center().x() - widthTo(cursorPosition());
    const int from = std::max(origin + widthTo(m_problem.position), contentsRect().left() + 2);
    const int to = std::min(origin + widthTo(m_problem.position + m_problem.length),
                            contentsRect().right() - 2);
    QPainter painter(this);
    painter.setPen(QPen(toneColor(Tone::Bad, palette()), 2, Qt::DotLine));
    if (to > from) painter.drawLine(from, height() - 4, to, height() - 4);
}

void FilterLine::updatePalette() {
    m_isUpdatingPalette = true;
    setPalette(QPalette());
    if (!m_problem.reason.isEmpty()) {
        QPalette red(palette());
        const QPalette plain(palette());
        red.setColor(QPalette::Base, toneGround(Tone::Bad, plain));
        red.setColor(QPalette::Text, toneColor(Tone::Bad, plain));
        setPalette(red);
    }
    m_isUpdatingPalette = false;
}

void FilterLine::changeEvent(QEvent* event) {
    QLineEdit::changeEvent(event);
    const bool isOutside = event->type() == QEvent::PaletteChange && !m_isUpdatingPalette;
    if (isOutside && !m_problem.reason.isEmpty()) updatePalette();
}

} // namespace sallyport
