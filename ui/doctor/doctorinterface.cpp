// SPDX-License-Identifier: MIT
#include "ui/doctor/doctorinterface.h" // IWYU pragma: keep
