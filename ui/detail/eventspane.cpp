// SPDX-License-Identifier: MIT
#include "ui/detail/eventspane.h"

#include "ui/detail/displaytext.h"
#include "ui/detail/websockettext.h"
#include "ui/log/followtail.h"
#include "ui/log/rowtext.h"

#include <QHeaderView>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace sallyport {

namespace {
constexpr qsizetype kPreview = 300;
constexpr qint64 kLongGap = 2000000; ///< µs; from here on a silence is worth a colour

/// A count as plural forms take it.
int shownCount(quint64 count) {
    constexpr quint64 kMost = 1'000'000'000;
    return static_cast<int>(std::min(count, kMost));
}
} // namespace

int EventModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_events.size());
}

int EventModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumns;
}

const TimedEvent* EventModel::at(int row) const {
    return row >= 0 && row < rowCount() ? &m_events[static_cast<std::size_t>(row)] : nullptr;
}

QVariant EventModel::data(const QModelIndex& index, int role) const {
    const TimedEvent* event = at(index.row());
    if (!event) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter) |
                                   (index.column() <= Gap ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
    case Number: return index.row() + 1;
    case At: return durationText(event->atMicros);
    case Gap: {
        const QString gap = gapText(event->gapMicros);
        return event->gapMicros >= kLongGap ? QString(QStringLiteral("! ") + gap) : gap;
    }
    case Type:
        return event->event.type.isEmpty() ? QStringLiteral("message")
                                           : QString::fromUtf8(event->event.type);
    case Text:
        return QString::fromUtf8(
            event->event.data.first(std::min(event->event.data.size(), kPreview)));
    default: return {};
    }
}

QVariant EventModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= kColumns) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter) |
                                   (section <= Gap ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole) return {};
    const std::array<QString, kColumns> names{tr("#"), tr("Time"), tr("Gap"), tr("Event"),
                                              tr("Data")};
    return names[static_cast<std::size_t>(section)];
}

void EventModel::clear() {
    beginResetModel();
    m_events.clear();
    m_longestGap = 0;
    endResetModel();
}

void EventModel::append(std::vector<TimedEvent> events) {
    if (events.empty()) return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(events.size()) - 1);
    for (TimedEvent& event : events) {
        m_longestGap = std::max(m_longestGap, event.gapMicros);
        m_events.push_back(std::move(event));
    }
    endInsertRows();
}

EventsPane::EventsPane(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("eventsPane"));
    m_model = new EventModel(this);
    m_messageModel = new WebSocketModel(this);
    m_summary = new QLabel(this);
    m_summary->setObjectName(QStringLiteral("eventsSummary"));
    m_summary->setContentsMargins(8, 6, 8, 2);
    m_summary->setWordWrap(true);
    setupTables();
    m_text = new QPlainTextEdit(this);
    m_text->setObjectName(QStringLiteral("eventText"));
    m_text->setAccessibleName(tr("Event"));
    m_text->setReadOnly(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFont(codeFont(font()));
    m_text->setPlaceholderText(tr("Choose an event to read it."));
    auto* parts = new QSplitter(Qt::Vertical, this);
    parts->addWidget(m_tables);
    parts->addWidget(m_text);
    parts->setStretchFactor(0, 3);
    parts->setStretchFactor(1, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_summary);
    column->addWidget(parts, 1);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) { showEventAt(current.row()); });
    connect(m_messageTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) { showMessageAt(current.row()); });
}

QTableView* EventsPane::makeTable(QAbstractItemModel& model, const QString& name,
                                  const QString& title) {
    auto* table = new QTableView(m_tables);
    table->setObjectName(name);
    table->setAccessibleName(title);
    table->horizontalHeader()->hide(); // until it is shown: measuring it loads a bold font
    table->setModel(&model);
    table->setSelectionBehavior(QTableView::SelectRows);
    table->setSelectionMode(QTableView::SingleSelection);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 7);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setHighlightSections(false);
    m_tables->addWidget(table);
    new FollowTail(*table, this);
    return table;
}

void EventsPane::showEvent(QShowEvent* event) {
    for (const QTableView* table : {m_table, m_messageTable})
        table->horizontalHeader()->show();
    QWidget::showEvent(event);
}

