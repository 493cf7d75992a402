// SPDX-License-Identifier: MIT
#include "core/proxy/cacherenewal.h"

#include "core/cache/conditional.h"

namespace sallyport {

CacheRenewal::CacheRenewal(DeferredTaskQueue& tasks, CacheCapture capture, StoredPtr stored,
                           std::function<void()> over)
    : m_tasks(tasks)
    , m_capture(std::move(capture))
    , m_stored(std::move(stored))
    , m_over(std::move(over)) {}

void CacheRenewal::start(UpstreamTransport& transport, UpstreamRequest request) {
    setValidators(request.fields, m_stored->head);
    request.bound = nullptr;
    m_exchange = transport.start(std::move(request), *this);
    m_exchange->finishBody({});
}

void CacheRenewal::upstreamHead(ResponseHead head, Framing) {
    if (head.status == 304 && isValidatedBy(m_stored->head, head.fields)) {
        (void)m_capture.freshen(*m_stored, head);
        end();
    } else if (!m_capture.head(head).isEmpty()) {
        end();
    }
}

void CacheRenewal::upstreamComplete(const FieldList&) {
    m_capture.complete();
    end();
}

void CacheRenewal::end() { m_tasks.add(*this); }

void CacheRenewal::runDeferred() {
    m_exchange.reset();
    // Moved out: the call may destroy this object.
    const std::function<void()> over = std::move(m_over);
    over();
}

} // namespace sallyport
