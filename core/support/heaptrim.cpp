// SPDX-License-Identifier: MIT
#include "core/support/heaptrim.h"

#include <QtGlobal> // brings in what defines __GLIBC__

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace sallyport {

void returnFreeMemory() {
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

} // namespace sallyport
