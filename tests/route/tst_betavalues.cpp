// SPDX-License-Identifier: MIT
#include "core/route/betavalues.h"

#include <QTest>

using namespace sallyport;

class TestBetaValues : public QObject {
    Q_OBJECT
private slots:
    void lists_data() {
        QTest::addColumn<QByteArrayList>("lines");
        QTest::addColumn<QByteArrayList>("changed");
        const auto row = [](const char* tag, const QByteArrayList& lines,
                            const QByteArrayList& changed) {
            QTest::newRow(tag) << lines << changed;
        };
        row("none", {}, {"new-1"});
        row("added at the end, the line as it came", {"a-1,b-1 , c-1"}, {"a-1,b-1 , c-1,new-1"});
        row("one that is there is not added", {"a-1, new-1"}, {"a-1, new-1"});
        row("taken out", {"a-1,old-1,b-1"}, {"a-1,b-1,new-1"});
        row("taken out twice", {"old-1, a-1, old-1"}, {"a-1,new-1"});
        row("the only one", {"old-1"}, {"new-1"});
        row("of two lines", {"old-1", "a-1"}, {"a-1,new-1"});
        row("a part of a name stays", {"old-12,xold-1"}, {"old-12,xold-1,new-1"});
        row("letter case counts", {"OLD-1"}, {"OLD-1,new-1"});
    }
    void lists() {
        QFETCH(const QByteArrayList, lines);
        FieldList fields;
        fields.append("X-Before", "1");
        for (const QByteArray& line : lines)
            fields.append("Anthropic-Beta", line);
        applyBetaRules({{"new-1"}, {"old-1"}}, fields);
        QByteArrayList found;
        for (const FieldView field : fields)
            if (field.name == QByteArrayView("anthropic-beta")) found << field.value.toByteArray();
        QTEST(found, "changed");
        QCOMPARE(fields.size(), std::size_t(found.size()) + 1);
    }

    void withoutRulesNothingIsTouched() {
        FieldList fields;
        fields.append("Anthropic-Beta", "a,,b");
        const FieldList before = fields;
        applyBetaRules({}, fields);
        QCOMPARE(fields, before);
    }
};

QTEST_GUILESS_MAIN(TestBetaValues)
#include "tst_betavalues.moc"
