# SPDX-License-Identifier: MIT
# Writes OUTPUT, the source of buildCommit(), when the commit of SOURCE is another one than the last
# time. COMMIT, when not empty, is taken as it is.
if(NOT COMMIT)
  execute_process(COMMAND git rev-parse --short=12 HEAD WORKING_DIRECTORY ${SOURCE}
    OUTPUT_VARIABLE COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
if(NOT COMMIT)
  set(COMMIT unknown)
endif()
set(text "// SPDX-License-Identifier: MIT
#include \"core/proxy/buildcommit.h\"

namespace sallyport {

QByteArrayView buildCommit() { return \"${COMMIT}\"; }

} // namespace sallyport
")
set(before "")
if(EXISTS ${OUTPUT})
  file(READ ${OUTPUT} before)
endif()
if(NOT before STREQUAL text)
  file(WRITE ${OUTPUT} "${text}")
endif()
