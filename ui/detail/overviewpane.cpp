// SPDX-License-Identifier: MIT
#include "ui/detail/overviewpane.h"

#include "core/support/visibletext.h"
#include "ui/detail/usagetext.h"
#include "ui/detail/websockettext.h"
#include "ui/log/rowtext.h"

#include <QLocale>

namespace sallyport {

OverviewPane::OverviewPane(QWidget* parent)
    : QScrollArea(parent) {
    setObjectName(QStringLiteral("overviewPane"));
    setAccessibleName(tr("Overview"));
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    auto* page = new QWidget(this);
    page->setBackgroundRole(QPalette::Base);
    // No QFormLayout: in Qt 6.4.2 a row that was hidden takes the height of one that is shown.
    m_form = new QGridLayout(page);
    m_form->setHorizontalSpacing(14);
    m_form->setVerticalSpacing(7);
    m_form->setContentsMargins(12, 12, 12, 12);
    m_form->setColumnStretch(1, 1);
    addRow(State, tr("State"), "overviewState");
    addRow(Error, tr("Error"), "overviewError");
    addRow(Url, tr("Address"), "overviewUrl");
    addRow(Received, tr("Received as"), "overviewReceived");
    m_timing = new TimingBar(page);
    static_cast<void>(addField(tr("Timing"), *m_timing));
    addRow(Path, tr("Path"), "overviewPath");
    addRow(Interception, tr("Interception"), "overviewInterception");
    addRow(Model, tr("Model"), "overviewModel");
    addRow(Tokens, tr("Tokens"), "overviewTokens");
    addRow(Cost, tr("Cost"), "overviewCost");
    addRow(Cache, tr("Prompt cache"), "overviewCache");
    m_why = new QPushButton(tr("Find out why"), page);
    m_why->setObjectName(QStringLiteral("cacheWhy"));
    m_why->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_form->addWidget(m_why, m_form->rowCount(), 1);
    connect(m_why, &QPushButton::clicked, this, &OverviewPane::explanationRequested);
    setCost({});
    setCacheLoss({}, false);
    addRow(Stream, tr("Stream"), "overviewStream");
    addRow(WebSocket, tr("WebSocket"), "overviewWebSocket");
    addRow(Bytes, tr("Body"), "overviewBytes");
    addRow(Client, tr("Client"), "overviewClient");
    addRow(Started, tr("Started"), "overviewStarted");
    m_form->setRowStretch(m_form->rowCount(), 1);
    setWidget(page);
}

QLabel* OverviewPane::addField(const QString& title, QWidget& field) {
    auto* name = new QLabel(title, m_form->parentWidget());
    const int row = m_form->rowCount();
    m_form->addWidget(name, row, 0, Qt::AlignRight | Qt::AlignTop);
    m_form->addWidget(&field, row, 1);
    return name;
}

void OverviewPane::addRow(Row row, const QString& title, const char* name) {
    auto* label = new QLabel(m_form->parentWidget());
    label->setObjectName(QString::fromLatin1(name));
    label->setAccessibleName(title);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_rows[row] = {addField(title, *label), label};
}

void OverviewPane::setRow(Row row, const QString& text) {
    const auto [name, value] = m_rows.at(row);
    if (value->text() == text && value->isHidden() == text.isEmpty()) return;
    value->setText(text);
    name->setHidden(text.isEmpty());
    value->setHidden(text.isEmpty());
}

void OverviewPane::setCost(const QString& text) { setRow(Cost, text); }

void OverviewPane::setCacheLoss(const QString& text, bool isExplained) {
    setRow(Cache, text);
    m_why->setHidden(text.isEmpty() || isExplained);
}

void OverviewPane::setPath(const ExchangeRecord& r) {
    QStringList steps{r.client.isEmpty() ? tr("client") : r.client};
    switch (r.role) {
    case RequestRole::Gateway: steps += tr("gateway"); break;
    case RequestRole::Forward: steps += tr("forward proxy"); break;
    case RequestRole::Tunnel: steps += tr("tunnel"); break;
    case RequestRole::Local: steps += tr("handled here"); break;
    }
    if (!r.route.isEmpty()) steps += tr("route %1").arg(r.route);
    if (!r.upstream.isEmpty()) steps += tr("upstream %1").arg(r.upstream);
    if (!r.way.isEmpty()) steps += r.way;
    // That of a sandbox has the name of its upstream.
    if (!r.target.isEmpty() && r.target != r.upstream)
        steps += r.isConnectionReused ? tr("%1 (kept connection)").arg(r.target) : r.target;
    setRow(Path, steps.join(QStringLiteral(" → ")));
}

QString OverviewPane::interceptionText(const ExchangeRecord& r) {
    if (!r.notIntercepted.isEmpty()) return tr("Tunnel not opened: %1").arg(r.notIntercepted);
    if (r.interceptedBy.isEmpty()) return {};
    return tr("Tunnel opened, by “%1” in intercept").arg(QString::fromUtf8(r.interceptedBy));
}

void OverviewPane::setRecord(const ExchangeRecord& r, WallTime now) {
    const RowState state = rowState(r);
    setRow(State, state.text(r.status));
    QLabel* stateLabel = m_rows.at(State).value;
    QPalette tone;
    tone.setColor(QPalette::WindowText, toneColor(state.tone, palette()));
    tone.setColor(QPalette::Text, toneColor(state.tone, palette())); // on a Base ground
    stateLabel->setPalette(tone);
    const QString code = QString::fromUtf8(r.errorCode);
    setRow(Error, code.isEmpty()      ? r.error
                  : r.error.isEmpty() ? code
                                      : QString(r.error + QLatin1String(" (") + code + u')'));
    setRow(Url, QString::fromUtf8(r.method) + u' ' + urlText(r));
    setRow(Received, visibleText(QString::fromUtf8(r.receivedPath)));
    m_timing->setPhases(timingPhases(r.times, elapsedMicros(r, now)));
    setPath(r);
    setRow(Interception, interceptionText(r));
    setRow(Model, modelText(r));
    setRow(Tokens, usageText(r.usage));
    setRow(Stream, r.isEventStream ? tr("%n event(s)", nullptr,
                                        static_cast<int>(std::min<quint64>(r.events, 1000000)))
                                   : QString());
    setRow(WebSocket, r.webSocket ? webSocketText(*r.webSocket) : QString());
    setRow(Bytes,
           tr("%1 sent, %2 received").arg(sizeText(r.requestBytes), sizeText(r.responseBytes)));
    setRow(Client, QString::fromUtf8(r.userAgent));
    setRow(Started, timeText(r.startedAt));
}

} // namespace sallyport
