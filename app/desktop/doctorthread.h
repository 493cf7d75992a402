// SPDX-License-Identifier: MIT
#pragma once

#include "core/doctor/doctorrun.h"
#include "ui/doctor/doctorinterface.h"

#include <QThread>

namespace sallyport {

/// Runs the checks on a thread of its own: they read files and the lists of processes, which a
/// slow file system can hold up. Values cross in queued calls.
class DoctorThread : public DoctorInterface {
    Q_OBJECT
public:
    explicit DoctorThread(DoctorOptions options, QObject* parent = nullptr);
    /// Ends the thread with what runs there.
    ~DoctorThread() override;

    void startChecks() override;
    void cancelChecks() override;
    void applyFixOf(const CheckResult& result) override;

private:
    DoctorOptions m_options;
    QThread m_thread;
    DoctorRun* m_run; ///< lives on m_thread and is deleted there when it ends
};

} // namespace sallyport
