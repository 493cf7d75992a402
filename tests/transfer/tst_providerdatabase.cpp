// SPDX-License-Identifier: MIT
#include "core/transfer/providerdatabase.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace sallyport;

namespace {

const QString kProviders = QStringLiteral(
    "CREATE TABLE providers (id TEXT NOT NULL, app_type TEXT NOT NULL, name TEXT NOT NULL, "
    "settings_config TEXT NOT NULL, created_at INTEGER, sort_index INTEGER, meta TEXT NOT NULL "
    "DEFAULT '{}', is_current BOOLEAN NOT NULL DEFAULT 0, PRIMARY KEY (id, app_type))");

QString insert(const char* app, const char* name, const QString& settings, int order) {
    return QStringLiteral("INSERT INTO providers (id, app_type, name, settings_config, sort_index, "
                          "is_current) VALUES ('%2', '%1', '%2', '%3', %4, %5)")
        .arg(QLatin1String(app), QLatin1String(name), settings)
        .arg(order)
        .arg(order == 1 ? 1 : 0);
}

QString settingsFor(const char* url) {
    return QStringLiteral("{\"env\": {\"ANTHROPIC_BASE_URL\": \"%1\"}}").arg(QLatin1String(url));
}

} // namespace

class ProviderDatabaseTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_path = m_dir->filePath(QStringLiteral("x.db"));
    }

    void theRowsForClaudeCodeAreReadInTheirOrder() {
        make({kProviders, insert("claude", "second", settingsFor("https://b.example"), 2),
              insert("claude", "first", settingsFor("https://a.example"), 1),
              insert("codex", "other", settingsFor("https://c.example"), 0)});
        const auto providers = providerdatabase::readCcSwitch(m_path);
        QVERIFY2(providers, providers ? "" : qPrintable(providers.error()));
        QCOMPARE(providers->size(), std::size_t{2});
        QCOMPARE(providers->at(0).name, QStringLiteral("first"));
        QVERIFY(providers->at(0).isInUse);
        QCOMPARE(providers->at(1).url, QStringLiteral("https://b.example"));
    }
    void itIsReadBesideAWriter() {
        make({kProviders, insert("claude", "a", settingsFor("https://a.example"), 1)});
        {
            QSqlDatabase writer =
                QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("writer"));
            writer.setDatabaseName(m_path);
            QVERIFY(writer.open());
            QSqlQuery query(writer);
            QVERIFY(query.exec(QStringLiteral("BEGIN IMMEDIATE")));
            const auto providers = providerdatabase::readCcSwitch(m_path);
            QVERIFY(providers);
            QCOMPARE(providers->size(), std::size_t{1});
        }
        QSqlDatabase::removeDatabase(QStringLiteral("writer"));
    }
    void theConfigurationOfTheRouterIsRead() {
        make({QStringLiteral("CREATE TABLE app_config (key TEXT PRIMARY KEY, value_json TEXT NOT "
                             "NULL, updated_at TEXT NOT NULL)"),
              QStringLiteral(
                  "INSERT INTO app_config VALUES ('default', '{\"Providers\": [{\"name\": "
                  "\"a\", \"api_base_url\": \"https://a.example/v1/messages\"}]}', '')")});
        const auto providers = providerdatabase::readRouter(m_path);
        QVERIFY(providers);
        QCOMPARE(providers->size(), std::size_t{1});
    }
    void whatIsNoSuchDatabaseIsRefused_data() {
        QTest::addColumn<QStringList>("statements");
        QTest::newRow("another schema") << QStringList{QStringLiteral("CREATE TABLE a (b)")};
        QTest::newRow("a view that never ends") << QStringList{QStringLiteral(
            "CREATE VIEW providers AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 "
            "FROM n) SELECT i AS name, i AS settings_config, '' AS meta, 0 AS is_current, "
            "'claude' AS app_type, 0 AS sort_index, 0 AS created_at, i AS id FROM n")};
        QTest::newRow("a table without the columns")
            << QStringList{QStringLiteral("CREATE TABLE providers (a)")};
    }
    void whatIsNoSuchDatabaseIsRefused() {
        QFETCH(QStringList, statements);
        make(statements);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!providerdatabase::readCcSwitch(m_path));
        QVERIFY(timer.elapsed() < 2000);
    }
    void aValueAboveTheBoundIsLeftOut() {
        make({kProviders, insert("claude", "big", QString(1024 * 1024 + 1, u'x'), 1),
              insert("claude", "small", settingsFor("https://a.example"), 2)});
        const auto providers = providerdatabase::readCcSwitch(m_path);
        QVERIFY(providers);
        QCOMPARE(providers->size(), std::size_t{1});
    }
    void aFileThatIsNoDatabaseIsRefused() {
        QFile file(m_path);
        QVERIFY(file.open(QFile::WriteOnly));
        file.write("SQLite format 3");
        file.write(QByteArray(4096, '\xff'));
        file.close();
        QVERIFY(!providerdatabase::readCcSwitch(m_path));
        QVERIFY(!providerdatabase::readRouter(m_dir->filePath(QStringLiteral("none.db"))));
    }
    void aPipeIsNotWaitedFor() {
        QCOMPARE(::mkfifo(m_path.toUtf8().constData(), 0600), 0);
        QVERIFY(!providerdatabase::readCcSwitch(m_path));
    }

private:
    void make(const QStringList& statements) {
        {
            QSqlDatabase database =
                QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("make"));
            database.setDatabaseName(m_path);
            QVERIFY(database.open());
            for (const QString& statement : statements)
                QVERIFY2(QSqlQuery(database).exec(statement), qPrintable(statement));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("make"));
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
};

QTEST_GUILESS_MAIN(ProviderDatabaseTest)
#include "tst_providerdatabase.moc"
