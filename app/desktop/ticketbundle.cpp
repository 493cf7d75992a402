// SPDX-License-Identifier: MIT
#include "app/desktop/ticketbundle.h"

#include "core/doctor/doctorreport.h"
#include "core/doctor/supportfacts.h"

#include <utility>

namespace sallyport {

TicketBundle::TicketBundle(LogWindow& window, HistoryInterface& history, DoctorOptions options)
    : m_history(history)
    , m_options(std::move(options)) {
    connect(&window, &LogWindow::bundleRequested, this, &TicketBundle::begin);
}

void TicketBundle::begin(const ExportRequest& request) {
    m_request = request;
    m_results.clear();
    m_doctor = std::make_unique<DoctorThread>(m_options);
    connect(m_doctor.get(), &DoctorInterface::checked, this,
            [this](const CheckResult& result) { m_results.push_back(result); });
    // Queued: the thread ends with the object, outside its own signal.
    connect(m_doctor.get(), &DoctorInterface::checksFinished, this, &TicketBundle::write,
            Qt::QueuedConnection);
    m_doctor->startChecks();
}

void TicketBundle::write() {
    m_doctor.reset();
    m_request.about = supportFacts(m_options.configDir, inOrder(std::exchange(m_results, {})));
    m_history.exportTo(m_request);
}

} // namespace sallyport
