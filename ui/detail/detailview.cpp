// SPDX-License-Identifier: MIT
#include "ui/detail/detailview.h"

#include "core/anthropic/messagespath.h"
#include "ui/detail/exchangetext.h"
#include "ui/log/curlcommand.h"
#include "ui/log/rowtext.h"
#include "ui/pricefile.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QMenu>
#include <QTabBar>
#include <QVBoxLayout>

namespace sallyport {

namespace {
using namespace std::chrono_literals;
constexpr auto kTick = 200ms;
} // namespace

DetailView::DetailView(const Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_clock(clock) {
    setObjectName(QStringLiteral("detailView"));
    m_live = new LiveHead(this);
    setupTabs();
    m_find = new FindBar(this);
    connect(m_find, &FindBar::searching, this, [this](const QString& words) {
        if (m_tabs->currentWidget() == m_conversation) m_conversation->browser().unfoldWith(words);
    });
    setupCopyMenu();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_live);
    column->addWidget(m_tabs);
    column->addWidget(m_find);
    m_ticker.setInterval(kTick);
    connect(&m_ticker, &QTimer::timeout, this, &DetailView::tick);
    connect(&m_feed, &ConversationFeed::conversationRead, m_live, &LiveHead::setConversation);
}

void DetailView::tick() {
    if (!isVisible()) return;
    const ExchangeRecord& record = m_detail.record;
    m_overview->setRecord(record, m_clock.wallNow());
    m_live->tick(elapsedMicros(record, m_clock.wallNow()));
}

void DetailView::setupTabs() {
    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(QStringLiteral("detailTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Detail of the request"));
    m_tabs->tabBar()->setAccessibleName(m_tabs->accessibleName());
    m_overview = new OverviewPane(m_tabs);
    m_request = new MessagePane(QStringLiteral("request"), m_tabs);
    m_response = new MessagePane(QStringLiteral("response"), m_tabs);
    m_conversation = new ConversationPane(m_tabs);
    m_events = new EventsPane(m_tabs);
    m_raw = new RawPane(m_tabs);
    m_tabs->addTab(m_overview, tr("Overview"));
    m_tabs->addTab(m_request, tr("Request"));
    m_tabs->addTab(m_response, tr("Response"));
    m_tabs->addTab(m_conversation, tr("Conversation"));
    m_tabs->addTab(m_events, tr("Events"));
    m_tabs->addTab(m_raw, tr("Raw"));
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        if (!m_isChoosing) m_wantedTab = m_tabs->currentWidget();
        refresh();
        if (m_find->isVisible()) updateFind();
    });
    connect(&m_feed, &ConversationFeed::conversationRead, m_conversation,
            &ConversationPane::setConversation);
    connect(m_overview, &OverviewPane::explanationRequested, this, [this] {
        if (m_session.previous) emit previousRequested(m_session.previous->id);
    });
    connect(&m_cacheDoctor, &CacheDoctor::compared, this, [this](const QString& reason) {
        m_cacheReason = reason;
        updateCost();
    });
    for (MessagePane* pane : {m_request, m_response})
        connect(pane, &MessagePane::viewChanged, this, [this] {
            if (m_find->isVisible()) updateFind();
        });
    connect(m_request, &MessagePane::copyBodyRequested, this, &DetailView::copyRequestBody);
    connect(m_response, &MessagePane::copyBodyRequested, this, &DetailView::copyResponseBody);
}

