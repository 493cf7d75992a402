// SPDX-License-Identifier: MIT
#include "core/route/routetable.h"

#include <QElapsedTimer>
#include <QTest>

using namespace sallyport;

namespace {

Route route(const char* name, const QByteArray& path, std::optional<QByteArray> rewrite = {}) {
    Route made;
    made.name = QString::fromLatin1(name);
    made.match.path = path;
    made.rewritePrefix = std::move(rewrite);
    return made;
}

Route hostRoute(const char* name, const QByteArray& host, const QByteArray& path) {
    Route made = route(name, path);
    made.match.host = host;
    return made;
}

Route methodRoute(const char* name, const QByteArray& path, std::vector<QByteArray> methods) {
    Route made = route(name, path);
    made.match.methods = std::move(methods);
    return made;
}

/// The routes of the contract, and a way through every field of RouteMatch.
std::vector<Route> everyKind() {
    Route off = route("off", "/v1/claude/off");
    off.isEnabled = false;
    return {
        route("claude", "/"),
        route("legacy", "/v1/claude", "/api/v2"),
        route("defm", "/defm/", "/"),
        route("deep", "/v1/claude/deep", "/deeper/"),
        route("encoded", "/caf%c3%a9", "/coffee"),
        methodRoute("reads", "/reads", {"GET", "HEAD"}),
        route("shadowed", "/reads/x"),
        off,
        hostRoute("suffix", "*.example.com", "/"),
        hostRoute("longer suffix", "*.eu.example.com", "/"),
        hostRoute("exact", "api.example.com", "/only"),
        hostRoute("any host", "*", "/any"),
    };
}

struct Outcome {
    QString route; ///< or "none", "escape"
    QByteArray target;
};

Outcome outcomeOf(const RouteTable& table, const RouteQuery& query) {
    const RouteOutcome outcome = table.match(query);
    if (const auto* found = std::get_if<RouteFound>(&outcome))
        return {found->route->name, found->target};
    return {std::holds_alternative<RouteEscape>(outcome) ? QStringLiteral("escape")
                                                         : QStringLiteral("none"),
            {}};
}

} // namespace

class TestMatching : public QObject {
    Q_OBJECT
private slots:
    void pathsAmongAllRoutes_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("route");
        QTest::addColumn<QByteArray>("target");
        const auto row = [](const char* tag, const char* path, const char* found,
                            const char* target) {
            QTest::newRow(tag) << QByteArray(path) << QString::fromLatin1(found)
                               << QByteArray(target);
        };
        row("the catch-all takes what nothing else does", "/v1/messages", "claude", "/v1/messages");
        row("a query is no part of the path", "/v1/messages?beta=true", "claude",
            "/v1/messages?beta=true");
        row("dots and slashes in a query decide nothing", "/x?a=/../v1/claude/%2f..", "claude",
            "/x?a=/../v1/claude/%2f..");
        row("the longest prefix wins over the order of the file", "/v1/claude/x", "legacy",
            "/api/v2/x");
        row("a longer one below it wins again", "/v1/claude/deep/x", "deep", "/deeper/x");
        row("a prefix ends at a segment", "/v1/claudette", "claude", "/v1/claudette");
        row("the bare prefix is rewritten", "/v1/claude", "legacy", "/api/v2");
        row("the bare prefix keeps its query", "/v1/claude?a=b", "legacy", "/api/v2?a=b");
        row("the bare prefix keeps its slash", "/v1/claude/", "legacy", "/api/v2/");
        row("a rewrite is taken as written for the bare prefix", "/v1/claude/deep", "deep",
            "/deeper/");
        row("a rewrite joins with one slash", "/v1/claude/deep/", "deep", "/deeper/");
        row("a prefix with a slash takes what is below", "/defm/v1/messages", "defm",
            "/v1/messages");
        row("a prefix with a slash takes itself", "/defm/", "defm", "/");
        row("a prefix with a slash takes the path without it", "/defm", "defm", "/");
        row("a query behind the stripped prefix stays", "/defm?x=1", "defm", "/?x=1");
        row("a prefix with a slash ends at a segment", "/defmx", "claude", "/defmx");
        row("a disabled route takes nothing", "/v1/claude/off/x", "legacy", "/api/v2/off/x");
        row("letter case of a path counts", "/V1/claude/x", "claude", "/V1/claude/x");

