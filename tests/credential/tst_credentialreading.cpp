// SPDX-License-Identifier: MIT
#include "core/credential/credentialreading.h"

#include <QTemporaryFile>
#include <QTest>

using namespace sallyport;

namespace {

CredentialSource sourceOf(CredentialSource::Kind kind, const QString& name = {}) {
    CredentialSource source;
    source.kind = kind;
    source.name = name;
    return source;
}

} // namespace

class CredentialReadingTest : public QObject {
    Q_OBJECT
private slots:
    void aVariableAndAFileAreRead() {
        qputenv("SALLYPORT_TEST_KEY", "key-1\n");
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write(" key-2 \n");
        file.close();
        QCOMPARE(read(sourceOf(CredentialSource::Kind::Environment,
                               QStringLiteral("SALLYPORT_TEST_KEY"))),
                 QByteArray("key-1"));
        QCOMPARE(read(sourceOf(CredentialSource::Kind::File, file.fileName())),
                 QByteArray("key-2"));
        QCOMPARE(read({}), QByteArray());
    }
    void whatCannotBeReadIsSaid() {
        qunsetenv("SALLYPORT_TEST_NONE");
        for (const CredentialSource& source :
             {sourceOf(CredentialSource::Kind::Environment, QStringLiteral("SALLYPORT_TEST_NONE")),
              sourceOf(CredentialSource::Kind::File, QStringLiteral("/nonexistent/key")),
              sourceOf(CredentialSource::Kind::Command)})
            QVERIFY(read(source).startsWith("! "));
    }

private:
    [[nodiscard]] static QByteArray read(const CredentialSource& source) {
        QByteArray out("never called");
        CredentialReading reading;
        reading.start(source, [&out](const Result<QByteArray, QString>& read) {
            out = read ? *read : "! " + read.error().toUtf8();
        });
        return out;
    }
};

QTEST_GUILESS_MAIN(CredentialReadingTest)
#include "tst_credentialreading.moc"
