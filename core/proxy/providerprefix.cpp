// SPDX-License-Identifier: MIT
#include "core/proxy/providerprefix.h"

#include <algorithm>

namespace sallyport {

std::optional<ProviderPrefix> providerPrefixOf(QByteArrayView pathAndQuery) {
    constexpr QByteArrayView kPrefix("/p/");
    if (!pathAndQuery.startsWith(kPrefix)) return std::nullopt;
    const QByteArrayView rest = pathAndQuery.sliced(kPrefix.size());
    const auto end =
        std::find_if(rest.begin(), rest.end(), [](char c) { return c == '/' || c == '?'; });
    const QByteArrayView written = rest.first(end - rest.begin());
    ProviderPrefix out;
    out.name = QString::fromUtf8(QByteArray::fromPercentEncoding(written.toByteArray()));
    const bool isName = std::none_of(out.name.begin(), out.name.end(), [](QChar c) {
        return c == u'/' || c == u'\\' || c == u'\ufffd' || !(c.isPrint() || c.isSurrogate());
    });
    if (out.name.isEmpty() || out.name == u"." || out.name == u".." || !isName) return std::nullopt;
    out.pathAndQuery = rest.sliced(written.size()).toByteArray();
    if (!out.pathAndQuery.startsWith('/')) out.pathAndQuery.prepend('/');
    return out;
}

} // namespace sallyport