        row("dot-segments inside the catch-all pass as they came", "/a/../b/./c", "claude",
            "/a/../b/./c");
        row("encoded dots inside the catch-all pass as they came", "/a/%2e%2e/b/%2E", "claude",
            "/a/%2e%2e/b/%2E");
        row("empty segments pass as they came", "/a//b///c", "claude", "/a//b///c");
        row("encoded slashes pass as they came", "/files/a%2Fb", "claude", "/files/a%2Fb");
        row("any other encoding passes as it came", "/a%20b/%C3%A9/%7Eb/%zz/%", "claude",
            "/a%20b/%C3%A9/%7Eb/%zz/%");
        row("a hidden file is no dot-segment", "/.well-known/x/...", "claude",
            "/.well-known/x/...");
        row("dot-segments inside a rewritten route pass as they came", "/v1/claude/a/../b",
            "legacy", "/api/v2/a/../b");
        row("a single dot behind the prefix passes", "/v1/claude/./x", "legacy", "/api/v2/./x");
        row("empty segments behind the prefix pass", "/v1/claude//x", "legacy", "/api/v2//x");
        row("an encoded slash behind the prefix passes", "/v1/claude/a%2fb", "legacy",
            "/api/v2/a%2fb");

        row("an empty segment in the prefix is part of it", "/v1//claude/x", "legacy", "/api/v2/x");
        row("empty segments before the prefix are part of it", "//v1/claude/x", "legacy",
            "/api/v2/x");
        row("an encoded letter in the prefix is part of it", "/v1/%63laude/x", "legacy",
            "/api/v2/x");
        row("a dot-segment in the prefix is part of it", "/v1/./claude/x", "legacy", "/api/v2/x");
        row("a way back before the prefix is part of it", "/x/../v1/claude/y", "legacy",
            "/api/v2/y");
        row("an encoded way back before the prefix may be a name", "/x/%2E%2e/v1/claude/y",
            "escape", "");
        row("parameters in the prefix are part of it", "/v1;a=b/claude;c/x", "legacy", "/api/v2/x");
        row("parameters alone in the prefix are part of it", "/v1/;a/claude/x", "legacy",
            "/api/v2/x");
        row("parameters behind the prefix pass", "/v1/claude/x;a=b/y", "legacy", "/api/v2/x;a=b/y");
        row("encoding in upper case is the same path", "/caf%C3%A9/x", "encoded", "/coffee/x");
        row("encoding in lower case is the same path", "/caf%c3%a9?y", "encoded", "/coffee?y");
        row("a stripped prefix leaves no double slash in front", "/defm//evil.example/x", "defm",
            "/evil.example/x");

