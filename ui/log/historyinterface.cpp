// SPDX-License-Identifier: MIT
#include "ui/log/historyinterface.h"
