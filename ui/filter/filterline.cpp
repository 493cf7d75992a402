// SPDX-License-Identifier: MIT
#include "ui/filter/filterline.h"

#include "ui/tones.h"

#include <QEvent>

namespace sallyport {

namespace {
using namespace std::chrono_literals;
constexpr auto kTypingPause = 90ms; ///< between the last key and the filtering
} // namespace

FilterLine::FilterLine(QWidget* parent)
    : QLineEdit(parent) {
    setObjectName(QStringLiteral("filterLine"));
    setAccessibleName(tr("Filter"));
    setPlaceholderText(
        tr("Filter: words, status:>=400, model:haiku, is:stream, -path:count_tokens"));
    setClearButtonEnabled(true);
    m_typingPause.setSingleShot(true);
    m_typingPause.setInterval(kTypingPause);
    connect(&m_typingPause, &QTimer::timeout, this, &FilterLine::applyNow);
    connect(this, &QLineEdit::textChanged, &m_typingPause, qOverload<>(&QTimer::start));
    connect(this, &QLineEdit::returnPressed, this, &FilterLine::applyNow);
}

void FilterLine::applyNow() {
    m_typingPause.stop();
    const auto query = filter::parse(text());
    showProblem(query ? QString() : query.error());
    if (query) emit queryChanged(*query);
}

void FilterLine::showProblem(const QString& problem) {
    if (problem == m_problem) return;
    m_problem = problem;
    setToolTip(problem);
    setAccessibleDescription(problem);
    updatePalette();
    emit problemChanged(problem);
}

void FilterLine::updatePalette() {
    m_isUpdatingPalette = true;
    setPalette(QPalette());
    if (!m_problem.isEmpty()) {
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
    if (isOutside && !m_problem.isEmpty()) updatePalette();
}

} // namespace sallyport
