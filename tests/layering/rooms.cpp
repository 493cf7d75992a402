// SPDX-License-Identifier: MIT
#include "tests/layering/rules.h"

namespace sallyport::layering {

namespace {

QStringList core(std::initializer_list<const char*> names) {
    QStringList list;
    for (const char* name : names)
        list << QStringLiteral("core/") + QString::fromLatin1(name);
    return list;
}

std::vector<Room> makeRooms() {
    const QStringList wholeCore =
        core({"support", "secrets",    "http",    "net",      "balance",   "tls",
              "route",   "anthropic",  "cache",   "upstream", "authority", "observe",
              "config",  "credential", "history", "tunnel",   "proxy",     "claudecode",
              "engine",  "doctor",     "replay",  "transfer"});
    return {
        {"core/support", 0, {}, "values that everybody needs; knows nothing of ours"},
        {"core/secrets", 1, core({"support"}), "what a secret looks like, and how it is masked"},
        {"core/http", 1, core({"support"}), "the grammar of RFC 9112, without I/O"},
        {"core/net", 1, core({"support"}), "bytes in and out; the only room with a socket class"},
        {"core/balance", 1, core({"support"}), "which target of a group, and whether it is well"},
        {"core/tls", 2, core({"support", "net"}), "TLS over a stream, and whom it trusts"},
        {"core/route", 2, core({"support", "http"}), "which route, and what it rewrites"},
        {"core/anthropic", 2, core({"support", "http"}), "what a Messages exchange is"},
        {"core/cache", 2, core({"support", "secrets", "http"}),
         "what may be stored and used, RFC 9111"},
        {"core/upstream", 2, core({"support", "http", "net", "balance"}),
         "one exchange toward the origin"},
        {"core/authority", 3, core({"support", "tls", "route"}),
         "the local authority, and what it signs"},
        {"core/observe", 3, core({"support", "secrets", "http", "anthropic"}),
         "records, redaction, the log"},
        {"core/replay", 3, core({"support", "http", "anthropic"}),
         "recorded exchanges read, and which of them a request gets"},
        {"core/config", 3, core({"support", "secrets", "route", "balance", "upstream"}),
         "two files into typed values"},
        {"core/credential", 3, core({"support", "secrets", "net", "balance", "upstream"}),
         "real credentials: where each is read, and which is used"},
        {"core/history", 4, core({"support", "http", "anthropic", "observe"}),
         "exchanges in SQLite, and the grammar that asks for them"},
        {"core/tunnel", 4, core({"support", "http", "net", "observe"}),
         "bytes as they are, both ways, and what is read of them"},
        {"core/proxy", 5,
         core({"support", "secrets", "http", "net", "tls", "route", "anthropic", "cache", "balance",
               "upstream", "observe", "replay", "config", "credential", "tunnel"}),
         "one client connection and its exchanges"},
        {"core/claudecode", 5, core({"support", "secrets", "authority", "config"}),
         "what Claude Code reads, and undo"},
        {"core/engine", 6,
         core({"support", "secrets", "http", "net", "balance", "tls", "route", "anthropic", "cache",
               "upstream", "authority", "observe", "config", "credential", "history", "tunnel",
               "proxy", "claudecode"}),
         "the facade that app and ui see"},
        {"core/doctor", 6,
         core({"support", "secrets", "net", "tls", "upstream", "authority", "config", "credential",
               "claudecode"}),
         "the checks, each with its evidence and its fix"},
        {"core/transfer", 7,
         core({"support", "secrets", "upstream", "config", "credential", "claudecode", "doctor"}),
         "configurations of other programs taken in, ours given out"},
        {"ui", 8,
         core({"support", "http", "anthropic", "observe", "config", "history", "claudecode",
               "engine", "doctor", "transfer"}),
         "the facade and values; never proxy, upstream or net"},
        {"app/cli", 9, wholeCore, "everything but ui: a server needs no GUI library"},
        {"app/desktop", 9, wholeCore + QStringList{QStringLiteral("ui")}, "everything"},
    };
}

} // namespace

const std::vector<Room>& rooms() {
    static const std::vector<Room> table = makeRooms();
    return table;
}

} // namespace sallyport::layering
