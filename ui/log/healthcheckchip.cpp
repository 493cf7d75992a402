// SPDX-License-Identifier: MIT
#include "ui/log/healthcheckchip.h"

#include <QLocale>

#include <algorithm>
#include <limits>

namespace sallyport {

namespace {
const QString kHidesChecks = QStringLiteral("window/hidesHealthChecks");
} // namespace

HealthCheckChip::HealthCheckChip(ExchangeTableModel& model, QSettings& settings, QWidget* parent)
    : QToolButton(parent)
    , m_model(model)
    , m_action(tr("Hide health checks")) {
    setObjectName(QStringLiteral("chipHealthChecks"));
    setAutoRaise(true);
    setCheckable(true);
    m_action.setObjectName(QStringLiteral("hideHealthChecks"));
    m_action.setCheckable(true);
    m_action.setChecked(settings.value(kHidesChecks, true).toBool());
    m_model.setHidesHealthChecks(m_action.isChecked());
    connect(this, &QToolButton::clicked, &m_action, &QAction::trigger);
    connect(&m_action, &QAction::triggered, this, [this, &settings](bool on) {
        settings.setValue(kHidesChecks, on);
        m_model.setHidesHealthChecks(on);
        updateCount();
    });
    updateCount();
}

void HealthCheckChip::updateCount() {
    const auto kMost = static_cast<std::size_t>(std::numeric_limits<int>::max());
    const int count = static_cast<int>(std::min(m_model.ring().healthChecks(), kMost));
    const bool hides = m_action.isChecked();
    setChecked(hides);
    setVisible(count > 0);
    // As the filter line would say it; short, since the line needs the room.
    setText((hides ? QStringLiteral("−/healthz ") : QStringLiteral("/healthz ")) +
            QLocale().toString(count));
    setAccessibleName(hides ? tr("%Ln health check(s) hidden", nullptr, count)
                            : tr("%Ln health check(s)", nullptr, count));
    const QString what = tr("Requests for /healthz, /healthcheck, /readyz and /metrics that were "
                            "answered without an error");
    setToolTip(accessibleName() + u'\n' + what + u'\n' +
               (hides ? tr("Click to show them") : tr("Click to hide them")));
}

} // namespace sallyport
