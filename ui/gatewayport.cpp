// SPDX-License-Identifier: MIT
#include "ui/gatewayport.h"
