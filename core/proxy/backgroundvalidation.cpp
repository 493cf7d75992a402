// SPDX-License-Identifier: MIT
#include "core/proxy/backgroundvalidation.h"

#include "core/cache/conditional.h"

namespace sallyport {

BackgroundValidation::BackgroundValidation(DeferredTaskQueue& tasks, CacheCapture capture,
                                           StoredPtr stored, std::function<void()> over)
    : m_tasks(tasks)
    , m_capture(std::move(capture))
    , m_stored(std::move(stored))
    , m_over(std::move(over)) {}

void BackgroundValidation::start(UpstreamTransport& transport, UpstreamRequest request) {
    setValidators(request.fields, m_stored->head);
    request.bound = nullptr;
    m_exchange = transport.start(std::move(request), *this);
    m_exchange->finishBody({});
}

void BackgroundValidation::upstreamHead(ResponseHead head, Framing) {
    if (head.status == 304 && isValidatedBy(m_stored->head, head.fields)) {
        (void)m_capture.freshen(*m_stored, head);
        end();
    } else if (!m_capture.head(head).isEmpty()) {
        end();
    }
}

void BackgroundValidation::upstreamComplete(const FieldList&) {
    m_capture.complete();
    end();
}

void BackgroundValidation::end() { m_tasks.add(*this); }

void BackgroundValidation::runDeferred() {
    m_exchange.reset();
    // Moved out: the call may destroy this object.
    const std::function<void()> over = std::move(m_over);
    over();
}

} // namespace sallyport