        row("above the root is an escape", "/..", "escape", "");
        row("above the root and back is an escape", "/../v1/claude/x", "escape", "");
        row("above the root by encoded dots is an escape", "/a/%2e%2e/%2e./x", "escape", "");
        row("dot-dot behind the prefix is an escape", "/v1/claude/../x", "escape", "");
        row("dot-dot at the end is an escape", "/v1/claude/..", "escape", "");
        row("encoded dot-dot is an escape", "/v1/claude/%2e%2e/x", "escape", "");
        row("half encoded dot-dot is an escape", "/v1/claude/.%2E/x", "escape", "");
        row("climbing out from below is an escape", "/v1/claude/a/../../b", "escape", "");
        row("climbing out and in again is an escape", "/v1/claude/../claude/x", "escape", "");
        row("empty segments do not pay for dot-dot", "/v1/claude///../x", "escape", "");
        row("out of a deeper route into the one around is an escape", "/v1/claude/deep/../x",
            "escape", "");
        row("dot-dot with parameters is an escape", "/v1/claude/..;/x", "escape", "");
        row("dot-dot with named parameters is an escape", "/v1/claude/..;a=b/x", "escape", "");
        row("an encoded slash behind dot-dot is an escape", "/v1/claude/..%2fx", "escape", "");
        row("an encoded slash before dot-dot is an escape", "/v1/claude%2f..%2fx", "escape", "");
        row("an all encoded way out is an escape", "/v1/claude/%2e%2e%2fx", "escape", "");
        row("a backslash way out is an escape", "/v1/claude/..\\x", "escape", "");
        row("an encoded backslash way out is an escape", "/v1/claude/..%5cx", "escape", "");
        row("a backslash before dot-dot is an escape", "/v1/claude\\..\\x", "escape", "");
        row("twice encoded dot-dot is an escape", "/v1/claude/%252e%252e/x", "escape", "");
        row("dot-dot whose encoding is encoded in part is an escape", "/v1/claude/%%32e./x",
            "escape", "");
        row("endless encoding is an escape", "/v1/claude/%252525252525252e/x", "escape", "");
        row("an encoded semicolon behind dot-dot is an escape", "/v1/claude/..%3bx/y", "escape",
            "");
        row("dot-dot behind parameters alone is an escape", "/v1/claude/;/../x", "escape", "");
        row("dot-dot behind named parameters alone is an escape", "/v1/claude/;a=b/../x", "escape",
            "");
        row("dot-dot behind encoded parameters alone is an escape", "/v1/claude/%3b/../x", "escape",
            "");
        row("dot-dot in UTF-8 longer than need be is an escape", "/v1/claude/%c0%ae%c0%ae/x",
            "escape", "");
        row("a slash in UTF-8 longer than need be is an escape", "/v1/claude/..%c0%afx", "escape",
            "");
        row("full-width dots are an escape", "/v1/claude/%EF%BC%8E%EF%BC%8E/x", "escape", "");
        row("a full-width slash is an escape", "/v1/claude/..%ef%bc%8fx", "escape", "");
        row("a full-width backslash is an escape", "/v1/claude/..%ef%bc%bcx", "escape", "");
        row("a leader of two dots is an escape", "/v1/claude/%e2%80%a5/x", "escape", "");
        row("%u002e is an escape", "/v1/claude/%u002e%u002e/x", "escape", "");
        row("%uff0e is an escape", "/v1/claude/%uff0e%uff0e/x", "escape", "");
        row("a letter that is encoded twice and hides a prefix is an escape", "/v1/%2563laude/x",
            "escape", "");
        row("a full-width letter that hides a prefix is an escape", "/v1/%EF%BD%83laude/x",
            "escape", "");
        row("an encoded question mark that hides what is behind is an escape",
            "/v1/claude%3f/../../x", "escape", "");
        row("an encoded semicolon that hides a prefix is an escape", "/v1/claude%3bx/y", "escape",
            "");
        row("an empty segment that dot-dot may take is an escape", "/v1//../v1/claude/x", "escape",
            "");
        row("an empty segment that pays for dot-dot is an escape", "/v1/x//../claude/y", "escape",
            "");
        row("names and readings may not be mixed", "/v1/claude%2fdeep/..%2f..%5cx", "escape", "");
        row("what only one level of decoding sees is an escape",
            "/v1/claude/q/%252e/..%2f..%2fdeep/x", "escape", "");
        row("an encoded slash that hides a prefix is an escape", "/v1%2fclaude/x", "escape", "");
        row("a backslash that hides a prefix is an escape", "/v1\\claude/x", "escape", "");
        row("an encoded NUL is an escape", "/v1/claude/..%00/x", "escape", "");
        row("a path without a slash in front is an escape", "v1/claude", "escape", "");

