// SPDX-License-Identifier: MIT
#include "core/authority/authoritystatus.h"
#include "core/authority/authorityupdate.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

namespace {

const HostList kOne{"a.test"};
const HostList kTwo{"a.test", "b.test"};

QByteArray contentOf(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return {};
    return file.readAll();
}

struct Fixture {
    AuthorityUpdate update(const HostList& hosts, int day,
                           AuthorityWish wish = AuthorityWish::KeepFit) {
        return updateAuthority(state(), hosts, at(day), wish).value();
    }
    [[nodiscard]] AuthorityStatus status(const HostList& hosts, int day) const {
        return authorityStatus(state(), hosts, at(day));
    }
    [[nodiscard]] QDateTime at(int day) const { return begin.addDays(day); }
    [[nodiscard]] QString state() const { return dir.filePath(QStringLiteral("state")); }

    QTemporaryDir dir;
    QDateTime begin = QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
};

} // namespace

class TestAuthorityUpdate : public QObject {
    Q_OBJECT
private slots:
    void noneIsMadeUnasked() {
        Fixture f;
        QCOMPARE(f.update(kOne, 0).step, AuthorityStep::Nothing);
        QVERIFY(!QFile::exists(f.state()));
        QVERIFY(f.status(kOne, 0).problem.contains(u"sallyport ca create"));
        QCOMPARE(f.status({}, 0).problem, QString()); // nothing is to be opened
        QVERIFY(!f.status(kOne, 0).exists);
        QVERIFY(f.status(kOne, 0).bundlePath.endsWith(u"/state/ca/ca.pem"));
    }

    void oneIsMadeOnRequest() {
        Fixture f;
        const AuthorityUpdate made = f.update(kTwo, 0, AuthorityWish::Create);
        QCOMPARE(made.step, AuthorityStep::Create);
        const AuthorityStatus status = f.status(kTwo, 0);
        QVERIFY(status.exists && status.problem.isEmpty() && status.warning.isEmpty());
        QCOMPARE(status.hosts, (QStringList{QStringLiteral("a.test"), QStringLiteral("b.test")}));
        QCOMPARE(status.notAfter, f.begin.addYears(2));
        QCOMPARE(status.fingerprint, made.files.current->fingerprint());
        QVERIFY(!status.previousUntil.isValid());
        // Again: nothing is done.
        QCOMPARE(f.update(kTwo, 1, AuthorityWish::Create).step, AuthorityStep::Nothing);
        QCOMPARE(f.status(kTwo, 1).fingerprint, status.fingerprint);
    }

    void noHostsMakeNone() {
        Fixture f;
        QCOMPARE(f.update({}, 0, AuthorityWish::Create).step, AuthorityStep::Nothing);
        QVERIFY(!f.status({}, 0).exists);
    }

    void itsEndIsWarnedOfAndItIsRenewed() {
        Fixture f;
        f.update(kOne, 0, AuthorityWish::Create);
        const AuthorityStatus old = f.status(kOne, 699);
        QCOMPARE(old.warning, QString());
        QVERIFY(f.status(kOne, 701).warning.contains(u"2028-03-01"));
        QCOMPARE(f.update(kOne, 699).step, AuthorityStep::Nothing);

        const AuthorityUpdate renewed = f.update(kOne, 701);
        QCOMPARE(renewed.step, AuthorityStep::Renew);
        QVERIFY(renewed.keptOld);
        const AuthorityStatus both = f.status(kOne, 701);
        QCOMPARE(both.problem + both.warning, QString());
        QCOMPARE(both.previousUntil, old.notAfter);
        QCOMPARE(contentOf(both.bundlePath).count("BEGIN CERTIFICATE"), 2);
        QCOMPARE(contentOf(both.bundlePath), renewed.files.current->certificatePem() +
                                                 renewed.files.previous->certificatePem());

        // After its end the old one goes.
        QCOMPARE(f.update(kOne, 740).step, AuthorityStep::Nothing);
        QCOMPARE(contentOf(both.bundlePath), renewed.files.current->certificatePem());
        QVERIFY(!f.status(kOne, 740).previousUntil.isValid());
    }