void DetailView::setupCopyMenu() {
    auto* corner = new QWidget(m_tabs);
    m_copy = new QToolButton(corner);
    m_copy->setObjectName(QStringLiteral("copyButton"));
    m_copy->setText(tr("Copy"));
    m_copy->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(m_copy);
    const auto add = [menu](const QString& text, const char* name) {
        QAction* action = menu->addAction(text);
        action->setObjectName(QString::fromLatin1(name));
        return action;
    };
    connect(add(tr("URL"), "copyUrl"), &QAction::triggered, this,
            [this] { copy(urlText(m_detail.record), tr("URL copied")); });
    connect(add(tr("As cURL (bash)"), "copyCurl"), &QAction::triggered, this,
            [this] { copy(commandFor(m_detail, CommandShell::Bash), tr("cURL command copied")); });
    connect(add(tr("Request body"), "copyRequestBody"), &QAction::triggered, this,
            &DetailView::copyRequestBody);
    connect(add(tr("Response body"), "copyResponseBody"), &QAction::triggered, this,
            &DetailView::copyResponseBody);
    m_copy->setMenu(menu);
    auto* close = new QToolButton(corner);
    close->setObjectName(QStringLiteral("closeDetail"));
    close->setText(QStringLiteral("✕"));
    close->setAutoRaise(true);
    close->setAccessibleName(tr("Close the detail"));
    close->setToolTip(tr("Close (Esc)"));
    connect(close, &QToolButton::clicked, this, &DetailView::closeRequested);
    auto* row = new QHBoxLayout(corner);
    row->setContentsMargins(0, 0, 4, 0);
    row->setSpacing(4);
    row->addWidget(m_copy);
    row->addWidget(close);
    m_tabs->setCornerWidget(corner);
}

void DetailView::setRecord(const ExchangeRecord& record) {
    const bool isOther = record.id != m_detail.record.id;
    if (isOther) {
        m_detail = {};
        m_hasContents = false;
        clearPanes();
    }
    const bool hasEnded =
        record.end != ExchangeEnd::Running && m_detail.record.end == ExchangeEnd::Running;
    m_detail.record = record;
    if (isOther) chooseTab();
    refresh();
    if (isOther || hasEnded) emit recordShown(record.id);
}

/// The tab that was chosen last, or the overview where the exchange has nothing to fill it with.
void DetailView::chooseTab() {
    const ExchangeRecord& record = m_detail.record;
    const bool hasEvents = record.isEventStream || record.webSocket.has_value();
    const bool isFitting = m_wantedTab && (m_wantedTab != m_events || hasEvents) &&
                           (m_wantedTab != m_conversation || isMessagesPath(record.path));
    m_isChoosing = true;
    m_tabs->setCurrentWidget(isFitting ? m_wantedTab : m_overview);
    m_isChoosing = false;
}

void DetailView::setPrices(const PriceTable& prices) {
    m_prices = prices;
    updateCost();
}

void DetailView::setSession(const SessionSummary& session) {
    m_session = session;
    updateCost();
}

void DetailView::setPrevious(const ExchangeDetail& previous) {
    m_cacheDoctor.compare(previous, m_detail);
}

void DetailView::updateCost() {
    const ExchangeRecord& record = m_detail.record;
    QStringList costs;
    if (const auto cost = m_prices.cost(billedModel(record), record.usage))
        costs += dollarText(*cost);
    if (m_session.sum.requests > 1 && m_session.sum.dollars > 0)
        costs += tr("%1 in the session").arg(dollarText(m_session.sum.dollars));
    if (!costs.isEmpty()) costs += tr("prices of %1").arg(m_prices.date());
    m_overview->setCost(costs.join(QStringLiteral(" · ")));
    if (!m_session.previous) {
        m_overview->setCacheLoss({}, false);
        return;
    }
    const Usage& usage = record.usage;
    const qint64 prompt =
        usage.input.value_or(0) + usage.cacheRead.value_or(0) + usage.cacheWritten.value_or(0);
    const auto loss =
        cacheLoss(m_session.previous->usage, usage, m_prices.prices(billedModel(record), prompt));
    QString text = loss ? cacheLossText(*loss, m_session.previous->id) : QString();
    if (loss && !m_cacheReason.isEmpty()) text += u'\n' + m_cacheReason;
    m_overview->setCacheLoss(text, !m_cacheReason.isEmpty());
}

void DetailView::find() {
    if (m_tabs->currentWidget() == m_overview) m_tabs->setCurrentWidget(m_request);
    updateFind();
    m_find->open();
}

void DetailView::updateFind() {
    const QWidget* shown = m_tabs->currentWidget();
    if (shown == m_overview) m_find->setView(static_cast<QPlainTextEdit*>(nullptr));
    for (MessagePane* pane : {m_request, m_response}) {
        if (shown != pane) continue;
        if (JsonView* tree = pane->shownTree())
            m_find->setView(tree);
        else
            m_find->setView(pane->text());
    }
    if (shown == m_conversation) m_find->setView(&m_conversation->browser());
    if (shown == m_events) m_find->setView(m_events->text());
    if (shown == m_raw) m_find->setView(m_raw);
}

