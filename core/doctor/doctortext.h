// SPDX-License-Identifier: MIT
#pragma once

#include <QCoreApplication>

namespace sallyport {

/// The context of the doctor's sentences in the translation files.
struct DoctorText {
    Q_DECLARE_TR_FUNCTIONS(Doctor)
};

} // namespace sallyport
