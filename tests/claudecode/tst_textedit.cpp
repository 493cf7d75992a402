// SPDX-License-Identifier: MIT
#include "core/claudecode/textedit.h"

#include <QTest>

using namespace sallyport;

namespace {

const WantedText kBlock{"export A='1'\n", false};
const WantedText kWhole{"# Written by Sallyport\nA=1\n", true};

} // namespace

class TextEditTest : public QObject {
    Q_OBJECT
private slots:
    void applyThenUndoIsTheSameToTheByte_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("an empty file") << QByteArray();
        QTest::newRow("lines") << QByteArray("alias ll='ls -l'\n\n# end\n");
        QTest::newRow("no line end at the end") << QByteArray("alias x=y");
        QTest::newRow("blank lines at the end") << QByteArray("a\n\n\n");
        QTest::newRow("carriage returns") << QByteArray("a\r\nb\r\n");
        QTest::newRow("bytes that are no UTF-8") << QByteArray("a\xff\xfe\n\0b", 6);
        QTest::newRow("the marks inside another line")
            << QByteArray("echo '# >>> sallyport >>>'; # <<< sallyport <<<\n");
    }
    void applyThenUndoIsTheSameToTheByte() {
        QFETCH(QByteArray, text);
        const EditedText once = withTextSet(text, kBlock, {});
        QVERIFY(once.text.contains(kBlock.text));
        const EditedText twice = withTextSet(once.text, kBlock, once.edit);
        QCOMPARE(twice.text, once.text);
        for (const EditedText& applied : {once, twice}) {
            const EditedText undone = withTextUndone(applied.text, applied.edit);
            QCOMPARE(undone.text, text);
            QVERIFY(!undone.isLeftAlone);
        }
    }

    void aBlockFollowsNewValuesWhereItStands() {
        const EditedText first = withTextSet("a", kBlock, {});
        const QByteArray later = first.text + "after\n";
        const EditedText second = withTextSet(later, {"export A='2'\n", false}, first.edit);
        QCOMPARE(second.text.count("sallyport >>>"), 1);
        QVERIFY(second.text.endsWith("after\n"));
        QCOMPARE(withTextUndone(second.text, second.edit).text, QByteArray("a\nafter\n"));
    }

    void whatSomebodyChangedIsLeftAlone() {
        const EditedText applied = withTextSet("a\n", kBlock, {});
        QByteArray changed = applied.text;
        changed.replace("A='1'", "A='mine'");
        const EditedText undone = withTextUndone(changed, applied.edit);
        QVERIFY(undone.isLeftAlone);
        QCOMPARE(undone.text, changed);
    }

    void aBlockThatIsGoneNeedsNoUndo() {
        const EditedText applied = withTextSet("a\n", kBlock, {});
        const EditedText undone = withTextUndone("a\n", applied.edit);
        QVERIFY(!undone.isLeftAlone);
        QCOMPARE(undone.text, QByteArray("a\n"));
    }

    void aBlockWithoutItsEndCostsNoLineOfTheUser() {
        const EditedText applied =
            withTextSet("a\n# >>> sallyport >>>\nexport MINE=1\n", kBlock, {});
        QVERIFY(applied.text.contains("export MINE=1\n"));
    }

    void anotherProgramsFileOfOurNameComesBack() {
        const EditedText first = withTextSet("mine\n", kWhole, {});
        const EditedText second =
            withTextSet(first.text, {kWhole.text + "B=2\n", true}, first.edit);
        QCOMPARE(withTextUndone(second.text, second.edit).text, QByteArray("mine\n"));
    }

    void ourOwnFileIsNeverTheOneBefore() {
        const EditedText applied = withTextSet("# Written by Sallyport, earlier\n", kWhole, {});
        QCOMPARE(withTextUndone(applied.text, applied.edit).text, QByteArray());
    }

    void anApplyThatWasCutShortIsUndone() {
        const EditedText first = withTextSet({}, kWhole, {});
        const EditedText second =
            withTextSet(first.text, {kWhole.text + "B=2\n", true}, first.edit);
        // The journal has the second, the file still the first.
        QCOMPARE(withTextUndone(first.text, second.edit).text, QByteArray());
    }
};

QTEST_GUILESS_MAIN(TextEditTest)
#include "tst_textedit.moc"