    void oneThatHasEndedIsAProblem() {
        Fixture f;
        f.update(kOne, 0, AuthorityWish::Create);
        QVERIFY(f.status(kOne, 740).problem.contains(u"has ended on 2028-03-01"));
        const AuthorityUpdate renewed = f.update(kOne, 740);
        QCOMPARE(renewed.step, AuthorityStep::Renew);
        QVERIFY(!renewed.keptOld && !renewed.files.previous);
    }

    void aHostMoreMakesANewOneBesideTheOld() {
        Fixture f;
        f.update(kOne, 0, AuthorityWish::Create);
        QVERIFY(f.status(kTwo, 1).problem.contains(u"b.test"));
        const AuthorityUpdate changed = f.update(kTwo, 1);
        QCOMPARE(changed.step, AuthorityStep::ChangeHosts);
        QVERIFY(changed.keptOld);
        QCOMPARE(f.status(kTwo, 1).problem, QString());
        QCOMPARE(contentOf(f.status(kTwo, 1).bundlePath).count("BEGIN CERTIFICATE"), 2);
        QVERIFY(updateText(changed, f.status(kTwo, 1).bundlePath).contains(u"has changed"));
    }

    void aHostLessEndsTheOldOne() {
        Fixture f;
        f.update(kTwo, 0, AuthorityWish::Create);
        QCOMPARE(f.status(kOne, 1).problem, QString()); // it still can do its work
        const AuthorityUpdate changed = f.update(kOne, 1);
        QCOMPARE(changed.step, AuthorityStep::ChangeHosts);
        QVERIFY(!changed.keptOld);
        const QString bundle = f.status(kOne, 1).bundlePath;
        QCOMPARE(contentOf(bundle), changed.files.current->certificatePem());
        QVERIFY(updateText(changed, bundle).contains(bundle)); // what has to be read again
    }

    void noHostsLeaveItAsItIs() {
        Fixture f;
        f.update(kTwo, 0, AuthorityWish::Create);
        QCOMPARE(f.update({}, 1).step, AuthorityStep::Nothing);
        QVERIFY(f.status({}, 1).exists);
        QCOMPARE(f.status({}, 1).problem, QString());
    }

    void aDamagedBundleIsMended() {
        Fixture f;
        f.update(kOne, 0, AuthorityWish::Create);
        const QString bundle = f.status(kOne, 0).bundlePath;
        const QByteArray good = contentOf(bundle);
        QVERIFY(QFile::remove(bundle));
        QCOMPARE(f.update(kOne, 1).step, AuthorityStep::Nothing);
        QCOMPARE(contentOf(bundle), good);
    }

    void aDamagedKeyIsTold() {
        Fixture f;
        f.update(kOne, 0, AuthorityWish::Create);
        QFile file(f.state() + QStringLiteral("/ca/current.pem"));
        QVERIFY(file.resize(10));
        QVERIFY(!updateAuthority(f.state(), kOne, f.at(0), AuthorityWish::KeepFit));
        QVERIFY(f.status(kOne, 0).problem.contains(u"current.pem"));
        QVERIFY(!f.status(kOne, 0).exists);
    }

    void whatWasMadeIsTold() {
        AuthorityUpdate update;
        const QString path = QStringLiteral("/state/ca/ca.pem");
        QCOMPARE(updateText(update, path), QString());
        update.step = AuthorityStep::Create;
        QVERIFY(updateText(update, path).endsWith(path));
        update.step = AuthorityStep::Renew;
        update.keptOld = true;
        QVERIFY(updateText(update, path).contains(u"trusting the old one"));
    }
};

QTEST_GUILESS_MAIN(TestAuthorityUpdate)
#include "tst_authorityupdate.moc"
