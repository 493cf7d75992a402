// SPDX-License-Identifier: MIT
#include "core/route/placequeue.h"

#include <algorithm>
#include <tuple>

namespace sallyport {

void PlaceQueue::grant(Flow& flow) {
    ++flow.inFlight;
    ++m_inFlight;
    flow.served = ++m_turn;
}

PlaceQueue::Asked PlaceQueue::ask(Ticket ticket, const QByteArray& flow) {
    if (m_inFlight < m_limit.places) {
        grant(m_flows[flow]);
        m_flowOf.emplace(ticket, flow);
        return {Answer::Granted, {}};
    }
    std::optional<Ticket> displaced;
    if (m_waiting >= m_limit.queue) {
        const auto known = m_flows.find(flow);
        displaced = displaceFor(known == m_flows.end() ? nullptr : &known->second);
        if (!displaced) return {Answer::Full, {}};
    }
    m_flows[flow].waiting.push_back(ticket);
    m_flowOf.emplace(ticket, flow);
    ++m_waiting;
    return {Answer::Waits, displaced};
}

std::optional<PlaceQueue::Ticket> PlaceQueue::displaceFor(const Flow* asking) {
    const auto longest =
        std::max_element(m_flows.begin(), m_flows.end(), [](const auto& a, const auto& b) {
            return a.second.waiting.size() < b.second.waiting.size();
        });
    if (longest == m_flows.end()) return std::nullopt;
    const std::size_t own = asking ? asking->waiting.size() : 0;
    if (longest->second.waiting.size() < own + 2) return std::nullopt;
    const Ticket newest = longest->second.waiting.back();
    longest->second.waiting.pop_back();
    m_flowOf.erase(newest);
    --m_waiting;
    return newest;
}

std::vector<PlaceQueue::Ticket> PlaceQueue::leave(Ticket ticket) {
    const auto known = m_flowOf.find(ticket);
    if (known == m_flowOf.end()) return {};
    const auto at = m_flows.find(known->second);
    m_flowOf.erase(known);
    Flow& flow = at->second;
    const auto waits = std::find(flow.waiting.begin(), flow.waiting.end(), ticket);
    if (waits != flow.waiting.end()) {
        flow.waiting.erase(waits);
        --m_waiting;
    } else {
        --flow.inFlight;
        --m_inFlight;
    }
    if (flow.inFlight == 0 && flow.waiting.empty()) m_flows.erase(at);
    return grantFree();
}

PlaceQueue::Flow* PlaceQueue::nextFlow() {
    Flow* next = nullptr;
    for (auto& [name, flow] : m_flows) {
        if (flow.waiting.empty()) continue;
        if (!next || std::tie(flow.inFlight, flow.served) < std::tie(next->inFlight, next->served))
            next = &flow;
    }
    return next;
}

std::vector<PlaceQueue::Ticket> PlaceQueue::grantFree() {
    std::vector<Ticket> granted;
    while (m_inFlight < m_limit.places) {
        Flow* const flow = nextFlow();
        if (!flow) break;
        granted.push_back(flow->waiting.front());
        flow->waiting.pop_front();
        --m_waiting;
        grant(*flow);
    }
    return granted;
}

std::vector<PlaceQueue::Ticket> PlaceQueue::setLimit(InFlightLimit limit) {
    m_limit = limit;
    return grantFree();
}

} // namespace sallyport
