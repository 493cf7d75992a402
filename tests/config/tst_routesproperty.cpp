// SPDX-License-Identifier: MIT
// Edits of generated routes.yaml files: what is loaded differs in the thing edited and in nothing
// else, comments and their order stay, and what is undone gives the bytes of before.
#include "core/config/routesdocument.h"
#include "core/config/routesedit.h"
#include "tests/config/generatedroutes.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <functional>

using namespace sallyport;

namespace {

#ifdef __SANITIZE_ADDRESS__ // five times as slow: the same kinds of files, fewer of each
constexpr quint32 kFiles = 240;
#else
constexpr quint32 kFiles = 2400;
#endif
constexpr int kEditsOfEach = 3;
const QString kFile = QStringLiteral("/etc/sallyport/routes.yaml");

QString routeName(int index) { return QString::fromUtf8(GeneratedRoutes::routeName(index)); }
QString upstreamName(int index) { return QString::fromUtf8(GeneratedRoutes::upstreamName(index)); }

/// One edit of the text, and the same of what it means.
struct Case {
    const char* name;
    std::function<void(RoutesEdit&)> edit;
    std::function<void(RoutesFile&)> meaning;
    std::function<void(RoutesEdit&)> inverse = {}; ///< gives the same bytes
    bool losesComments = false;
};

RoutesEntry route(int index) { return {RoutesList::Routes, routeName(index)}; }
RoutesEntry upstream(int index) { return {RoutesList::Upstreams, upstreamName(index)}; }

template <typename Entry>
void moveTo(std::vector<Entry>& list, std::size_t from, std::size_t to) {
    const Entry entry = list[from];
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(from));
    list.insert(list.begin() + static_cast<std::ptrdiff_t>(to), entry);
}

std::vector<Case> routeCases(int at, int to) {
    const auto i = static_cast<std::size_t>(at);
    const auto t = static_cast<std::size_t>(to);
    return {
        {"switched off", [=](RoutesEdit& edit) { edit.set(route(at), {}, "enabled", "false"); },
         [=](RoutesFile& file) { file.routes[i].isEnabled = false; }},
        {"another path",
         [=](RoutesEdit& edit) { edit.set(route(at), {QByteArray("match")}, "path", "/other"); },
         [=](RoutesFile& file) { file.routes[i].match.path = "/other"; }},
        {"other methods",
         [=](RoutesEdit& edit) {
             edit.set(route(at), {QByteArray("match")}, "methods", "[PUT, DELETE]");
         },
         [=](RoutesFile& file) {
             file.routes[i].match.methods = {"PUT", "DELETE"};
         }},
        {"another access", [=](RoutesEdit& edit) { edit.set(route(at), {}, "access", "open"); },
         [=](RoutesFile& file) { file.routes[i].access = RouteAccess::Open; }},
        {"no rewrite",
         [=](RoutesEdit& edit) { edit.unset(route(at), {}, "rewrite"); },
         [=](RoutesFile& file) { file.routes[i].rewritePrefix.reset(); },
         {},
         true},
        {"moved", [=](RoutesEdit& edit) { edit.move(route(at), t); },
         [=](RoutesFile& file) { moveTo(file.routes, i, t); },
         [=](RoutesEdit& edit) { edit.move(route(at), i); }},
        {"another name",
         [=](RoutesEdit& edit) { edit.rename(route(at), QStringLiteral("neu: ü")); },
         [=](RoutesFile& file) { file.routes[i].name = QStringLiteral("neu: ü"); }},
        {"removed",
         [=](RoutesEdit& edit) { edit.remove(route(at)); },
         [=](RoutesFile& file) { file.routes.erase(file.routes.begin() + at); },
         {},
         true},
        {"added",
         [](RoutesEdit& edit) {
             edit.add(RoutesList::Routes,
                      {{"name", "added"}, {"match", "{path: /added}"}, {"block", "true"}});
         },
         [](RoutesFile& file) {
             Route added;
             added.name = QStringLiteral("added");
             added.match.path = "/added";
             file.routes.push_back(added);
         },
         [](RoutesEdit& edit) {
             edit.remove({RoutesList::Routes, QStringLiteral("added")});
         }},
    };
}

void setName(RoutesFile& file, int at, const QString& name) {
    file.upstreams[static_cast<std::size_t>(at)].name = name;
    for (Route& one : file.routes)
        if (auto* to = std::get_if<ToUpstream>(&one.action); to && to->upstream == upstreamName(at))
            to->upstream = name;
}

std::vector<Case> upstreamCases(int at) {
    const auto i = static_cast<std::size_t>(at);
    return {
        {"another upstream name",
         [=](RoutesEdit& edit) { edit.rename(upstream(at), QStringLiteral("other")); },
         [=](RoutesFile& file) { setName(file, at, QStringLiteral("other")); }},
        {"another address",
         [=](RoutesEdit& edit) {
             edit.set(upstream(at), {QByteArray("targets"), std::size_t{0}}, "url",
                      "\"https://new.example\"");
         },
         [=](RoutesFile& file) {
             UpstreamTarget& target = file.upstreams[i].targets.front();
             target.host = target.authority = "new.example";
             target.basePath.clear();
         }},
        {"another credential",
         [=](RoutesEdit& edit) { edit.set(upstream(at), {}, "credential", "\"keychain:corp\""); },
         [=](RoutesFile& file) {
             CredentialSource source;
             source.kind = CredentialSource::Kind::Keychain;
             source.name = QStringLiteral("corp");
             file.upstreams[i].credentials = {source};
         }},
        {"an added upstream",
         [](RoutesEdit& edit) {
             edit.add(RoutesList::Upstreams, {{"name", "extra"}, {"sandbox", "true"}});
         },
         [](RoutesFile& file) {
             UpstreamConfig extra;
             extra.name = QStringLiteral("extra");
             extra.isSandbox = true;
             file.upstreams.push_back(extra);
         },
         [](RoutesEdit& edit) {
             edit.remove({RoutesList::Upstreams, QStringLiteral("extra")});
         }},
    };
}

