// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

namespace sallyport {

/// The commit that this executable was built from, 12 hexadecimal digits; `unknown` where the
/// source was no repository and none was named (`-DSALLYPORT_COMMIT=…`). Written at each build.
[[nodiscard]] QByteArrayView buildCommit();

} // namespace sallyport
