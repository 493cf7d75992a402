// SPDX-License-Identifier: MIT
#include "core/replay/playlist.h"

#include <algorithm>

namespace sallyport {

namespace {

QByteArrayView pathOf(QByteArrayView target) {
    const qsizetype query = target.indexOf('?');
    return query < 0 ? target : target.first(query);
}

/// A gateway's prefix, which the recording may have had or not, is left out.
QByteArrayView comparedPart(QByteArrayView target) {
    const qsizetype api = pathOf(target).lastIndexOf("/v1/");
    return api < 0 ? target : target.sliced(api);
}

/// Those for which `matches` is true, where there is any; else all.
template <typename Matches>
void prefer(std::vector<std::size_t>& candidates, Matches matches) {
    std::vector<std::size_t> better;
    std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(better), matches);
    if (!better.empty()) candidates = std::move(better);
}

} // namespace

Playlist::Playlist(std::vector<RecordedExchange> exchanges)
    : m_exchanges(std::move(exchanges))
    , m_wasGiven(m_exchanges.size(), false) {}

const RecordedExchange* Playlist::next(QByteArrayView method, QByteArrayView target,
                                       const QByteArray& contentDigest) {
    const QByteArrayView wanted = comparedPart(target);
    std::vector<std::size_t> candidates;
    for (std::size_t i = 0; i < m_exchanges.size(); ++i) {
        const RecordedExchange& each = m_exchanges[i];
        const bool isMethod = each.method == method || (method == "HEAD" && each.method == "GET");
        if (isMethod && pathOf(comparedPart(each.target)) == pathOf(wanted))
            candidates.push_back(i);
    }
    if (candidates.empty()) return nullptr;
    prefer(candidates, [&](std::size_t i) { return m_exchanges[i].method == method; });
    prefer(candidates,
           [&](std::size_t i) { return comparedPart(m_exchanges[i].target) == wanted; });
    prefer(candidates,
           [&](std::size_t i) { return m_exchanges[i].requestDigest == contentDigest; });
    auto chosen = std::find_if(candidates.begin(), candidates.end(),
                               [&](std::size_t i) { return !m_wasGiven[i]; });
    if (chosen == candidates.end()) {
        for (const std::size_t i : candidates)
            m_wasGiven[i] = false;
        chosen = candidates.begin();
    }
    m_wasGiven[*chosen] = true;
    return &m_exchanges[*chosen];
}

QStringList Playlist::requests(int most) const {
    QStringList out;
    for (const RecordedExchange& each : m_exchanges) {
        const QString line =
            QString::fromUtf8(QByteArray(each.method + ' ' + pathOf(each.target).toByteArray()));
        if (out.size() < most && !out.contains(line)) out << line;
    }
    return out;
}

} // namespace sallyport
