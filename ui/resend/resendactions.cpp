// SPDX-License-Identifier: MIT
#include "ui/resend/resendactions.h"

#include <algorithm>
#include <utility>

namespace sallyport {

namespace {
using namespace std::chrono_literals;
constexpr auto kAgain = 250ms; ///< how often a stream on the right is read anew

/// What numberText() wrote; 0 for anything else.
quint64 idOf(const QByteArray& number) {
    if (!number.startsWith('H')) return number.toULongLong();
    const quint64 id = number.sliced(1).toULongLong();
    return id == 0 ? 0 : id | kHistoryBit;
}
} // namespace

ResendActions::ResendActions(EngineInterface& engine, const Parts& parts, const Clock& clock)
    : m_engine(engine)
    , m_table(parts.table)
    , m_model(parts.model)
    , m_reads(parts.reads)
    , m_clock(clock) {
    connect(addAction(tr("Re-send"), "rowResend", Qt::CTRL | Qt::Key_R), &QAction::triggered, this,
            [this] { begin(Purpose::Send); });
    connect(addAction(tr("Edit and re-send…"), "rowEditResend", Qt::CTRL | Qt::SHIFT | Qt::Key_R),
            &QAction::triggered, this, [this] { begin(Purpose::Edit); });
    connect(addAction(tr("Compare the responses"), "rowCompare", Qt::CTRL | Qt::Key_D),
            &QAction::triggered, this, &ResendActions::compareSelected);
    connect(m_table.selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ResendActions::updateActions);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &ResendActions::updateActions);
    connect(&m_table, &LogTable::rowMenuRequested, this, [this](QMenu* menu) { fillMenu(*menu); });
    connect(&m_reads, &DetailReads::read, this, &ResendActions::detailRead);
    connect(&m_reads, &DetailReads::missing, this, &ResendActions::detailMissing);
    m_again.setInterval(kAgain);
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, [this] { m_reads.ask(m_right); });
    connect(&m_engine, &EngineInterface::resendEnded, this, &ResendActions::noteEnd);
    updateActions();
}

QAction* ResendActions::addAction(const QString& text, const char* name, const QKeySequence& keys) {
    auto* action = new QAction(text, &m_table);
    action->setObjectName(QString::fromLatin1(name));
    action->setShortcut(keys);
    m_table.addAction(action);
    m_actions += action;
    return action;
}

void ResendActions::fillMenu(QMenu& menu) {
    if (!menu.isEmpty()) menu.addSeparator();
    menu.addActions(m_actions);
}

void ResendActions::setPrices(const PriceTable& prices) {
    m_prices = prices;
    if (m_comparison) m_comparison->setPrices(prices);
}

QVector<quint64> ResendActions::selectedIds() const {
    QVector<quint64> ids;
    const auto rows = m_table.selectionModel()->selectedRows();
    for (const QModelIndex& row : rows)
        ids += row.data(ExchangeTableModel::IdRole).toULongLong();
    // Those of the history stand above the live ones, and came before them.
    std::sort(ids.begin(), ids.end(), [](quint64 a, quint64 b) {
        return std::pair(!isHistoryId(a), a) < std::pair(!isHistoryId(b), b);
    });
    return ids;
}

quint64 ResendActions::originOf(quint64 id) const {
    const ExchangeRecord* record = m_model.find(id);
    const quint64 origin = record ? idOf(record->resentFrom) : 0;
    return m_model.find(origin) ? origin : 0;
}

void ResendActions::updateActions() {
    const QVector<quint64> ids = selectedIds();
    for (QAction* action : {m_actions[0], m_actions[1]})
        action->setEnabled(ids.size() == 1);
    m_actions[2]->setEnabled(ids.size() == 2 || (ids.size() == 1 && originOf(ids.first()) != 0));
}

void ResendActions::begin(Purpose purpose) {
    const QVector<quint64> ids = selectedIds();
    if (ids.size() != 1) return;
    m_wanted = ids.first();
    m_purpose = purpose;
    m_reads.ask(m_wanted);
}

