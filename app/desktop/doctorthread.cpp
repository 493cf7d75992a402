// SPDX-License-Identifier: MIT
#include "app/desktop/doctorthread.h"

#include "core/doctor/doctorfix.h"

namespace sallyport {

DoctorThread::DoctorThread(DoctorOptions options, QObject* parent)
    : DoctorInterface(parent)
    , m_options(std::move(options))
    , m_run(new DoctorRun) {
    m_thread.setObjectName(QStringLiteral("doctor"));
    m_run->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_run, &QObject::deleteLater);
    connect(m_run, &DoctorRun::checked, this, &DoctorInterface::checked);
    connect(m_run, &DoctorRun::finished, this, &DoctorInterface::checksFinished);
    m_thread.start();
}

DoctorThread::~DoctorThread() {
    m_thread.quit();
    m_thread.wait();
}

void DoctorThread::startChecks() {
    QMetaObject::invokeMethod(m_run, [run = m_run, options = m_options] { run->start(options); });
}

void DoctorThread::cancelChecks() { QMetaObject::invokeMethod(m_run, &DoctorRun::cancel); }

void DoctorThread::applyFixOf(const CheckResult& result) {
    if (!result.fix) return;
    QMetaObject::invokeMethod(m_run, [this, fix = *result.fix, options = m_options] {
        const auto done = applyFix(fix, options);
        emit fixEnded(done.isOk(), done ? *done : done.error().message);
    });
}

} // namespace sallyport
