// SPDX-License-Identifier: MIT
#include "ui/settings/importdialog.h"

#include "core/transfer/keyfile.h"
#include "tests/ui/fakeport.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

namespace {

const QByteArray kKey = "sk-planted-0123456789abcdef";

FoundProvider provider(const char* name, const char* url, const char* obstacle = "") {
    FoundProvider found;
    found.name = QString::fromUtf8(name);
    found.url = QString::fromUtf8(url);
    found.key = kKey;
    found.obstacle = QString::fromUtf8(obstacle);
    return found;
}

} // namespace

class ImportDialogTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_engine = std::make_unique<FakePort>();
        FoundProvider used = provider("B", "https://b.example");
        used.isInUse = true;
        used.left = {QStringLiteral("transformers (x)")};
        m_dialog = std::make_unique<ImportDialog>(
            *m_engine, m_dir->path(),
            std::vector<ImportSource>{{ImportOrigin::CcSwitch,
                                       QStringLiteral("/x/cc-switch.db"),
                                       {provider("A", "https://a.example"), used,
                                        provider("C", "", "it speaks openai_chat")}}});
        m_dialog->show();
    }
    void cleanup() {
        m_dialog.reset();
        m_engine.reset();
    }

    void whatIsWrittenIsShownBeforeAndNoKeyIsInIt() {
        const QString diff = find<DiffView>("importDiff")->toPlainText();
        QVERIFY(diff.contains(QLatin1String("+  - name: \"a\"")) ||
                diff.contains(QLatin1String("name: a")));
        QVERIFY(diff.contains(QLatin1String("keychain:b")));
        QVERIFY(!diff.contains(QLatin1String("planted")));
        QVERIFY(read().isEmpty());
        for (const QLabel* label : m_dialog->findChildren<QLabel*>())
            QVERIFY(!label->text().contains(QLatin1String("planted")));
    }
    void whatCannotBeTakenOverIsNamedAndHasNoTick() {
        const QTreeWidgetItem* item = child(2);
        QVERIFY(note(2).contains(QLatin1String("openai_chat")));
        QVERIFY(!(item->flags() & Qt::ItemIsUserCheckable));
        QVERIFY(note(1).contains(QLatin1String("transformers")));
    }
    void aTickTakenAwayLeavesItOut() {
        child(0)->setCheckState(0, Qt::Unchecked);
        QVERIFY(!find<DiffView>("importDiff")->toPlainText().contains(QLatin1String("a.example")));
        child(1)->setCheckState(0, Qt::Unchecked);
        QVERIFY(!find<QPushButton>("importNow")->isEnabled());
    }
    void requestsGoToTheOneInUseWhereTheyGoNowhereYet() {
        QCOMPARE(find<QComboBox>("importDestination")->currentIndex(), 2);
        child(0)->setCheckState(0, Qt::Unchecked);
        QCOMPARE(find<QComboBox>("importDestination")->currentIndex(), 1);
    }
    void keysAreStoredBeforeTheFileNamesThem() {
        QSignalSpy imported(m_dialog.get(), &ImportDialog::imported);
        find<QPushButton>("importNow")->click();
        QCOMPARE(m_engine->asked.last(), QStringLiteral("store a %1").arg(kKey.size()));
        QVERIFY(read().isEmpty());
        emit m_engine->credentialStored(QStringLiteral("a"), {});
        QCOMPARE(m_engine->asked.last(), QStringLiteral("store b %1").arg(kKey.size()));
        emit m_engine->credentialStored(QStringLiteral("b"), {});
        QVERIFY(read().contains("keychain:a") && !read().contains("planted"));
        QCOMPARE(imported.size(), 1);
        QCOMPARE(imported.front().front().toString(), QStringLiteral("b"));
        QVERIFY(m_engine->asked.contains(QStringLiteral("reload")));
    }
    void withoutAKeychainThereIsAnotherWay() {
        find<QPushButton>("importNow")->click();
        emit m_engine->credentialStored(QStringLiteral("a"), QStringLiteral("there is none"));
        QVERIFY(read().isEmpty());
        QVERIFY(find<QLabel>("importResult")->text().contains(QLatin1String("there is none")));
        QVERIFY(find<QPushButton>("importNow")->isEnabled());
        find<QComboBox>("importKeys")->setCurrentIndex(1);
        find<QPushButton>("importNow")->click();
        QVERIFY(read().contains("file:credentials/a.key"));
        QCOMPARE(keyFileNames(m_dir->path()).size(), 2);
    }
    void whatRunsAProgramWaitsForATickAndSettingsAreShown() {
        QFile file(m_dir->filePath(QStringLiteral("e.yaml")));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write("--- # routes.yaml\n"
                   "upstreams:\n"
                   "  - {name: y, targets: [{url: \"https://y.example\"}]}\n"
                   "  - name: z\n    targets: [{url: \"https://z.example\"}]\n"
                   "    credential_command: {run: [corp-token, --print]}\n"
                   "routes: [{name: all, upstream: y}]\n"
                   "--- # settings.yaml\nlisten: 127.0.0.1:9000\n");
        file.close();
        m_dialog->openFile(file.fileName());
        const auto diff = [this] { return find<DiffView>("importDiff")->toPlainText(); };
        QVERIFY(diff().contains(QLatin1String("+listen: 127.0.0.1:9000")));
        QVERIFY(!diff().contains(QLatin1String("corp-token")));
        QVERIFY(note(1).contains(QLatin1String("corp-token --print")));
        child(1)->setCheckState(0, Qt::Checked);
        QVERIFY(diff().contains(QLatin1String("corp-token")));
    }
    void aFileOfExportIsTakenInItsPlace() {
        QFile file(m_dir->filePath(QStringLiteral("e.yaml")));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write("upstreams: [{name: z, targets: [{url: \"https://z.example\"}]}]\n"
                   "routes: [{name: all, upstream: z}]\n");
        file.close();
        m_dialog->openFile(file.fileName());
        find<QPushButton>("importNow")->click();
        QVERIFY(read().contains("z.example") && !read().contains("a.example"));
    }

private:
    template <typename T>
    T* find(const char* name) {
        return m_dialog->findChild<T*>(QLatin1String(name));
    }
    QTreeWidgetItem* child(int index) {
        return find<QTreeWidget>("importTree")->topLevelItem(0)->child(index);
    }
    QString note(int index) {
        const QAbstractItemModel* model = find<QTreeWidget>("importTree")->model();
        return model->index(0, 0, model->index(index, 0, model->index(0, 0))).data().toString();
    }
    QByteArray read() const {
        QFile file(m_dir->filePath(QStringLiteral("routes.yaml")));
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<FakePort> m_engine;
    std::unique_ptr<ImportDialog> m_dialog;
};

QTEST_MAIN(ImportDialogTest)
#include "tst_importdialog.moc"
