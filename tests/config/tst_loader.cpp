// SPDX-License-Identifier: MIT
#include "core/config/loader.h"

#include "core/config/routesfile.h"
#include "tests/support/pipe.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace sallyport;

class TestLoading : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_dir;
    [[nodiscard]] QString path(const char* name) const {
        return m_dir->filePath(QString::fromLatin1(name));
    }
    void write(const char* name, const QByteArray& content) const {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
private slots:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void withoutFilesTheSandboxIsServed() {
        const auto config = loadConfig(m_dir->path());
        QVERIFY(config.isOk());
        QVERIFY((*config)->settings == Settings());
        QVERIFY((*config)->routes == defaultRoutes().routes);
        QVERIFY((*config)->upstreams == defaultRoutes().upstreams);
        QVERIFY((*config)->upstreams.at(0).isSandbox);
        QCOMPARE((*config)->routes.at(0).match.path, QByteArray("/"));
        QVERIFY((*config)->routes.at(0).access == RouteAccess::Token);
    }

    void aFolderThatIsNotThereIsEmpty() { QVERIFY(loadConfig(path("none")).isOk()); }

    void anEmptyRoutesFileHasNoRoutes() {
        write("routes.yaml", "");
        const auto config = loadConfig(m_dir->path());
        QVERIFY(config.isOk());
        QVERIFY((*config)->routes.empty());
    }

    void pathsAreTakenFromTheFolder() {
        write("settings.yaml", "access: {token: file:token}");
        write("routes.yaml",
              "upstreams: [{name: u, credential: file:keys/u, tls: {ca_file: ../ca.pem}, "
              "targets: [{url: https://a.example}]}]");
        const auto config = loadConfig(m_dir->path());
        QVERIFY(config.isOk());
        QCOMPARE((*config)->settings.token.name, path("token"));
        QCOMPARE((*config)->upstreams.at(0).credentials.at(0).name, path("keys/u"));
        QCOMPARE((*config)->upstreams.at(0).caFile,
                 QDir::cleanPath(m_dir->path() + QStringLiteral("/../ca.pem")));
    }

    void theUpstreamsOfClientsAreThere() {
        write("settings.yaml", "access:\n  clients:\n"
                               "    - {name: a, token: env:A, upstream: corp}\n"
                               "    - {name: b, token: file:b, upstream: sandbox}\n");
        write("routes.yaml", "upstreams: [{name: corp, targets: [{url: https://a.example}]}]");
        const auto config = loadConfig(m_dir->path());
        QVERIFY(config.isOk());
        QCOMPARE((*config)->settings.clients.at(1).token.name, path("b"));
        QCOMPARE((*config)->upstreams.back().name, QStringLiteral("sandbox"));
        write("routes.yaml", "upstreams: [{name: corporate, targets: [{url: https://a.example}]}]");
        const QString told = loadConfig(m_dir->path()).error().toString();
        QVERIFY2(
            told.startsWith(
                path("settings.yaml") +
                QStringLiteral(":3:41: upstream: there is no upstream \"corp\" in routes.yaml")),
            qPrintable(told));
    }

    void errorsNameTheFile() {
        write("settings.yaml", "drain: 1s\nlog: {level: loud}\n");
        QVERIFY(loadConfig(m_dir->path())
                    .error()
                    .toString()
                    .startsWith(path("settings.yaml") + QStringLiteral(":2:14: level: ")));
        write("settings.yaml", "");
        write("routes.yaml", "routes: [{name: a}]");
        QVERIFY(loadConfig(m_dir->path())
                    .error()
                    .toString()
                    .startsWith(path("routes.yaml") + QStringLiteral(":1:10: ")));
    }

    void whatCannotBeReadIsAnError_data() {
        QTest::addColumn<QString>("kind");
        for (const char* kind :
             {"folder", "dangling link", "no permission", "pipe", "endless device"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }
    void whatCannotBeReadIsAnError() {
        QFETCH(QString, kind);
        if (kind == QLatin1String("folder")) {
            QVERIFY(QDir().mkpath(path("routes.yaml")));
        } else if (kind == QLatin1String("dangling link")) {
            QVERIFY(QFile::link(path("gone"), path("routes.yaml")));
        } else if (kind == QLatin1String("pipe")) {
            if (!test::makePipe(path("routes.yaml"))) QSKIP("no pipes here");
        } else if (kind == QLatin1String("endless device")) {
            QVERIFY(QFile::link(QStringLiteral("/dev/zero"), path("routes.yaml")));
        } else {
#ifdef Q_OS_UNIX
            if (geteuid() == 0) QSKIP("root may read everything");
#endif
            write("routes.yaml", "");
            QVERIFY(QFile::setPermissions(path("routes.yaml"), {}));
        }
        const auto config = loadConfig(m_dir->path());
        QVERIFY(!config.isOk());
        QCOMPARE(config.error().line, 0);
        QVERIFY2(config.error().toString().startsWith(path("routes.yaml") +
                                                      QStringLiteral(": cannot be read: ")),
                 qPrintable(config.error().toString()));
    }

    void theExamplesLoad() {
        const auto config = loadConfig(QStringLiteral(EXAMPLES_DIR));
        QVERIFY2(config.isOk(), config.isOk() ? "" : qPrintable(config.error().toString()));
        QVERIFY((*config)->settings == Settings());
        QCOMPARE((*config)->routes.size(), std::size_t{5});
        QVERIFY((*config)->forward == DestinationPolicy());
    }

    /// What scripts that measure Sallyport use.
    void usualFilesOfTestBenchesLoad() {
        write("settings.yaml", "listen: 127.0.0.1:19200\naccess: {token: none}\n"
                               "log: {level: debug}\nlimits: {header_timeout: 5s}\n");
        write("routes.yaml", "upstreams:\n"
                             "  - name: origin\n"
                             "    targets: [{url: \"http://127.0.0.1:19080\"}]\n"
                             "    credential: none\n"
                             "    timeouts: {connect: 2s, first_byte: 5s, idle: 60s}\n"
                             "routes:\n"
                             "  - name: everything\n"
                             "    match: {path: /api/}\n"
                             "    rewrite: {prefix: /}\n"
                             "    upstream: origin\n"
                             "    access: open\n"
                             "    keepalive_comment: 0s\n"
                             "forward: {enabled: true, ports: [1-65535]}\n");
        const auto config = loadConfig(m_dir->path());
        QVERIFY2(config.isOk(), config.isOk() ? "" : qPrintable(config.error().toString()));
        QCOMPARE((*config)->settings.listenPort, quint16{19200});
        QVERIFY((*config)->forward.allowsPort(25));
    }
};

QTEST_GUILESS_MAIN(TestLoading)
#include "tst_loader.moc"