void EventsPane::setupTables() {
    m_tables = new QStackedWidget(this);
    const int unit = fontMetrics().horizontalAdvance(u'0');
    m_table = makeTable(*m_model, QStringLiteral("eventsTable"), tr("Events"));
    m_table->setColumnWidth(EventModel::Number, unit * 7);
    m_table->setColumnWidth(EventModel::At, unit * 9);
    m_table->setColumnWidth(EventModel::Gap, unit * 11);
    m_table->setColumnWidth(EventModel::Type, unit * 20);
    m_messageTable = makeTable(*m_messageModel, QStringLiteral("messagesTable"), tr("Messages"));
    m_messageTable->setColumnWidth(WebSocketModel::Number, unit * 7);
    m_messageTable->setColumnWidth(WebSocketModel::At, unit * 9);
    m_messageTable->setColumnWidth(WebSocketModel::Gap, unit * 11);
    m_messageTable->setColumnWidth(WebSocketModel::Direction, unit * 11);
    m_messageTable->setColumnWidth(WebSocketModel::Kind, unit * 15);
    m_messageTable->setColumnWidth(WebSocketModel::Size, unit * 13);
}

void EventsPane::clear() {
    m_id = 0;
    m_model->clear();
    m_messageModel->clear();
    m_text->clear();
    m_summary->clear();
}

void EventsPane::setDetail(const ExchangeDetail& detail) {
    const ExchangeRecord& record = detail.record;
    if (record.id != m_id || m_reader.bytesRead() == 0) {
        if (record.id != m_id) clear();
        m_id = record.id;
        m_reader = ContentReader(detail.responseFields.combined("Content-Encoding"));
        m_events = EventReader(record.times.firstByte.value_or(0));
    }
    if (record.isEventStream)
        m_model->append(m_events.feed(m_reader.readMore(detail.responseBody)));
    if (record.webSocket)
        m_messageModel->update(detail.webSocket, record.times.firstByte.value_or(0));
    m_tables->setCurrentWidget(record.webSocket ? m_messageTable : m_table);
    setSummary(record);
}

void EventsPane::setSummary(const ExchangeRecord& record) {
    if (record.webSocket) {
        m_summary->setText(summaryOf(*record.webSocket));
        return;
    }
    if (record.isUpgraded) {
        m_summary->setText(tr("What passes through this tunnel is not read."));
        return;
    }
    if (!record.isEventStream) {
        m_summary->setText(tr("The response is not an event stream."));
        return;
    }
    if (count() == 0) {
        m_summary->setText(tr("No event yet."));
        return;
    }
    m_summary->setText(tr("%n event(s)", nullptr, count()) + QStringLiteral(" · ") +
                       tr("longest silence %1").arg(durationText(m_model->longestGap())));
}

QString EventsPane::summaryOf(const WebSocketSummary& summary) const {
    QStringList parts{summary.total() == 0
                          ? tr("No message yet.")
                          : tr("%n message(s)", nullptr, shownCount(summary.total()))};
    if (m_messageModel->longestGap() > 0)
        parts += tr("longest silence %1").arg(durationText(m_messageModel->longestGap()));
    const quint64 gone = summary.total() - static_cast<quint64>(m_messageModel->rowCount());
    if (gone > 0 && summary.total() > gone)
        parts += tr("the first %n are no longer kept", nullptr, shownCount(gone));
    for (const WebSocketSender from : {WebSocketSender::Client, WebSocketSender::Server}) {
        const QString why = QString::fromUtf8(summary.from(from).unreadable);
        if (!why.isEmpty())
            parts += tr("%1: not readable any more, %2").arg(directionText(from), why);
    }
    return parts.join(QStringLiteral(" · "));
}

void EventsPane::showMessageAt(int row) {
    const WebSocketEntry* entry = m_messageModel->at(row);
    m_text->setPlainText(entry ? messageText(entry->message) : QString());
}

void EventsPane::showEventAt(int row) {
    const TimedEvent* event = m_model->at(row);
    m_text->setPlainText(event ? displayText(event->event.data, true) : QString());
}

} // namespace sallyport
