// SPDX-License-Identifier: MIT
#include "ui/detail/findbar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QTextCursor>
#include <QTextEdit>

#include <algorithm>

namespace sallyport {

namespace {
using namespace std::chrono_literals;
constexpr auto kAgain = 300ms;
constexpr std::size_t kMaxMatches = 10'000;
} // namespace

std::vector<int> placesOf(QStringView wanted, QStringView text, std::size_t limit) {
    std::vector<int> places;
    if (wanted.isEmpty()) return places;
    qsizetype at = text.indexOf(wanted, 0, Qt::CaseInsensitive);
    while (at >= 0 && places.size() < limit) {
        places.push_back(static_cast<int>(at));
        at = text.indexOf(wanted, at + wanted.size(), Qt::CaseInsensitive);
    }
    return places;
}

FindBar::FindBar(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("findBar"));
    m_line = new QLineEdit(this);
    m_line->setObjectName(QStringLiteral("findLine"));
    m_line->setPlaceholderText(tr("Find"));
    m_line->setAccessibleName(tr("Find in the detail"));
    m_line->setClearButtonEnabled(true);
    m_line->installEventFilter(this);
    m_count = new QLabel(this);
    m_count->setObjectName(QStringLiteral("findCount"));
    const auto button = [this](const QString& glyph, const QString& name, const char* object) {
        auto* made = new QToolButton(this);
        made->setObjectName(QString::fromLatin1(object));
        made->setText(glyph);
        made->setAutoRaise(true);
        made->setAccessibleName(name);
        made->setToolTip(name);
        made->setFocusPolicy(Qt::StrongFocus);
        return made;
    };
    m_previous = button(QStringLiteral("▲"), tr("Previous match (Shift+Enter)"), "findPrevious");
    m_next = button(QStringLiteral("▼"), tr("Next match (Enter)"), "findNext");
    m_close = button(QStringLiteral("✕"), tr("Close (Esc)"), "findClose");
    m_again.setSingleShot(true);
    m_again.setInterval(kAgain);
    setupUi();
    hide();
}

void FindBar::setupUi() {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 3, 6, 3);
    row->addWidget(m_line, 1);
    row->addWidget(m_count);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    row->addWidget(m_close);
    connect(m_line, &QLineEdit::textChanged, this, &FindBar::search);
    connect(m_previous, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { step(1); });
    connect(m_close, &QToolButton::clicked, this, &FindBar::close);
    connect(&m_again, &QTimer::timeout, this, &FindBar::search);
}

void FindBar::setView(QPlainTextEdit* view) {
    m_rich = nullptr;
    m_tree = nullptr;
    m_plain = view;
    attach(view ? view->document() : nullptr);
}

void FindBar::setView(QTextEdit* view) {
    m_plain = nullptr;
    m_tree = nullptr;
    m_rich = view;
    attach(view ? view->document() : nullptr);
}

void FindBar::setView(JsonView* view) {
    m_plain = nullptr;
    m_rich = nullptr;
    m_tree = view;
    m_treeText = view ? view->text() : QString();
    attach(nullptr);
    if (isVisible()) search();
}

void FindBar::attach(QTextDocument* document) {
    if (document == m_document) return;
    if (m_document) disconnect(m_document, nullptr, this, nullptr);
    m_document = document;
    if (document)
        connect(document, &QTextDocument::contentsChange, this, [this] {
            if (isVisible()) m_again.start();
        });
    if (isVisible()) search();
}

void FindBar::open() {
    const QString selected = cursor().selectedText();
    if (!selected.isEmpty() && !selected.contains(QChar::ParagraphSeparator))
        m_line->setText(selected);
    setVisible(true);
    m_line->setFocus(Qt::ShortcutFocusReason);
    m_line->selectAll();
    search();
}

void FindBar::close() {
    hide();
    if (m_plain) m_plain->setFocus();
    if (m_rich) m_rich->setFocus();
    if (m_tree) m_tree->setFocus();
}

QTextCursor FindBar::cursor() const {
    if (m_plain) return m_plain->textCursor();
    return m_rich ? m_rich->textCursor() : QTextCursor();
}

void FindBar::setCursor(const QTextCursor& cursor) {
    if (m_plain) m_plain->setTextCursor(cursor);
    if (m_rich) m_rich->setTextCursor(cursor);
}

void FindBar::search() {
    m_again.stop();
    const QString wanted = m_line->text();
    if (!wanted.isEmpty()) emit searching(wanted);
    m_again.stop();
    const QString text = m_document ? m_document->toPlainText() : m_treeText;
    m_matches = m_document || m_tree ? placesOf(wanted, text, kMaxMatches) : std::vector<int>();
    const int from = cursor().selectionStart();
    const auto next = std::lower_bound(m_matches.begin(), m_matches.end(), from);
    m_current = next == m_matches.end() ? 0 : static_cast<std::size_t>(next - m_matches.begin());
    if (!m_matches.empty()) select(m_current);
    updateCount();
}

void FindBar::step(int by) {
    if (m_matches.empty()) return;
    const std::size_t count = m_matches.size();
    m_current = (m_current + (by < 0 ? count - 1 : 1)) % count;
    select(m_current);
    updateCount();
}

void FindBar::select(std::size_t match) {
    if (m_tree) return m_tree->showPlace(m_matches[match]);
    if (!m_document) return;
    QTextCursor found(m_document);
    const int most = m_document->characterCount() - 1;
    found.setPosition(std::min(m_matches[match], most));
    found.setPosition(std::min(m_matches[match] + static_cast<int>(m_line->text().size()), most),
                      QTextCursor::KeepAnchor);
    setCursor(found);
}

void FindBar::updateCount() {
    const bool hasMatches = !m_matches.empty();
    m_previous->setEnabled(hasMatches);
    m_next->setEnabled(hasMatches);
    if (m_line->text().isEmpty())
        m_count->clear();
    else if (!hasMatches)
        m_count->setText(tr("no match"));
    else
        m_count->setText(
            QStringLiteral("%1 / %2%3")
                .arg(m_current + 1)
                .arg(m_matches.size())
                .arg(m_matches.size() == kMaxMatches ? QStringLiteral("+") : QString()));
}

bool FindBar::eventFilter(QObject* watched, QEvent* event) {
    const bool isKey =
        event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (watched != m_line || !isKey) return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool isEscape = key->key() == Qt::Key_Escape;
    const bool isStep =
        key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter || key->key() == Qt::Key_F3;
    if (!isEscape && !isStep) return false;
    event->accept(); // also the ShortcutOverride: the window has a shortcut of its own for Escape
    if (event->type() == QEvent::ShortcutOverride) return true;
    if (isEscape)
        close();
    else
        step(key->modifiers().testFlag(Qt::ShiftModifier) ? -1 : 1);
    return true;
}

} // namespace sallyport
