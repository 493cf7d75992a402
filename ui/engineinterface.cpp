// SPDX-License-Identifier: MIT
#include "ui/engineinterface.h"