        row("an asterisk belongs to the catch-all", "*", "claude", "*");
        row("an empty path is the root", "", "claude", "/");
        row("a query alone is on the root", "?a=b", "claude", "/?a=b");
    }
    void pathsAmongAllRoutes() {
        QFETCH(QByteArray, path);
        QFETCH(QString, route);
        QFETCH(QByteArray, target);
        const RouteTable table(everyKind());
        const Outcome outcome = outcomeOf(table, {"POST", {}, path});
        QCOMPARE(outcome.route, route);
        QCOMPARE(outcome.target, target);
    }

    void aloneBelowAPrefix_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("route");
        QTest::addColumn<QByteArray>("target");
        const auto row = [](const char* tag, const char* path, const char* found,
                            const char* target) {
            QTest::newRow(tag) << QByteArray(path) << QString::fromLatin1(found)
                               << QByteArray(target);
        };
        row("inside", "/api/x", "api", "/x");
        row("the prefix itself", "/api", "api", "/");
        row("elsewhere there is nothing", "/x", "none", "");
        row("an asterisk is not below a prefix", "*", "none", "");
        row("an encoded slash may be a segment boundary", "/api%2Fx", "escape", "");
        row("parameters alone behind a rewritten prefix must not pay for dot-dot", "/api/;/../x",
            "escape", "");
        row("nor an empty segment", "/api/a//../../x", "escape", "");
        row("parameters behind a prefix are part of it", "/api;a=b", "api", "/");
        row("climbing out is an escape, not a path without route", "/api/../x", "escape", "");
        row("climbing out by an encoded slash is an escape", "/api/..%2fx", "escape", "");
        row("climbing where there is no route finds none", "/x/y/../z", "none", "");
        row("staying inside passes", "/api/a/../x", "api", "/a/../x");
        row("staying inside with parameters passes", "/api/a/..;/x", "api", "/a/..;/x");
        row("the rest alone must not climb", "/a%2fb/../api/..%2f..%2fx", "escape", "");
    }
    void aloneBelowAPrefix() {
        QFETCH(QByteArray, path);
        QFETCH(QString, route);
        QFETCH(QByteArray, target);
        const RouteTable table({::route("api", "/api/", "/")});
        const Outcome outcome = outcomeOf(table, {"POST", {}, path});
        QCOMPARE(outcome.route, route);
        QCOMPARE(outcome.target, target);
    }

    /// A route that blocks, a route with a key and the rest: whatever a server makes of the path,
    /// it is the same route's.
    void pathsAroundABlockedOne_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("route");
        const auto row = [](const char* tag, const char* path, const char* found) {
            QTest::newRow(tag) << QByteArray(path) << QString::fromLatin1(found);
        };
        row("the path itself", "/p/admin", "blocked");
        row("with parameters", "/p/admin;x=1/y", "blocked");
        row("with parameters before it", "/p;x=1/admin", "blocked");
        row("behind parameters alone", "/p/;/admin", "blocked");
        row("behind an empty segment", "/p//admin", "blocked");
        row("behind an encoded slash", "/p%2fadmin", "escape");
        row("behind an encoded backslash", "/p%5cadmin", "escape");
        row("behind a full-width slash", "/p%ef%bc%8fadmin", "escape");
        row("behind a slash in three bytes of UTF-8", "/p%e0%80%afadmin", "escape");
        row("behind %u2215", "/p%u2215admin", "escape");
        row("with an encoded letter", "/p/%61dmin", "blocked");
        row("with a letter that is encoded twice", "/p/%2561dmin", "escape");
        row("with a letter as %u0061", "/p/%u0061dmin", "escape");
        row("where dot-dot takes an empty segment", "/p//../admin", "escape");
        row("where dot-dot takes parameters alone", "/p/;/../admin", "escape");
        row("where dot-dot is encoded", "/p/x/%2e%2e/admin", "escape");
        row("where dot-dot has parameters", "/p/x/..;/admin", "escape");
        row("where a dot has parameters", "/p/.;/admin", "escape");
        row("where it ends at an encoded question mark", "/p/admin%3f/x", "escape");
        row("where it ends at an encoded number sign", "/p/admin%23/x", "escape");
        row("where only one level of decoding finds it", "/p/q/%252e/..%2f..%2fadmin", "escape");
        row("a longer name", "/p/administrator;admin", "rest");
        row("as a parameter", "/p/x;/../y", "rest");
        row("as a parameter's value", "/p/x;a=admin", "rest");
        row("other full-width letters", "/p/%EF%BD%81%EF%BD%82", "rest");
        row("letters of another script", "/p/%E5%B7%A5%E5%85%B7/%C3%A9", "rest");
        row("a percent sign", "/p/100%25", "rest");
    }
    void pathsAroundABlockedOne() {
        QFETCH(QByteArray, path);
        QFETCH(QString, route);
        const RouteTable table({::route("blocked", "/p/admin"), ::route("rest", "/")});
        QCOMPARE(outcomeOf(table, {"GET", {}, path}).route, route);
    }

    void hostsAndMethods_data() {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("route");
        const auto row = [](const char* tag, const char* method, const char* host, const char* path,
                            const char* found) {
            QTest::newRow(tag) << QByteArray(method) << QByteArray(host) << QByteArray(path)
                               << QString::fromLatin1(found);
        };
        row("a method of the list", "GET", "", "/reads/x/y", "shadowed");
        row("a method outside the list goes on to the next", "POST", "", "/reads/y", "claude");
        row("a method of the list takes the rest", "HEAD", "", "/reads/y", "reads");
        row("letter case of a method does not count", "get", "", "/reads/y", "reads");
        row("an exact host wins over a suffix", "GET", "api.example.com", "/only/x", "exact");
        row("a path outside the exact host's falls to the suffix", "GET", "api.example.com", "/x",
            "suffix");
        row("the longer suffix wins", "GET", "a.eu.example.com", "/", "longer suffix");
        row("a suffix does not take the name itself", "GET", "example.com", "/x", "none");
        row("a suffix ends at a label", "GET", "badexample.com", "/x", "none");
        row("any host takes any", "GET", "other.org", "/any/x", "any host");
        row("any host is not Sallyport itself", "GET", "", "/any/x", "claude");
        row("a route without a host takes no other host", "GET", "other.org", "/v1/claude/x",
            "none");
        row("the dot of the root zone says nothing", "GET", "api.example.com.", "/only", "exact");
        row("climbing out of a host's route is an escape", "GET", "api.example.com", "/only/../x",
            "escape");
        row("a prefix of another host is no gate", "GET", "a.example.com", "/only/../x", "suffix");
    }
    void hostsAndMethods() {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, path);
        QFETCH(QString, route);
        const RouteTable table(everyKind());
        QCOMPARE(outcomeOf(table, {method, host, path}).route, route);
    }

    void equalPrefixesKeepTheOrderOfTheFile() {
        const RouteTable table(
            {methodRoute("posts", "/x", {"POST"}), route("first", "/x/"), route("second", "/x")});
        QCOMPARE(outcomeOf(table, {"GET", {}, "/x/y"}).route, QStringLiteral("first"));
        QCOMPARE(outcomeOf(table, {"POST", {}, "/x/y"}).route, QStringLiteral("posts"));
    }

    void hostBoundRoutesAreKnown() {
        std::vector<Route> routes = everyKind();
        routes.pop_back();
        const RouteTable table(routes);
        QVERIFY(table.hasRouteForHost("api.example.com"));
        QVERIFY(table.hasRouteForHost("other.example.com."));
        QVERIFY(!table.hasRouteForHost("example.com"));
        QVERIFY(!table.hasRouteForHost(""));
        QVERIFY(RouteTable(everyKind()).hasRouteForHost("whatever"));
    }

    void anEmptyTableFindsNothing() {
        QCOMPARE(outcomeOf(RouteTable(), {"GET", {}, "/"}).route, QStringLiteral("none"));
    }

    void aHostilePathIsReadInTime() {
        QByteArray path;
        while (path.size() < 60'000)
            path += "/v1/x/..";
        QElapsedTimer timer;
        timer.start();
        const RouteTable table(everyKind());
        QCOMPARE(outcomeOf(table, {"GET", {}, path}).route, QStringLiteral("claude"));
        QVERIFY2(timer.elapsed() < 2000, "64 KiB of dot-segments take milliseconds, not seconds");
    }

    void matchingIsCheap() {
        const RouteTable table(everyKind());
        const QByteArray path = "/v1/messages?beta=true";
        QBENCHMARK {
            const RouteOutcome outcome = table.match({"POST", {}, path});
            QVERIFY(std::holds_alternative<RouteFound>(outcome));
        }
    }
};

QTEST_APPLESS_MAIN(TestMatching)
#include "tst_matching.moc"