void DetailView::setGone(quint64 id, const QString& reason) {
    if (id != m_detail.record.id) return;
    m_request->setGone(reason);
    m_response->setGone(reason);
    m_conversation->setGone();
}

void DetailView::setDetail(const ExchangeDetail& detail) {
    m_detail = detail;
    m_hasContents = true;
    refresh();
}

void DetailView::clear() {
    m_detail = {};
    m_hasContents = false;
    m_ticker.stop();
    clearPanes();
}

void DetailView::clearPanes() {
    m_request->clear();
    m_response->clear();
    m_feed.clear();
    m_live->clear();
    m_conversation->clear();
    m_events->clear();
    m_raw->clearText();
    m_cacheDoctor.cancel();
    m_cacheReason.clear();
    m_session = {};
}

void DetailView::refresh() {
    const ExchangeRecord& record = m_detail.record;
    if (record.id == 0) return;
    m_overview->setRecord(record, m_clock.wallNow());
    if (record.end != ExchangeEnd::Running)
        m_ticker.stop();
    else if (!m_ticker.isActive())
        m_ticker.start();
    m_tabs->setTabText(m_tabs->indexOf(m_events), eventsTitle());
    m_conversation->setRecord(record);
    updateCost();
    if (!m_hasContents) return;
    m_live->setDetail(m_detail);
    m_live->tick(elapsedMicros(record, m_clock.wallNow()));
    // Only the tab that is shown is filled.
    const QWidget* shown = m_tabs->currentWidget();
    if (shown == m_request) m_request->setMessage(request());
    if (shown == m_response) m_response->setMessage(response());
    if (shown == m_events) m_events->setDetail(m_detail);
    if (shown == m_raw) m_raw->setDetail(m_detail);
    const bool isRead = shown == m_conversation || record.end == ExchangeEnd::Running;
    if (isRead && isMessagesPath(record.path)) m_feed.read(m_detail);
}

QString DetailView::eventsTitle() const {
    const ExchangeRecord& record = m_detail.record;
    if (record.webSocket) return tr("Messages %1").arg(record.webSocket->total());
    return record.isEventStream && record.events > 0 ? tr("Events %1").arg(record.events)
                                                     : tr("Events");
}

MessageContents DetailView::request() const {
    const ExchangeRecord& r = m_detail.record;
    MessageContents message;
    message.id = r.id;
    message.startLine = QString::fromUtf8(r.method + ' ' + r.path);
    message.fields = m_detail.requestFields;
    message.body = m_detail.requestBody;
    message.isBodyCut = m_detail.isRequestBodyCut;
    message.isWhole = r.phase >= ExchangePhase::RequestSent;
    return message;
}

MessageContents DetailView::response() const {
    const ExchangeRecord& r = m_detail.record;
    MessageContents message;
    message.id = r.id;
    message.startLine =
        r.status > 0 ? QString::number(r.status) + u' ' + QString::fromUtf8(m_detail.responseReason)
                     : tr("No response yet");
    message.fields = m_detail.responseFields;
    message.trailers = m_detail.responseTrailers;
    message.body = m_detail.responseBody;
    message.isBodyCut = m_detail.isResponseBodyCut;
    message.isWhole = r.end != ExchangeEnd::Running;
    return message;
}

void DetailView::copy(const QString& text, const QString& what) {
    QApplication::clipboard()->setText(text);
    emit copied(what);
}

void DetailView::copyRequestBody() {
    const QByteArray coding = m_detail.requestFields.combined("Content-Encoding");
    copy(QString::fromUtf8(wholeBody(m_detail.requestBody, coding)), tr("Request body copied"));
}

void DetailView::copyResponseBody() {
    const QByteArray coding = m_detail.responseFields.combined("Content-Encoding");
    copy(QString::fromUtf8(wholeBody(m_detail.responseBody, coding)), tr("Response body copied"));
}

} // namespace sallyport
