// SPDX-License-Identifier: MIT
#include "ui/routes/explainline.h"

#include "core/engine/requestexplanation.h"
#include "ui/tones.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace sallyport {

namespace {

QString glyphOf(RequestExplanation::Outcome outcome) {
    switch (outcome) {
    case RequestExplanation::Outcome::Sent: return QStringLiteral("→ ");
    case RequestExplanation::Outcome::Answered: return QStringLiteral("✓ ");
    case RequestExplanation::Outcome::Refused: return QStringLiteral("! ");
    }
    Q_UNREACHABLE();
}

} // namespace

ExplainLine::ExplainLine(QWidget* parent)
    : QWidget(parent) {
    m_label.setText(tr("E&xplain:"));
    m_label.setBuddy(&m_request);
    m_request.setObjectName(QStringLiteral("explainRequest"));
    m_request.setClearButtonEnabled(true);
    m_request.setPlaceholderText(tr("POST /v1/messages, a URL, or a line of curl"));
    m_request.setAccessibleDescription(tr("Says where a request would go, without sending it"));
    m_result.setObjectName(QStringLiteral("explainResult"));
    m_result.setWordWrap(true);
    m_result.setTextFormat(Qt::PlainText);
    m_result.setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_result.setAccessibleName(tr("Where the request would go"));
    m_result.hide();
    auto* row = new QHBoxLayout;
    row->addWidget(&m_label);
    row->addWidget(&m_request, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(row);
    column->addWidget(&m_result);
    connect(&m_request, &QLineEdit::textChanged, this, &ExplainLine::update);
}

void ExplainLine::setConfig(Config config, quint16 port) {
    m_config = std::move(config);
    m_port = port;
    update();
}

void ExplainLine::update() {
    const QString pasted = m_request.text();
    m_result.setVisible(!pasted.trimmed().isEmpty());
    if (pasted.trimmed().isEmpty()) {
        emit routeFound({});
        return;
    }
    const auto request = parsePastedRequest(pasted);
    if (!request) {
        setTone(m_result, Tone::Quiet);
        m_result.setText(request.error());
        emit routeFound({});
        return;
    }
    const RequestExplanation found = explainRequest(*request, m_config, m_port);
    const bool isRefused = found.outcome == RequestExplanation::Outcome::Refused;
    setTone(m_result, isRefused ? Tone::Bad : Tone::Plain);
    m_result.setText(glyphOf(found.outcome) +
                     (QStringList(found.destination) + found.reasons).join(u'\n'));
    emit routeFound(found.route);
}

} // namespace sallyport
