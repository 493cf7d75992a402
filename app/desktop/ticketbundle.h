// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/doctorthread.h"
#include "ui/log/historyinterface.h"
#include "ui/log/logwindow.h"

#include <memory>
#include <vector>

namespace sallyport {

/// Writes one file for a ticket when the window asks for it: runs the doctor, adds the masked
/// configuration, and has the history write the selected requests. The window tells the outcome.
class TicketBundle : public QObject {
    Q_OBJECT
public:
    /// Both outlive this.
    TicketBundle(LogWindow& window, HistoryInterface& history, DoctorOptions options);

private:
    void begin(const ExportRequest& request);
    void write();

    HistoryInterface& m_history;
    DoctorOptions m_options;
    std::unique_ptr<DoctorThread> m_doctor; ///< while it runs
    std::vector<CheckResult> m_results;
    ExportRequest m_request;
};

} // namespace sallyport
