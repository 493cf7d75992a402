// SPDX-License-Identifier: MIT
#include "core/net/streamreactor.h"

#include "core/net/qtreactor.h"

#ifdef Q_OS_LINUX
#include "core/net/epollreactor.h"
#endif

namespace sallyport {

std::unique_ptr<StreamReactor> makeStreamReactor(DeadlineQueue& deadlines) {
#ifdef Q_OS_LINUX
    return std::make_unique<EpollReactor>(deadlines);
#else
    return makeQtStreamReactor(deadlines);
#endif
}

std::unique_ptr<StreamReactor> makeQtStreamReactor(DeadlineQueue& deadlines) {
    return std::make_unique<QtReactor>(deadlines);
}

} // namespace sallyport
