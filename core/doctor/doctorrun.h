// SPDX-License-Identifier: MIT
#pragma once

#include "core/doctor/checkresult.h"
#include "core/doctor/localreader.h"
#include "core/secrets/knownsecrets.h"
#include "core/support/clock.h"

#include <QObject>

#include <memory>
#include <vector>

namespace sallyport {

/// All checks, once: those of this machine at once, those that need a network as they end. At most
/// kMaxTargets targets are visited, all at the same time.
///
/// Lives on the thread that made it or that it was moved to before start(), which has an event
/// loop; blocks it only for small files. Destroying it, or cancel(), ends what is under way.
class DoctorRun : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t kMaxTargets = 32;

    explicit DoctorRun(QObject* parent = nullptr);
    ~DoctorRun() override;

    /// checked() for each check, then finished(); never from inside the call. A run that is under
    /// way is cancelled.
    void start(const DoctorOptions& options);
    /// No signal comes any more.
    void cancel();

signals:
    /// Texts hold no secret: neither those of the settings nor those of Sallyport's own files.
    void checked(const sallyport::CheckResult& result);
    void finished();

private:
    class Round;
    SystemClock m_clock;
    std::unique_ptr<Round> m_round; ///< borrows the clock
};

} // namespace sallyport
