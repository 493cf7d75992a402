// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/requesttarget.h"

#include <QByteArray>
#include <QString>

namespace sallyport {

/// The tunnel of a CONNECT that Sallyport has opened, as the requests inside see it.
struct OpenedTunnel {
    Authority authority;   ///< of CONNECT; without a port where that is 443
    QByteArray entry;      ///< of `intercept:`, by which it was opened
    bool hasToken = false; ///< CONNECT carried a token: it is for all that came by it
    QString client = {};   ///< of `access.clients`, whose token that was; empty: the local one
};

} // namespace sallyport