void ResendActions::detailRead(const ExchangeDetail& detail) {
    const quint64 id = detail.record.id;
    if (id == m_wanted && m_purpose != Purpose::None) draft(detail);
    if (!m_comparison) return;
    if (id == m_left) m_comparison->setLeft(detail);
    if (id == m_right) {
        m_comparison->setRight(detail);
        m_comparison->setStoppable(m_shown != 0 && detail.record.end == ExchangeEnd::Running);
    }
}

void ResendActions::detailMissing(quint64 id) {
    if (id == m_wanted && std::exchange(m_purpose, Purpose::None) != Purpose::None)
        emit told(tr("Request %1 cannot be sent again: its headers and body are no longer kept.")
                      .arg(numberText(id)));
    if (m_comparison && (id == m_left || id == m_right))
        m_comparison->setNote(
            tr("Headers and body of request %1 are no longer kept.").arg(numberText(id)));
}

void ResendActions::draft(const ExchangeDetail& detail) {
    const Purpose purpose = std::exchange(m_purpose, Purpose::None);
    const auto made = draftOf(detail, numberText(detail.record.id));
    if (!made) {
        emit told(tr("Request %1 cannot be sent again: %2")
                      .arg(numberText(detail.record.id), made.error()));
        return;
    }
    // A target with a mask in it has to be written anew, and a body with one is sent by who has
    // been told.
    const bool isWhole = !made->isAddressMasked && !made->isContentMasked;
    if (purpose == Purpose::Send && isWhole) return send(made->request);
    if (m_dialog) m_dialog->close();
    auto* dialog = new ResendDialog(*made, m_upstreams, m_table.window());
    m_dialog = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ResendDialog::sendRequested, this, &ResendActions::send);
    dialog->open();
}

void ResendActions::send(ResendRequest request) {
    request.number = ++m_number;
    m_shown = m_number;
    m_isAwaited = true;
    showPair(idOf(request.from), 0);
    emit told(tr("Request %1 is sent once more").arg(QString::fromLatin1(request.from)));
    m_engine.resend(request);
}

void ResendActions::noteRecords(const QVector<ExchangeRecord>& records) {
    for (const ExchangeRecord& record : records) {
        const bool isNew = record.id > m_newest;
        m_newest = std::max(m_newest, record.id);
        if (isNew && m_isAwaited && idOf(record.resentFrom) == m_left) {
            m_isAwaited = false;
            showPair(m_left, record.id);
        } else if (record.id == m_right && m_right != 0 && !m_again.isActive()) {
            m_again.start();
        }
    }
}

void ResendActions::noteEnd(quint64 number, const QString& problem) {
    if (number != m_number || problem.isEmpty()) return;
    m_isAwaited = false;
    const QString text = tr("The request was not sent: %1.").arg(problem);
    emit told(text);
    if (m_comparison) m_comparison->setNote(text);
}

void ResendActions::compareSelected() {
    const QVector<quint64> ids = selectedIds();
    m_isAwaited = false;
    m_shown = 0;
    if (ids.size() == 2)
        showPair(ids[0], ids[1]);
    else if (ids.size() == 1 && originOf(ids[0]) != 0)
        showPair(originOf(ids[0]), ids[0]);
}

void ResendActions::showPair(quint64 left, quint64 right) {
    m_left = left;
    m_right = right;
    ComparisonWindow& window = comparison();
    window.setPair(numberText(left), right == 0 ? QString() : numberText(right));
    window.show();
    window.raise();
    m_reads.ask(left);
    m_reads.ask(right);
}

ComparisonWindow& ResendActions::comparison() {
    if (m_comparison) return *m_comparison;
    auto* window = new ComparisonWindow(m_clock, m_table.window());
    m_comparison = window;
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->setPrices(m_prices);
    connect(window, &ComparisonWindow::stopRequested, this, [this, window] {
        m_engine.cancelResend(m_shown);
        m_shown = 0;
        window->setStoppable(false);
    });
    return *window;
}

} // namespace sallyport
