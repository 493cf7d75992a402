// SPDX-License-Identifier: MIT
#include "core/balance/targetgroup.h"

#include <QStringList>

#include <algorithm>
#include <bit>

namespace sallyport {

namespace {

constexpr quint64 bitOf(std::size_t index) { return quint64{1} << index; }

template <typename Take>
void eachOf(quint64 mask, Take take) {
    for (; mask != 0; mask &= mask - 1)
        take(static_cast<std::size_t>(std::countr_zero(mask)));
}

} // namespace

TargetGroup::TargetGroup(const std::vector<TargetSpec>& targets, const BalanceRules& rules,
                         const TargetGroup* before)
    : m_rules(rules)
    , m_sessions(before ? before->m_sessions : std::make_shared<Sessions>()) {
    for (const TargetSpec& each : targets) {
        if (m_slots.size() == kMostTargets) break;
        const Slot* const known = before ? before->slotNamed(each.name.toUtf8()) : nullptr;
        Slot place;
        place.state = known ? known->state : std::make_shared<TargetState>(each.name);
        place.state->breaker.setRules(rules.breaker);
        place.state->marks.setRules(rules.health);
        place.weight = std::max(each.weight, 1);
        m_slots.push_back(std::move(place));
    }
}

const TargetGroup::Slot* TargetGroup::slotNamed(QByteArrayView name) const {
    const auto found = std::find_if(m_slots.begin(), m_slots.end(), [&](const Slot& each) {
        return each.state->name().toUtf8() == name;
    });
    return found == m_slots.end() ? nullptr : &*found;
}

/// The targets that the request may go to at all, whether or not they had their turn.
quint64 TargetGroup::wantedMask(const TargetQuery& query) const {
    const quint64 all = m_slots.size() == kMostTargets ? ~quint64{0} : bitOf(m_slots.size()) - 1;
    if (!query.wanted.isEmpty()) {
        const Slot* const found = slotNamed(query.wanted);
        return found ? bitOf(static_cast<std::size_t>(found - m_slots.data())) : 0;
    }
    if (query.session.isEmpty() || m_sessions->pinned.size() == 0) return all;
    const auto pinned = m_sessions->pinned.find(query.session);
    if (!pinned) return all;
    for (std::size_t i = 0; i < m_slots.size(); ++i)
        if (m_slots[i].state->id() == *pinned) return bitOf(i);
    return all; // its target is not in the file any more
}

TargetGroup::Candidates TargetGroup::candidates(quint64 among, Monotonic now) const {
    Candidates out;
    eachOf(among, [&](std::size_t i) {
        const TargetState& state = *m_slots[i].state;
        if (state.isPreferred(now))
            out.preferred |= bitOf(i);
        else if (state.canTake(now))
            out.lastResort |= bitOf(i);
    });
    return out;
}

std::variant<TargetLease, NoTarget> TargetGroup::choose(const TargetQuery& query, Monotonic now) {
    const quint64 wanted = wantedMask(query);
    if (wanted == 0 && !m_slots.empty()) return unknownName();
    const Candidates can = candidates(wanted & ~query.tried, now);
    if (can.preferred == 0 && can.lastResort == 0) return noTarget(wanted, now);
    const bool isSticky = m_rules.policy != BalancePolicy::Failover && !query.session.isEmpty();
    std::size_t chosen = 0;
    if (can.preferred == 0)
        chosen = firstToEnd(can.lastResort);
    else if (const auto place = isSticky ? placeOf(query.session, can.preferred) : std::nullopt)
        chosen = *place;
    else
        chosen = byPolicy(can.preferred);
    if (isSticky) m_sessions->latest.put(query.session, m_slots[chosen].state->id());
    return TargetLease(m_slots[chosen].state, chosen, now);
}

bool TargetGroup::hasOther(const TargetQuery& query, Monotonic now) const {
    const Candidates can = candidates(wantedMask(query) & ~query.tried, now);
    return can.preferred != 0 || can.lastResort != 0;
}

std::optional<NoTarget> TargetGroup::unavailable(Monotonic now) const {
    const bool isAny = std::any_of(m_slots.begin(), m_slots.end(), [&](const Slot& each) {
        // Half-open with its probe under way is on its way back.
        return each.state->canTake(now) ||
               each.state->status(now).condition == TargetCondition::HalfOpen;
    });
    if (isAny) return std::nullopt;
    return noTarget(wantedMask({}), now);
}

std::optional<std::size_t> TargetGroup::placeOf(QByteArrayView session, quint64 among) const {
    const auto id = m_sessions->latest.find(session);
    std::optional<std::size_t> place;
    if (id)
        eachOf(among, [&](std::size_t i) {
            if (m_slots[i].state->id() == *id) place = i;
        });
    return place;
}

std::size_t TargetGroup::byPolicy(quint64 among) {
    switch (m_rules.policy) {
    case BalancePolicy::Failover: return static_cast<std::size_t>(std::countr_zero(among));
    case BalancePolicy::RoundRobin: return inTurn(among);
    case BalancePolicy::LeastActive: return inTurn(leastActive(among));
    }
    Q_UNREACHABLE();
}

/// Smooth weighted round robin: each gains its weight, the one that has most is taken and pays for
/// all. Of weights 5, 1, 1 that gives a a b a c a a, and never five in a row.
std::size_t TargetGroup::inTurn(quint64 among) {
    if (std::has_single_bit(among)) return static_cast<std::size_t>(std::countr_zero(among));
    qint64 total = 0;
    std::optional<std::size_t> best;
    eachOf(among, [&](std::size_t i) {
        Slot& each = m_slots[i];
        each.current += each.weight;
        total += each.weight;
        if (!best || each.current > m_slots[*best].current) best = i;
    });
    m_slots[*best].current -= total;
    return *best;
}

/// Those of the fewest exchanges for their weight, the one that is asked for counted in.
quint64 TargetGroup::leastActive(quint64 among) const {
    quint64 least = 0;
    const Slot* best = nullptr;
    eachOf(among, [&](std::size_t i) {
        const Slot& each = m_slots[i];
        // a/b < c/d without a division.
        const qint64 own = best ? qint64{each.state->active + 1} * best->weight : 0;
        const qint64 other = best ? qint64{best->state->active + 1} * each.weight : 0;
        if (!best || own < other) {
            best = &each;
            least = bitOf(i);
        } else if (own == other) {
            least |= bitOf(i);
        }
    });
    return least;
}

std::size_t TargetGroup::firstToEnd(quint64 among) const {
    std::optional<std::size_t> best;
    eachOf(among, [&](std::size_t i) {
        if (!best || m_slots[i].state->marks.passedOverUntil() <
                         m_slots[*best].state->marks.passedOverUntil())
            best = i;
    });
    return *best;
}

NoTarget TargetGroup::noTarget(quint64 among, Monotonic now) const {
    using std::chrono::milliseconds;
    QStringList reasons;
    std::optional<milliseconds> least;
    eachOf(among, [&](std::size_t i) {
        const TargetState& state = *m_slots[i].state;
        const TargetStatus is = state.status(now);
        if (!is.reason.isEmpty()) reasons << QStringLiteral("%1: %2").arg(is.name, is.reason);
        const auto opensIn = std::chrono::ceil<milliseconds>(state.breaker.opensUpAt(now) - now);
        const auto wait = is.condition == TargetCondition::Down && m_rules.health
                              ? std::max(opensIn, m_rules.health->every)
                              : opensIn;
        if (!least || wait < *least) least = wait;
    });
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(least.value_or(milliseconds(0)));
    if (m_slots.empty()) reasons << QStringLiteral("the upstream has no target");
    return {reasons.join(QStringLiteral("; ")), std::max(seconds, std::chrono::seconds(1))};
}

NoTarget TargetGroup::unknownName() const {
    QStringList names;
    for (const Slot& each : m_slots)
        names << each.state->name();
    return {names.join(QStringLiteral(", ")), std::chrono::seconds(1), true};
}

bool TargetGroup::pinSession(QByteArrayView session, QByteArrayView target) {
    if (target.isEmpty()) {
        m_sessions->pinned.forget(session);
        return true;
    }
    const Slot* const found = slotNamed(target);
    if (!found) return false;
    m_sessions->pinned.put(session, found->state->id());
    return true;
}

void TargetGroup::probeSucceeded(std::size_t target, Monotonic now) {
    m_slots[target].state->marks.probeSucceeded();
    m_slots[target].state->tell(now);
}

void TargetGroup::probeFailed(std::size_t target, const QString& reason, Monotonic now) {
    m_slots[target].state->marks.probeFailed(reason);
    m_slots[target].state->tell(now);
}

std::vector<TargetStatus> TargetGroup::statuses(Monotonic now) const {
    std::vector<TargetStatus> out;
    out.reserve(m_slots.size());
    for (const Slot& each : m_slots)
        out.push_back(each.state->status(now));
    return out;
}

void TargetGroup::setChangedCallback(const TargetChanged& changed) {
    for (const Slot& each : m_slots)
        each.state->changed = changed;
}

} // namespace sallyport
