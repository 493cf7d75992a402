// SPDX-License-Identifier: MIT
#include "ui/log/logbar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>

namespace sallyport {

namespace {

/// Below this width chips give way.
constexpr int kNarrow = 900;

struct StateText {
    QString text;
    Tone tone;
};

StateText stateText(const EngineStatus& status, bool isPaused) {
    switch (status.state) {
    case EngineStatus::State::Running:
        if (isPaused) return {LogBar::tr("‖ Paused"), Tone::Warn};
        return {LogBar::tr("● Recording"), Tone::Good};
    case EngineStatus::State::Draining: return {LogBar::tr("◌ Finishing"), Tone::Warn};
    case EngineStatus::State::Failed: return {LogBar::tr("! Trouble"), Tone::Bad};
    case EngineStatus::State::Stopped: break;
    }
    return {LogBar::tr("○ Off"), Tone::Quiet};
}

} // namespace

LogBar::LogBar(QMenu& viewMenu, QMenu& mainMenu, QSettings& settings, QWidget* parent)
    : QWidget(parent)
    , m_filterMenu(m_filter, settings) {
    m_state.setObjectName(QStringLiteral("recordingState"));
    m_state.setAlignment(Qt::AlignCenter);
    m_state.setMargin(5);
    m_pause.setObjectName(QStringLiteral("pauseButton"));
    m_pause.setCheckable(true);
    updatePauseButton();
    setupMenus(viewMenu, mainMenu);
    connect(&m_pause, &QToolButton::toggled, this, [this](bool isPaused) {
        updatePauseButton();
        emit pauseToggled(isPaused);
    });
    connect(&m_clear, &QToolButton::clicked, this, &LogBar::clearRequested);

    m_row = new QHBoxLayout(this);
    m_row->setContentsMargins(8, 6, 8, 6);
    m_row->setSpacing(6);
    m_row->addWidget(&m_state);
    m_row->addWidget(&m_pause);
    m_row->addWidget(&m_filter, 1);
    m_row->addWidget(&m_filters);
    setupChips();
    for (Chip& chip : m_chips)
        m_row->addWidget(&chip.button);
    m_row->addWidget(&m_clear);
    m_row->addWidget(&m_view);
    m_row->addWidget(&m_main);
}

void LogBar::setupMenus(QMenu& viewMenu, QMenu& mainMenu) {
    m_clear.setObjectName(QStringLiteral("clearButton"));
    m_clear.setText(tr("Clear"));
    m_clear.setToolTip(tr("Empty the table; the history stays"));
    m_filters.setObjectName(QStringLiteral("filtersButton"));
    m_filters.setText(QStringLiteral("★"));
    m_filters.setAccessibleName(tr("Saved filters"));
    m_filters.setToolTip(tr("Filters with a name, and those used last"));
    m_filters.setMenu(&m_filterMenu);
    m_filters.setPopupMode(QToolButton::InstantPopup);
    m_view.setObjectName(QStringLiteral("viewButton"));
    m_view.setText(tr("View"));
    m_view.setMenu(&viewMenu);
    m_view.setPopupMode(QToolButton::InstantPopup);
    m_main.setObjectName(QStringLiteral("menuButton"));
    m_main.setText(tr("Menu"));
    m_main.setToolTip(tr("Everything that the tray's menu has (F10)"));
    m_main.setMenu(&mainMenu);
    m_main.setPopupMode(QToolButton::InstantPopup);
}

QSize LogBar::minimumSizeHint() const { return {480, QWidget::minimumSizeHint().height()}; }

void LogBar::addChip(QWidget& chip) { m_row->insertWidget(m_row->indexOf(&m_clear), &chip); }

void LogBar::openMainMenu() { m_main.showMenu(); }

void LogBar::updatePauseButton() {
    const bool isPaused = m_pause.isChecked();
    m_pause.setText(isPaused ? tr("Resume") : tr("Pause"));
    m_pause.setToolTip(isPaused ? tr("Show what came since, and go on (Ctrl+P)")
                                : tr("Stop the display, not the traffic (Ctrl+P)"));
}

void LogBar::setupChips() {
    const std::array<StatusGroup, 5> groups{StatusGroup::Success, StatusGroup::ClientError,
                                            StatusGroup::ServerError, StatusGroup::Failed,
                                            StatusGroup::Live};
    const std::array<Tone, 5> tones{Tone::Plain, Tone::Plain, Tone::Bad, Tone::Warn, Tone::Live};
    const std::array<QString, 5> words{QStringLiteral("2xx"), QStringLiteral("4xx"),
                                       QStringLiteral("5xx"), tr("failed"), tr("live")};
    const std::array<QString, 5> queries{
        QStringLiteral("status:2xx"), QStringLiteral("status:4xx"), QStringLiteral("status:5xx"),
        QStringLiteral("-status:>0 -is:live"), QStringLiteral("is:live")};
    const std::array<const char*, 5> names{"chipSuccess", "chipClientError", "chipServerError",
                                           "chipFailed", "chipLive"};
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        Chip& chip = m_chips[i];
        chip.group = groups[i];
        chip.tone = tones[i];
        chip.word = words[i];
        chip.query = queries[i];
        setupChip(chip, names[i]);
    }
}

void LogBar::setupChip(Chip& chip, const char* name) {
    chip.button.setObjectName(QString::fromLatin1(name));
    chip.button.setAutoRaise(true);
    chip.button.setToolTip(tr("Show only these"));
    connect(&chip.button, &QToolButton::clicked, this, [this, &chip] {
        m_filter.setText(m_filter.text() == chip.query ? QString() : chip.query);
        m_filter.applyNow();
    });
}

void LogBar::setStatus(const EngineStatus& status, bool isPaused) {
    const StateText state = stateText(status, isPaused);
    m_state.setText(state.text);
    m_state.setToolTip(status.problem.isEmpty() ? status.address : status.problem);
    m_stateTone = state.tone;
    paintTone(m_state, m_stateTone);
}

void LogBar::setCounts(const RowRing& ring) {
    for (Chip& chip : m_chips) {
        const auto count = static_cast<qulonglong>(ring.count(chip.group));
        chip.button.setText(chip.word + u' ' + QLocale().toString(count));
        chip.isEmpty = count == 0;
        paintTone(chip.button, count > 0 ? chip.tone : Tone::Quiet);
    }
    updateChips();
}

/// Failures are rare: their chip is hidden while there are none. In a narrow bar those of what is
/// usual give way, so that the filter can be read.
void LogBar::updateChips() {
    const bool isNarrow = width() < kNarrow;
    for (Chip& chip : m_chips) {
        const bool isUsual =
            chip.group == StatusGroup::Success || chip.group == StatusGroup::ClientError;
        const bool isMissing = chip.group == StatusGroup::Failed && chip.isEmpty;
        chip.button.setVisible(!isMissing && !(isNarrow && isUsual));
    }
}

void LogBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    updateChips();
}

void LogBar::paintTone(QWidget& widget, Tone tone) {
    QPalette wanted;
    wanted.setColor(QPalette::WindowText, toneColor(tone, palette()));
    wanted.setColor(QPalette::ButtonText, toneColor(tone, palette()));
    if (widget.palette().color(QPalette::ButtonText) == wanted.color(QPalette::ButtonText)) return;
    widget.setPalette(wanted);
}

void LogBar::repaintTones() {
    paintTone(m_state, m_stateTone);
    for (Chip& chip : m_chips)
        paintTone(chip.button, chip.tone);
}

void LogBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) repaintTones();
}

} // namespace sallyport
