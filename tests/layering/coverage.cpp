// SPDX-License-Identifier: MIT
#include "tests/layering/names.h"

namespace sallyport::layering {

namespace {

/// A test, and the sources that it drives from outside.
struct Cover {
    const char* test;
    QStringList sources;
};

QStringList in(const char* folder, std::initializer_list<const char*> names) {
    QStringList list;
    for (const char* name : names)
        list += QLatin1String(folder) + u'/' + QLatin1String(name);
    return list;
}

std::vector<Cover> covers() {
    return {
        {"tests/engine/tst_groups.cpp", in("core/engine", {"enginelog"})},
        {"tests/e2e/cli/history.py", in("app/cli", {"logcommand"})},
        {"tests/e2e/cli/basics.py", in("app/cli", {"console", "desktopstart", "serve"})},
        {"tests/e2e/cli/environment.py", in("app/cli", {"environment", "envoptions"})},
        {"tests/e2e/cli/preset.py", in("app/cli", {"preset"})},
        {"tests/e2e/cli/transfer.py", in("app/cli", {"importcommand", "transferoptions"})},
        {"tests/e2e/cli/doctor.py", in("app/cli", {"doctor"})},
        {"tests/e2e/cli/keychain.py", in("app/cli", {"credentialcommand"})},
        {"tests/e2e/cli/keychain.py", in("core/credential", {"sessionbusexit"})},
        {"tests/e2e/tray/run.py", in("app/desktop", {"corethread", "language"})},
        {"tests/e2e/tray/run.py", in("ui/connect", {"diffview"})},
        {"tests/config/tst_routesfile.cpp",
         in("core/config", {"actionsection", "credentialsection", "limitsection", "mapreader",
                            "messagesection", "viasection"})},
        {"tests/e2e/proxies/run.py", in("core/upstream", {"securitytokens"})},
        {"tests/engine/tst_plantedsecrets.cpp", in("core/credential", {"configuredproxies"})},
        {"tests/config/tst_yamlchange.cpp",
         in("core/config", {"yamledit", "yamlkeyremoval", "yamllayout", "yamllist", "yamlpath"})},
        {"tests/config/tst_settingsfile.cpp", in("core/config", {"clientsection"})},
        {"tests/engine/tst_enginefiles.cpp", in("core/config", {"filerewrite"})},
        {"tests/e2e/cli/diskcache.py", in("core/engine", {"cacheplace"})},
        {"tests/engine/tst_access.cpp", in("core/engine", {"accesstokens"})},
        {"tests/conformance/tst_connections.cpp",
         in("core/proxy", {"clientconnection", "directtransports", "proxyserver"})},
        {"tests/engine/tst_events.cpp", in("core/proxy", {"eventfeed", "eventfeedreader"})},
        {"tests/observe/tst_exchangeresponses.cpp", in("core/observe", {"contentreading"})},
        {"tests/http/tst_requestparser.cpp", in("core/http", {"bodyreader"})},
        {"tests/http/tst_websocketreader.cpp", in("core/http", {"websockethandshake"})},
        {"tests/net/tst_bytestream.cpp",
         in("core/net", {"epolldialler", "epollloop", "epollstream", "qtdialler", "qtstream",
                         "sockaddress", "streamerror", "tcpprogress"})},
        {"tests/config/tst_routefields.cpp", in("core/config", {"upstreamfields"})},
        {"tests/engine/tst_requestexplanation.cpp", in("core/engine", {"pastedrequest"})},
        {"tests/ui/tst_routeeditor.cpp",
         in("ui/routes", {"explainline", "routedialog", "routetablemodel", "routetemplates"})},
        {"tests/ui/tst_dialogs.cpp", in("app/desktop", {"settingsscreens"})},
        {"tests/ui/tst_setup.cpp", in("ui", {"shortpath"})},
        {"tests/ui/tst_quit.cpp", in("ui/tray", {"notifier"})},
        {"tests/ui/tst_quit.cpp", in("app/desktop", {"quitquestion"})},
        {"tests/ui/tst_logwindow.cpp",
         in("ui", {"connect/claudecodestate", "filter/filterline", "log/followtail",
                   "log/liverowdelegate", "log/noticebar", "log/noticestack", "log/statenotices",
                   "tones"})},
        {"tests/upstream/tst_http2transport.cpp",
         in("core/upstream", {"http2connection", "http2exchange", "http2pool", "http2session"})},
        {"tests/upstream/tst_sockettransport.cpp",
         in("core/upstream", {"connectionpool", "keepalive", "upstreamconnection"})},
    };
}

} // namespace

const QHash<QString, QString>& coveredBy() {
    static const QHash<QString, QString> table = [] {
        QHash<QString, QString> out;
        for (const Cover& cover : covers())
            for (const QString& source : cover.sources)
                out.insert(source, QString::fromLatin1(cover.test));
        return out;
    }();
    return table;
}

} // namespace sallyport::layering
