// SPDX-License-Identifier: MIT
#include "core/route/normalisedpath.h"
#include "core/route/routetable.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

using namespace sallyport;

namespace {

void hold(bool isHeld, const char* sentence) {
    if (isHeld) return;
    std::fprintf(stderr, "broken: %s\n", sentence);
    std::abort();
}

Route route(const char* name, const QByteArray& path, std::optional<QByteArray> rewrite) {
    Route made;
    made.name = QString::fromLatin1(name);
    made.match.path = path;
    made.rewritePrefix = std::move(rewrite);
    return made;
}

bool isUnder(const QByteArray& path, const QByteArray& folder) {
    return path == folder || path.startsWith(QByteArray(folder + '/'));
}

} // namespace

/// Whatever the bytes: what a rewritten route sends stays under its new prefix in every reading,
/// and no byte after the prefix is changed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const RouteTable table({route("a", "/a/b", "/x/y"), route("deep", "/a/b/c", "/z"),
                                   route("root", "/", std::nullopt), route("strip", "/s/", "/")});
    const QByteArray asked(reinterpret_cast<const char*>(bytes), static_cast<qsizetype>(size));
    const auto outcome = table.match({"GET", {}, asked});
    const auto* found = std::get_if<RouteFound>(&outcome);
    if (!found || asked == "*") return 0;
    const QByteArray target = found->target;
    hold(target.startsWith('/'), "a target is a path");
    const QByteArray path =
        target.left(target.indexOf('?') < 0 ? target.size() : target.indexOf('?'));
    const auto readings = normalisedPaths(path);
    hold(readings.has_value(), "what is sent has readings");
    const QString name = found->route->name;
    for (const NormalisedPath& each : *readings) {
        hold(!each.escapesRoot, "no target climbs above its root");
        if (name == QLatin1String("a")) hold(isUnder(each.path, "/x/y"), "a stays under /x/y");
        if (name == QLatin1String("deep")) hold(isUnder(each.path, "/z"), "deep stays under /z");
    }
    if (name == QLatin1String("strip"))
        hold(!target.startsWith("//"), "a stripped target has one slash in front");
    if (name == QLatin1String("root"))
        hold(target == asked || target == QByteArray('/' + asked), "bytes pass as they came");
    else if (name != QLatin1String("strip"))
        hold(asked.endsWith(target.mid(name == QLatin1String("a") ? 4 : 2)), "the rest is kept");
    return 0;
}