QByteArrayList sorted(QByteArrayList list) {
    std::sort(list.begin(), list.end());
    return list;
}

bool isSubsequence(const QByteArrayList& part, const QByteArrayList& whole) {
    qsizetype next = 0;
    for (const QByteArray& one : whole)
        if (next < part.size() && part[next] == one) ++next;
    return next == part.size();
}

/// Why the edit is wrong; empty when it is right.
QString faultOf(const Case& what, const QByteArray& before, const QByteArray& after) {
    auto wanted = parseRoutes(before, kFile);
    what.meaning(*wanted);
    const auto is = parseRoutes(after, kFile);
    if (!is || !(*is == *wanted)) return QStringLiteral("it means something else");
    const QByteArrayList was = GeneratedRoutes::comments(before);
    const QByteArrayList kept = GeneratedRoutes::comments(after);
    const bool isMove = qstrcmp(what.name, "moved") == 0;
    const bool hasComments = what.losesComments ? isSubsequence(kept, was)
                             : isMove           ? sorted(kept) == sorted(was)
                                                : kept == was;
    if (!hasComments) return QStringLiteral("comments are lost or in another order");
    if (before.contains("\r\n") && after.count('\n') != after.count("\r\n"))
        return QStringLiteral("line ends are mixed");
    if (before.startsWith("\xEF\xBB\xBF") != after.startsWith("\xEF\xBB\xBF"))
        return QStringLiteral("the byte order mark is not as before");
    if (!what.inverse) return {};
    RoutesEdit back(after, kFile);
    what.inverse(back);
    const auto undone = back.result();
    if (!undone || *undone != before) return QStringLiteral("undone it is not the same");
    return {};
}

} // namespace

class RoutesPropertyTest : public QObject {
    Q_OBJECT
private slots:
    void anEditChangesWhatItIsForAndNothingElse();
    void theStepsBackGiveTheSameBytes();
};

void RoutesPropertyTest::anEditChangesWhatItIsForAndNothingElse() {
    int made = 0, refused = 0;
    for (quint32 seed = 0; seed < kFiles; ++seed) {
        const GeneratedRoutes file(seed);
        QVERIFY2(parseRoutes(file.text(), kFile).isOk(), file.text().constData());
        QRandomGenerator random(seed);
        const int at = static_cast<int>(random.bounded(file.routes()));
        std::vector<Case> cases = routeCases(at, static_cast<int>(random.bounded(file.routes())));
        for (Case& one : upstreamCases(static_cast<int>(random.bounded(file.upstreams()))))
            cases.push_back(std::move(one));
        for (int i = 0; i < kEditsOfEach; ++i) {
            const Case& what = cases[(seed + 5 * static_cast<quint32>(i)) % cases.size()];
            RoutesEdit edit(file.text(), kFile);
            what.edit(edit);
            const auto edited = edit.result();
            const QByteArray context =
                QByteArray(what.name) + ", seed " + QByteArray::number(seed) + "\n" + file.text();
            if (!edited) {
                ++refused;
                QVERIFY2(file.hasAnchors(), qPrintable(edited.error().toString() + u'\n' +
                                                       QString::fromUtf8(context)));
                QVERIFY2(edited.error().line > 0 && !edited.error().message.isEmpty(),
                         context.constData());
                continue;
            }
            ++made;
            const QString fault = faultOf(what, file.text(), *edited);
            const QByteArray report = fault.toUtf8() + ": " + context + "--- edited\n" + *edited;
            QVERIFY2(fault.isEmpty(), report.constData());
        }
    }
    qInfo("%u files, %d edits made, %d refused with line and reason", kFiles, made, refused);
    QVERIFY(refused * 50 < made);
}

void RoutesPropertyTest::theStepsBackGiveTheSameBytes() {
    const QTemporaryDir dir;
    QFile file(dir.filePath(QStringLiteral("routes.yaml")));
    for (quint32 seed = 0; seed < 60; ++seed) {
        const GeneratedRoutes generated(seed);
        QVERIFY(file.open(QFile::WriteOnly | QFile::Truncate));
        file.write(generated.text());
        file.close();
        RoutesDocument document(dir.path());
        QByteArrayList texts{generated.text()};
        for (const Case& what : routeCases(0, 0)) {
            const auto done = document.apply([&](const QByteArray& yaml, const QString& path) {
                RoutesEdit edit(yaml, path);
                what.edit(edit);
                return edit.result();
            });
            if (done && document.text() != texts.back()) texts.append(document.text());
        }
        for (qsizetype i = texts.size() - 1; i > 0; --i) {
            QVERIFY(document.canUndo() && document.undo().isOk());
            QCOMPARE(document.text(), texts[i - 1]);
        }
        QVERIFY(!document.canUndo());
        for (qsizetype i = 1; i < texts.size(); ++i) {
            QVERIFY(document.canRedo() && document.redo().isOk());
            QCOMPARE(document.text(), texts[i]);
        }
    }
}

QTEST_APPLESS_MAIN(RoutesPropertyTest)
#include "tst_routesproperty.moc"
