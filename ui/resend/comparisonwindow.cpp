// SPDX-License-Identifier: MIT
#include "ui/resend/comparisonwindow.h"

#include "ui/tones.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QScreen>
#include <QScrollBar>
#include <QSplitter>
#include <QTextBlock>
#include <QVBoxLayout>

namespace sallyport {

namespace {

const QString kDiffers = QStringLiteral("≠ ");

/// What stands before a line of one side.
QString signOf(ComparedLine::Kind kind, bool isLeft) {
    switch (kind) {
    case ComparedLine::Kind::Same: return QStringLiteral("   ");
    case ComparedLine::Kind::Changed: return kDiffers;
    case ComparedLine::Kind::LeftOnly: return isLeft ? QStringLiteral("− ") : QString();
    case ComparedLine::Kind::RightOnly: return isLeft ? QString() : QStringLiteral("+ ");
    }
    Q_UNREACHABLE();
}

void setupText(QPlainTextEdit& text, const char* name) {
    text.setObjectName(QString::fromLatin1(name));
    text.setReadOnly(true);
    text.setLineWrapMode(QPlainTextEdit::NoWrap);
    text.setTabChangesFocus(true);
    text.setFont(codeFont(text.font()));
}

void fill(QPlainTextEdit& view, const QVector<ComparedLine>& lines, bool isLeft) {
    QStringList texts;
    for (const ComparedLine& line : lines)
        texts += signOf(line.kind, isLeft) + (isLeft ? line.left : line.right);
    const int at = view.verticalScrollBar()->value();
    view.setPlainText(texts.join(u'\n'));
    QTextCursor cursor(view.document());
    QTextBlockFormat differs;
    differs.setBackground(toneGround(Tone::Warn, view.palette()));
    cursor.beginEditBlock();
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines[i].kind == ComparedLine::Kind::Same) continue;
        cursor.setPosition(view.document()->findBlockByNumber(static_cast<int>(i)).position());
        cursor.setBlockFormat(differs);
    }
    cursor.endEditBlock();
    view.verticalScrollBar()->setValue(at);
}

} // namespace

ComparisonWindow::ComparisonWindow(const Clock& clock, QWidget* parent)
    : QDialog(parent)
    , m_clock(clock) {
    setObjectName(QStringLiteral("comparisonWindow"));
    setupUi();
    const QSize room = screen()->availableGeometry().size() - QSize(40, 80);
    resize(QSize(980, 680).boundedTo(room));
}

void ComparisonWindow::setupValues() {
    m_values.setObjectName(QStringLiteral("comparisonValues"));
    m_values.setAccessibleName(tr("Figures and headers of both"));
    m_values.setColumnCount(3);
    m_values.verticalHeader()->hide();
    m_values.verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_values.setShowGrid(false);
    m_values.setTabKeyNavigation(false);
    m_values.setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_values.setSelectionBehavior(QAbstractItemView::SelectRows);
    m_values.horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_values.horizontalHeader()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
}

void ComparisonWindow::setupUi() {
    m_note.setObjectName(QStringLiteral("comparisonNote"));
    m_note.setTextFormat(Qt::PlainText);
    m_note.setWordWrap(true);
    m_note.hide();
    setupValues();
    setupText(m_leftText, "comparisonLeft");
    setupText(m_rightText, "comparisonRight");
    // The lines of both sides stand for each other.
    connect(m_leftText.verticalScrollBar(), &QScrollBar::valueChanged,
            m_rightText.verticalScrollBar(), &QScrollBar::setValue);
    connect(m_rightText.verticalScrollBar(), &QScrollBar::valueChanged,
            m_leftText.verticalScrollBar(), &QScrollBar::setValue);
    auto* texts = new QSplitter(Qt::Horizontal);
    texts->addWidget(&m_leftText);
    texts->addWidget(&m_rightText);
    auto* parts = new QSplitter(Qt::Vertical);
    parts->addWidget(&m_values);
    parts->addWidget(texts);
    parts->setSizes({280, 320});
    parts->setChildrenCollapsible(false);
    m_stop.setObjectName(QStringLiteral("comparisonStop"));
    m_stop.setText(tr("Stop it"));
    m_stop.hide();
    connect(&m_stop, &QPushButton::clicked, this, &ComparisonWindow::stopRequested);
    m_close.setText(tr("Close"));
    m_close.setDefault(true);
    connect(&m_close, &QPushButton::clicked, this, &QDialog::close);
    auto* row = new QHBoxLayout;
    row->addWidget(&m_note, 1);
    row->addStretch();
    row->addWidget(&m_stop);
    row->addWidget(&m_close);
    auto* column = new QVBoxLayout(this);
    column->addWidget(parts, 1);
    column->addLayout(row);
}

void ComparisonWindow::setPair(const QString& left, const QString& right) {
    m_left = {};
    m_right = {};
    m_task.cancel();
    setNote({});
    setStoppable(false);
    setWindowTitle(right.isEmpty() ? tr("Request %1, sent once more").arg(left)
                                   : tr("Responses of %1 and %2").arg(left, right));
    const QString sent = right.isEmpty() ? tr("sent once more") : right;
    m_values.setHorizontalHeaderLabels({{}, left, sent});
    m_leftText.setAccessibleName(tr("Response of %1").arg(left));
    m_rightText.setAccessibleName(tr("Response of %1").arg(sent));
    m_values.setRowCount(0);
    showLines({});
}

void ComparisonWindow::setLeft(const ExchangeDetail& detail) {
    m_left = detail;
    refresh();
}

void ComparisonWindow::setRight(const ExchangeDetail& detail) {
    m_right = detail;
    refresh();
}

void ComparisonWindow::setNote(const QString& note) {
    m_note.setText(note);
    m_note.setVisible(!note.isEmpty());
}

/// The texts on a thread: contents may have 4 MiB each.
void ComparisonWindow::refresh() {
    fillValues();
    m_task.start([this, left = m_left, right = m_right]() -> LatestTask::Delivery {
        return [this, lines = comparedLines(responseText(left), responseText(right))] {
            showLines(lines);
        };
    });
}

void ComparisonWindow::fillValues() {
    const auto values = comparedValues(m_left, m_right, m_prices, m_clock.wallNow());
    m_values.setRowCount(static_cast<int>(values.size()));
    const bool hasBoth = m_left.record.id != 0 && m_right.record.id != 0;
    for (int row = 0; row < values.size(); ++row) {
        const ComparedValue& value = values[row];
        const bool isMarked = hasBoth && value.differs();
        const QString texts[]{(isMarked ? kDiffers : QStringLiteral("   ")) + value.name,
                              m_left.record.id == 0 ? QString() : value.left,
                              m_right.record.id == 0 ? QString() : value.right};
        for (int column = 0; column < 3; ++column) {
            auto* item = new QTableWidgetItem(texts[column].simplified().isEmpty()
                                                  ? QString()
                                                  : QString(texts[column]).replace(u'\n', u' '));
            item->setToolTip(texts[column].trimmed());
            if (isMarked) item->setBackground(toneGround(Tone::Warn, palette()));
            if (column == 0 && value.isHeader)
                item->setForeground(toneColor(Tone::Quiet, palette()));
            m_values.setItem(row, column, item);
        }
    }
}

void ComparisonWindow::showLines(const QVector<ComparedLine>& lines) {
    fill(m_leftText, lines, true);
    fill(m_rightText, lines, false);
}

} // namespace sallyport
