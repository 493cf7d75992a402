// SPDX-License-Identifier: MIT
#pragma once

#include "core/doctor/checkresult.h"

#include <QObject>

namespace sallyport {

/// The doctor as its window sees it: requests are calls, results are signals. Lives on the thread
/// of the screens; the implementation carries both to and from the thread that the checks run on.
class DoctorInterface : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Ends in checked() for each check and checksFinished(); one that is under way is cancelled.
    virtual void startChecks() = 0;
    /// No result comes any more.
    virtual void cancelChecks() = 0;
    /// Ends in fixEnded().
    virtual void applyFixOf(const sallyport::CheckResult& result) = 0;

signals:
    void checked(const sallyport::CheckResult& result);
    void checksFinished();
    /// `text` says what was done, or why it was not.
    void fixEnded(bool isDone, const QString& text);
};

} // namespace sallyport
